import { isObject } from '../json.ts';
import type { Json, JsonObject } from '../object.ts';
import type { Field, Struct, StructReference, Type } from './type.ts';

/** How a custom resource treats fields its schema does not name: apiextensions/v1 prunes them, v1beta1 keeps them unless told. */
export interface CustomSchemaOptions {
  readonly prunes: boolean;
  /** `metadata` of the object and of embedded resources. */
  readonly objectMeta: StructReference;
}

const STRING: Type = { kind: 'string', name: '' };
const ANY: Type = { kind: 'any', name: '' };
/** Structural schemas cannot refer to themselves; these only keep an absurd one from costing much. */
const MOST_STRUCTS = 20_000;
const DEEPEST = 100;

/**
 * The type of a custom resource, made from its structural schema (openAPIV3Schema). Parts that say nothing, or nothing that makes
 * sense, accept any value. Mirrors apiextensions-apiserver, pkg/apiserver/schema: structural types, x-kubernetes-int-or-string,
 * x-kubernetes-preserve-unknown-fields, x-kubernetes-embedded-resource.
 */
export function customStruct(name: string, schema: Json | undefined, options: CustomSchemaOptions): Struct {
  let structs = 0;

  const structFor = (path: string, node: JsonObject, resource: boolean, depth: number): Struct => {
    structs++;
    const fields = new Map<string, Field>();
    const properties = isObject(node.properties) ? node.properties : {};
    for (const [key, value] of Object.entries(properties))
      add(fields, key, typeFor(`${path}.${key}`, value, depth + 1));
    if (resource) {
      add(fields, 'apiVersion', STRING);
      add(fields, 'kind', STRING);
      add(fields, 'metadata', options.objectMeta);
    }
    return { name: path, fields, open: !options.prunes || node['x-kubernetes-preserve-unknown-fields'] === true };
  };

  const typeFor = (path: string, node: Json, depth: number): Type => {
    if (!isObject(node) || depth > DEEPEST || structs > MOST_STRUCTS) return ANY;
    if (node['x-kubernetes-int-or-string'] === true) return { kind: 'int-or-string' };
    switch (node.type) {
      case 'string':
        return STRING;
      case 'boolean':
        return { kind: 'bool', name: '' };
      case 'integer':
        return { kind: 'int64', name: '' };
      case 'number':
        return { kind: 'float64', name: '' };
      case 'array':
        return { kind: 'slice', of: typeFor(`${path}[]`, node.items ?? null, depth + 1), name: '' };
      case 'object':
        return objectType(path, node, depth);
      default:
        return ANY;
    }
  };

  const objectType = (path: string, node: JsonObject, depth: number): Type => {
    const resource = node['x-kubernetes-embedded-resource'] === true;
    const { additionalProperties } = node;
    if (isObject(additionalProperties) || additionalProperties === true) {
      const of = typeFor(`${path}{}`, additionalProperties, depth + 1);
      return { kind: 'map', key: 'string', of, name: '' };
    }
    const struct = structFor(path, node, resource, depth);
    if (struct.open && struct.fields.size === 0) return ANY_MAP;
    return { kind: 'struct', name: path, resolve: () => struct };
  };

  return structFor(name, isObject(schema) ? schema : { 'x-kubernetes-preserve-unknown-fields': true }, true, 0);
}

const ANY_MAP: Type = { kind: 'map', key: 'string', of: ANY, name: '' };

function add(fields: Map<string, Field>, name: string, type: Type): void {
  fields.set(name, { name, type, since: 0, until: 999, omit: 'empty', via: '', other: undefined });
}
