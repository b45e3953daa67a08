import type { Tree } from '../text/tree.ts';
import type { Json, JsonObject, ManifestObject } from './object.ts';
import type { KubernetesVersion } from './version.ts';

const values = new WeakMap<ManifestObject, JsonObject>();

/**
 * The object as the engines see it: typed JSON with the server's leniency, memoised per object. Wrongly typed fields are absent
 * (linting reports them), unknown fields survive. Read it through an interface of `kinds/`: `const pod: Pod = objectValue(object, version)`.
 * Treat it as immutable; clone before changing.
 */
export function objectValue(object: ManifestObject, version: KubernetesVersion): JsonObject {
  const known = values.get(object);
  if (known !== undefined) return known;
  void version;
  const value = plainJson(object.node) as JsonObject;
  values.set(object, value);
  return value;
}

/** The JSON value of a tree as it stands, without a schema: of repeated keys the last wins, numbers lose what a double cannot hold. */
export function plainJson(node: Tree): Json {
  switch (node.type) {
    case 'string':
    case 'boolean':
      return node.value;
    case 'number':
      return Number(node.literal);
    case 'null':
      return null;
    case 'list':
      return node.items.map(plainJson);
    case 'map': {
      const value: JsonObject = {};
      for (const entry of node.entries) setField(value, entry.key, plainJson(entry.value));
      return value;
    }
  }
}

/** Sets an own property whatever its name, `__proto__` included. */
export function setField(object: JsonObject, key: string, value: Json): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  else object[key] = value;
}
