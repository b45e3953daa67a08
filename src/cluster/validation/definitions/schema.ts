import { isObject, list, record, text, texts } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import { type Check, forbidden, goJson, invalid, required, unsupported } from '../check/check.ts';
import { entry, field, item, type Place } from '../check/place.ts';

/*
 * The schemas of CustomResourceDefinitions, each by itself. Mirrors ValidateCustomResourceDefinitionOpenAPISchema of apiextensions-apiserver, v0.24
 * and v0.37, without CEL.
 */

/** Where a schema stands. */
export interface SchemaContext {
  readonly isRoot: boolean;
  /** Inside the metadata of an object. */
  readonly inMetadata: boolean;
  /** Why no default may be set here; '' where one may. */
  readonly noDefaults: string;
}

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const METADATA_FIELDS = ['metadata', 'kind', 'apiVersion'];

/** What a schema may not say at all, and what its parts must agree in. */
export function checkSchema(check: Check, schema: JsonObject, at: Place, context: SchemaContext): void {
  checkAllowed(check, schema, at, context);
  if (schema.uniqueItems === true)
    forbidden(
      check,
      field(at, 'uniqueItems'),
      'uniqueItems cannot be set to true since the runtime complexity becomes quadratic',
    );
  const inside = { ...context, isRoot: false };
  const more = schema.additionalProperties;
  if (more !== undefined) {
    const place = field(at, 'additionalProperties');
    if (Object.keys(record(schema.properties)).length > 0 && more !== true)
      forbidden(check, place, 'additionalProperties and properties are mutual exclusive');
    if (isObject(more)) {
      const noDefaults = context.inMetadata
        ? 'inside additionalProperties applying to object metadata'
        : context.noDefaults;
      checkSchema(check, more, place, { ...inside, noDefaults });
    }
  }
  for (const [name, property] of Object.entries(record(schema.properties))) {
    const isMeta =
      (context.isRoot || schema['x-kubernetes-embedded-resource'] === true) && METADATA_FIELDS.includes(name);
    const noDefaults = isMeta && context.isRoot ? `in top-level ${name}` : context.noDefaults;
    const own = { isRoot: false, inMetadata: context.inMetadata || isMeta, noDefaults };
    checkSchema(check, record(property), entry(field(at, 'properties'), name), own);
  }
  if (isObject(schema.not)) checkSchema(check, schema.not, field(at, 'not'), inside);
  for (const name of ['allOf', 'oneOf', 'anyOf'])
    for (const [index, each] of list(schema[name]).entries())
      checkSchema(check, record(each), item(field(at, name), index), inside);
  if (isObject(schema.items)) checkSchema(check, schema.items, field(at, 'items'), inside);
  checkExtensions(check, schema, at);
}

/** Mirrors specStandardValidatorV3. */
function checkAllowed(check: Check, schema: JsonObject, at: Place, { noDefaults, inMetadata }: SchemaContext): void {
  const type = text(schema.type);
  if (type !== '' && type !== 'null' && !TYPES.includes(type)) unsupported(check, field(at, 'type'), type, TYPES);
  if (schema.default !== undefined && noDefaults !== '')
    forbidden(check, field(at, 'default'), `must not be set ${noDefaults}`);
  if (text(schema.id) !== '') forbidden(check, field(at, 'id'), 'id is not supported');
  for (const name of ['additionalItems', 'patternProperties', 'definitions', 'dependencies', '$ref'])
    if (schema[name] !== undefined) forbidden(check, field(at, name), `${name} is not supported`);
  if (type === 'null')
    forbidden(check, field(at, 'type'), 'type cannot be set to null, use nullable as an alternative');
  if (Array.isArray(schema.items))
    forbidden(check, field(at, 'items'), 'items must be a schema object and not an array');
  if (inMetadata && schema['x-kubernetes-embedded-resource'] === true)
    forbidden(check, field(at, 'x-kubernetes-embedded-resource'), 'must not be used inside of resource meta');
}

function checkExtensions(check: Check, schema: JsonObject, at: Place): void {
  const type = text(schema.type);
  const typeAt = field(at, 'type');
  if (schema['x-kubernetes-preserve-unknown-fields'] === false)
    invalid(check, field(at, 'x-kubernetes-preserve-unknown-fields'), false, 'must be true or undefined');
  const mapType = schema['x-kubernetes-map-type'];
  const needs = (wanted: string, extension: string): void => {
    const detail = `must be ${wanted} if ${extension} is specified`;
    if (type === '') required(check, typeAt, detail);
    else if (type !== wanted) invalid(check, typeAt, type, detail);
  };
  if (mapType !== undefined) {
    needs('object', 'x-kubernetes-map-type');
    if (mapType !== 'atomic' && mapType !== 'granular')
      unsupported(check, field(at, 'x-kubernetes-map-type'), mapType, ['atomic', 'granular']);
  }
  const listType = schema['x-kubernetes-list-type'];
  const listAt = field(at, 'x-kubernetes-list-type');
  const keys = texts(schema['x-kubernetes-list-map-keys']);
  if (listType !== undefined) needs('array', 'x-kubernetes-list-type');
  if (listType === 'set' && type === 'array' && isObject(schema.items))
    checkSetItems(check, schema.items, field(at, 'items'));
  if (listType !== undefined && !['atomic', 'set', 'map'].includes(text(listType)))
    unsupported(check, listAt, listType, ['atomic', 'set', 'map']);
  if (keys.length > 0 && listType !== 'map') {
    const detail = 'must be map if x-kubernetes-list-map-keys is non-empty';
    if (listType === undefined) required(check, listAt, detail);
    else invalid(check, listAt, listType, detail);
  }
  if (listType === 'map') checkMapItems(check, schema, keys, at);
  checkMapKeys(check, schema, keys, at);
}

function checkSetItems(check: Check, items: JsonObject, at: Place): void {
  const detail = 'must be atomic as item of a list with x-kubernetes-list-type=set';
  const [listType, mapType] = [items['x-kubernetes-list-type'], items['x-kubernetes-map-type']];
  if (items.type === 'array' && listType !== undefined && listType !== 'atomic')
    invalid(check, field(at, 'x-kubernetes-list-type'), listType, detail);
  if (items.type === 'object' && mapType !== 'atomic')
    invalid(check, field(at, 'x-kubernetes-map-type'), listType ?? null, detail);
}

function checkMapItems(check: Check, schema: JsonObject, keys: readonly string[], at: Place): void {
  const keysAt = field(at, 'x-kubernetes-list-map-keys');
  if (keys.length === 0) required(check, keysAt, 'must not be empty if x-kubernetes-list-type is map');
  const items = schema.items;
  if (items === undefined) required(check, field(at, 'items'), 'must have a schema if x-kubernetes-list-type is map');
  if (Array.isArray(items)) {
    const printed = { go: '...', json: goJson(items) };
    invalid(check, field(at, 'items'), printed, 'must only have a single schema if x-kubernetes-list-type is map');
  }
  if (!isObject(items)) return;
  if (items.type !== 'object') {
    const detail = "must be object if parent array's x-kubernetes-list-type is map";
    invalid(check, field(field(at, 'items'), 'type'), text(items.type), detail);
    return;
  }
  const seen = new Set<string>();
  const printed: Json = [...keys];
  for (const key of keys) {
    const property = record(items.properties)[key];
    if (property === undefined) invalid(check, keysAt, printed, 'entries must all be names of item properties');
    else if (record(property).type === 'array' || record(property).type === 'object') {
      const detail = "must be a scalar type if parent array's x-kubernetes-list-type is map";
      invalid(check, field(entry(field(field(at, 'items'), 'properties'), key), 'type'), items.type, detail);
    }
    if (seen.has(key)) invalid(check, keysAt, printed, 'must not contain duplicate entries');
    seen.add(key);
  }
}

/** Mirrors validateMapListKeysMapSet. */
function checkMapKeys(check: Check, schema: JsonObject, keys: readonly string[], at: Place): void {
  const listType = schema['x-kubernetes-list-type'];
  const items = schema.items;
  if (!isObject(items) || (listType !== 'set' && listType !== 'map')) return;
  const itemsAt = field(at, 'items');
  if (items.nullable === true)
    forbidden(check, field(itemsAt, 'nullable'), `cannot be nullable when x-kubernetes-list-type is ${listType}`);
  if (listType !== 'map') return;
  const words = 'this property is in x-kubernetes-list-map-keys, so it';
  for (const key of keys) {
    const property = record(items.properties)[key];
    if (!isObject(property)) continue;
    const place = entry(field(itemsAt, 'properties'), key);
    if (!texts(items.required).includes(key) && property.default === undefined)
      required(check, field(place, 'default'), `${words} must have a default or be a required property`);
    if (property.nullable === true) forbidden(check, field(place, 'nullable'), `${words} cannot be nullable`);
  }
}
