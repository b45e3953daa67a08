import { once } from '../../../lang/once.ts';
import { isObject, list, record, text } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import { SCHEMA_KINDS, SCHEMA_PARTS } from '../data/merge-lists.ts';

/** What a merge asks about the schema of a value. */
export interface Schema {
  /** For a list that merges: the keys that tell its items apart, none where the items do themselves; undefined for what does not merge. */
  readonly mergeKeys: readonly string[] | undefined;
  readonly field: (name: string) => Schema | undefined;
  readonly items: () => Schema | undefined;
}

/** The schemas of a build. */
export interface Schemas {
  /** The schema of a kind; undefined for one that is not known. */
  readonly ofKind: (apiVersion: string, kind: string) => Schema | undefined;
  /** A schema written in a comment: fields that say how the value merges, or a reference. */
  readonly fromJson: (schema: Json) => Schema | undefined;
}

interface Part {
  readonly mergeKeys: readonly string[] | undefined;
  readonly fields: ReadonlyMap<string, number>;
}

const parts = once((): readonly Part[] =>
  SCHEMA_PARTS.split('\n').map((line) => {
    const [keys = '', ...fields] = line.split(' ');
    return {
      mergeKeys: keys === '-' ? undefined : keys.split(',').filter((key) => key !== ''),
      fields: new Map(
        fields.map((field) => {
          const at = field.lastIndexOf('=');
          return [field.slice(0, at), Number(field.slice(at + 1))];
        }),
      ),
    };
  }),
);

const kinds = once(
  (): ReadonlyMap<string, number> =>
    new Map(
      SCHEMA_KINDS.split('\n').map((line) => {
        const [apiVersion = '', kind = '', part = ''] = line.split(' ');
        return [`${apiVersion} ${kind}`, Number(part)];
      }),
    ),
);

function builtinSchema(part: number | undefined): Schema | undefined {
  const found = part === undefined ? undefined : parts()[part];
  if (found === undefined) return undefined;
  return {
    mergeKeys: found.mergeKeys,
    field: (name) => builtinSchema(found.fields.get(name)),
    items: () => builtinSchema(found.fields.get('[]')),
  };
}

/** The schemas that are built in (Kubernetes 1.21.2). */
export const BUILTIN_SCHEMAS: Schemas = {
  ofKind: (apiVersion, kind) => builtinSchema(kinds().get(`${apiVersion} ${kind}`)),
  fromJson: (schema) => (isObject(schema) ? jsonSchema(schema, {}, 0) : undefined),
};

/** The schemas of an OpenAPI document, in place of those that are built in; undefined if it is none. */
export function customSchemas(document: Json): Schemas | undefined {
  if (!isObject(document)) return undefined;
  const definitions = record(document.definitions);
  const kinds = new Map<string, JsonObject>();
  for (const definition of Object.values(definitions)) {
    for (const gvk of list(record(definition)[GVK])) {
      const { group, version, kind } = record(gvk);
      const apiVersion = text(group) === '' ? text(version) : `${text(group)}/${text(version)}`;
      kinds.set(`${apiVersion} ${text(kind)}`, record(definition));
    }
  }
  return {
    ofKind: (apiVersion, kind) => {
      const schema = kinds.get(`${apiVersion} ${kind}`);
      return schema === undefined ? undefined : jsonSchema(schema, definitions, 0);
    },
    fromJson: (schema) => (isObject(schema) ? jsonSchema(schema, definitions, 0) : undefined),
  };
}

const GVK = 'x-kubernetes-group-version-kind';
/** A reference that leads in a circle has no schema. */
const LONGEST_CHAIN = 100;

function jsonSchema(written: JsonObject, definitions: JsonObject, depth: number): Schema | undefined {
  const reference = text(written.$ref);
  if (reference !== '') {
    const target =
      reference === '' || !reference.includes('#') ? {} : definitions[reference.replace('#/definitions/', '')];
    if (depth > LONGEST_CHAIN || !isObject(target)) return undefined;
    return jsonSchema(target, definitions, depth + 1);
  }
  const properties = record(written.properties);
  return {
    mergeKeys: mergeKeysOf(written),
    field: (name) => {
      const found = Object.hasOwn(properties, name) ? properties[name] : written.additionalProperties;
      return isObject(found) ? jsonSchema(found, definitions, 0) : undefined;
    },
    items: () =>
      typeOf(written.type) === 'array' && isObject(written.items)
        ? jsonSchema(written.items, definitions, 0)
        : undefined,
  };
}

function typeOf(type: Json | undefined): string {
  return Array.isArray(type) ? (type.length === 1 ? text(type[0]) : '') : text(type);
}

/** Mirrors kyaml's PatchStrategyAndKeyList. */
function mergeKeysOf(schema: JsonObject): readonly string[] | undefined {
  const strategy = schema['x-kubernetes-patch-strategy'];
  if (typeof strategy !== 'string' || !strategy.split(',').includes('merge')) return undefined;
  const keys = schema['x-kubernetes-list-map-keys'];
  if (Array.isArray(keys)) return keys.map(text);
  const key = schema['x-kubernetes-patch-merge-key'];
  return typeof key === 'string' ? [key] : [];
}
