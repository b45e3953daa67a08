import type { HostJson } from '../values/json-values.ts';

/** A rule of `x-kubernetes-validations`. */
export interface SchemaRule {
  readonly rule: string;
  readonly message: string;
  readonly messageExpression: string;
  readonly reason: string;
  readonly fieldPath: string;
  readonly optionalOldSelf: boolean;
}

/** What expressions and their rules need of a node of a structural schema. Mirrors apiextensions pkg/apiserver/schema. */
export interface StructuralSchema {
  readonly type: string;
  readonly format: string;
  readonly nullable: boolean;
  readonly properties: ReadonlyMap<string, StructuralSchema>;
  /** Whether `properties` are written. */
  readonly hasProperties: boolean;
  /** The schema of the values of a map. */
  readonly values: StructuralSchema | undefined;
  readonly items: StructuralSchema | undefined;
  readonly allOf: readonly StructuralSchema[];
  readonly intOrString: boolean;
  readonly embedded: boolean;
  readonly preserves: boolean;
  readonly listType: string;
  readonly listMapKeys: readonly string[];
  readonly mapType: string;
  readonly rules: readonly SchemaRule[];
}

type Fields = Readonly<Record<string, HostJson | undefined>>;

/** Reads a schema as it is written in a CustomResourceDefinition; what has another type reads as absent. */
export function readSchema(json: HostJson | undefined): StructuralSchema {
  const schema = fieldsOf(json);
  const { properties, additionalProperties, items } = schema;
  const keys = schema['x-kubernetes-list-map-keys'];
  return {
    type: textOf(schema.type),
    format: textOf(schema.format),
    nullable: schema.nullable === true,
    properties: new Map(Object.entries(fieldsOf(properties)).map(([name, each]) => [name, readSchema(each)])),
    hasProperties: isFields(properties),
    values: isFields(additionalProperties) ? readSchema(additionalProperties) : undefined,
    items: isFields(items) ? readSchema(items) : undefined,
    allOf: listOf(schema.allOf).map(readSchema),
    intOrString: schema['x-kubernetes-int-or-string'] === true,
    embedded: schema['x-kubernetes-embedded-resource'] === true,
    preserves: schema['x-kubernetes-preserve-unknown-fields'] === true,
    listType: textOf(schema['x-kubernetes-list-type']),
    listMapKeys: listOf(keys).map(textOf),
    mapType: textOf(schema['x-kubernetes-map-type']),
    rules: listOf(schema['x-kubernetes-validations']).map(ruleOf),
  };
}

function ruleOf(json: HostJson): SchemaRule {
  const { rule, message, messageExpression, reason, fieldPath, optionalOldSelf } = fieldsOf(json);
  return {
    rule: textOf(rule),
    message: textOf(message),
    messageExpression: textOf(messageExpression),
    reason: textOf(reason),
    fieldPath: textOf(fieldPath),
    optionalOldSelf: optionalOldSelf === true,
  };
}

const TEXT = readSchema({ type: 'string' });

/** The schema of an object of its own, in which apiVersion, kind and the name can always be read. Mirrors WithTypeAndObjectMeta. */
export function withObjectMeta(schema: StructuralSchema): StructuralSchema {
  const { properties } = schema;
  const metadata = properties.get('metadata');
  const named = new Map([...(metadata?.properties ?? []), ['name', TEXT], ['generateName', TEXT]] as const);
  return {
    ...schema,
    hasProperties: true,
    properties: new Map([
      ...properties,
      ['kind', TEXT],
      ['apiVersion', TEXT],
      ['metadata', { ...(metadata ?? readSchema({ type: 'object' })), hasProperties: true, properties: named }],
    ]),
  };
}

/** Whether JSON is an object. */
export function isFields(json: HostJson | undefined): json is Fields {
  return typeof json === 'object' && json !== null && !isList(json);
}

/** Whether JSON is a list. */
export function isList(json: HostJson | undefined): json is readonly HostJson[] {
  return Array.isArray(json);
}

function fieldsOf(json: HostJson | undefined): Fields {
  return isFields(json) ? json : {};
}

function listOf(json: HostJson | undefined): readonly HostJson[] {
  return isList(json) ? json : [];
}

function textOf(json: HostJson | undefined): string {
  return typeof json === 'string' ? json : '';
}
