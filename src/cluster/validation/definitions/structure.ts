import { compileRegexp } from '../../../lang/re2/regexp.ts';
import { isObject, list, record, text } from '../../../model/json.ts';
import type { JsonObject } from '../../../model/object.ts';
import { withoutFields } from '../../index/without-fields.ts';
import { type Check, forbidden, invalid, type ObjectError, required } from '../check/check.ts';
import { entry, field, item, type Place } from '../check/place.ts';

/*
 * Whether a schema is structural. Mirrors ValidateStructural of apiextensions-apiserver's pkg/apiserver/schema, v0.24 and v0.37; completeness is
 * not looked at.
 */

type Level = 'root' | 'item' | 'field';

const MISSING: Readonly<Record<Level, string>> = {
  root: 'must not be empty at the root',
  item: 'must not be empty for specified array items',
  field: 'must not be empty for specified object fields',
};

/** Complaints come in the order of their texts. */
export function checkStructure(check: Check, schema: JsonObject, at: Place): void {
  const errors: ObjectError[] = [];
  checkPart({ ...check, errors }, schema, 'root', at);
  errors.sort((a, b) => (a.message < b.message ? -1 : 1));
  check.errors.push(...errors);
}

function checkPart(check: Check, schema: JsonObject, level: Level, at: Place): void {
  const type = text(schema.type);
  const typeAt = field(at, 'type');
  if (type === 'array' && !isObject(schema.items)) required(check, field(at, 'items'), 'must be specified');
  if (isObject(schema.items)) checkPart(check, schema.items, 'item', field(at, 'items'));
  const properties = record(schema.properties);
  for (const [name, each] of Object.entries(properties))
    checkPart(check, record(each), 'field', entry(field(at, 'properties'), name));
  const isEmbedded = schema['x-kubernetes-embedded-resource'] === true;
  const more = schema.additionalProperties;
  if (more !== undefined && more !== false) {
    if (level === 'root') forbidden(check, field(at, 'additionalProperties'), 'must not be used at the root');
    if (isObject(more)) checkPart(check, more, 'field', field(at, 'additionalProperties'));
  }
  checkExtensions(check, schema, at);
  checkValues(check, schema, at);
  const isOpen =
    schema['x-kubernetes-int-or-string'] === true || schema['x-kubernetes-preserve-unknown-fields'] === true;
  if (isEmbedded && type !== 'object') {
    const detail = 'must be object if x-kubernetes-embedded-resource is true';
    if (type === '') required(check, typeAt, detail);
    else invalid(check, typeAt, type, detail);
  } else if (type === '' && !isOpen) required(check, typeAt, MISSING[level]);
  if (isEmbedded && more !== undefined)
    forbidden(check, field(at, 'additionalProperties'), 'must not be used if x-kubernetes-embedded-resource is set');
  if (level === 'root' && type !== '' && type !== 'object') invalid(check, typeAt, type, 'must be object at the root');
  const isObjectHere = level === 'root' || isEmbedded;
  for (const name of ['kind', 'apiVersion']) {
    const property = properties[name];
    if (!isObjectHere || property === undefined || record(property).type === 'string') continue;
    invalid(check, field(entry(field(at, 'properties'), name), 'type'), text(record(property).type), 'must be string');
  }
  if (properties.metadata !== undefined)
    checkMetadataSchema(
      check,
      record(properties.metadata),
      isObjectHere,
      level,
      entry(field(at, 'properties'), 'metadata'),
    );
  if (isEmbedded && schema['x-kubernetes-preserve-unknown-fields'] !== true && Object.keys(properties).length === 0) {
    const detail =
      'must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields';
    required(check, field(at, 'properties'), detail);
  }
}

function checkMetadataSchema(check: Check, schema: JsonObject, isObjectHere: boolean, level: Level, at: Place): void {
  if (isObjectHere && schema.type !== 'object') invalid(check, field(at, 'type'), text(schema.type), 'must be object');
  if (level !== 'root') return;
  const { properties } = schema;
  const rest = withoutFields(schema, ['type', 'default', 'properties']);
  const names = Object.keys(record(properties)).filter((name) => name !== 'name' && name !== 'generateName');
  if (names.length > 0 || Object.keys(rest).length > 0)
    forbidden(
      check,
      at,
      'must not specify anything other than name and generateName, but metadata is implicitly specified',
    );
}

function checkExtensions(check: Check, schema: JsonObject, at: Place): void {
  if (schema['x-kubernetes-int-or-string'] !== true) return;
  for (const name of ['x-kubernetes-preserve-unknown-fields', 'x-kubernetes-embedded-resource'])
    if (schema[name] === true)
      invalid(check, field(at, name), true, 'must be false if x-kubernetes-int-or-string is true');
}

function isIntOrString(value: unknown): boolean {
  return JSON.stringify(value) === '[{"type":"integer"},{"type":"string"}]';
}

function checkValues(check: Check, schema: JsonObject, at: Place): void {
  if (!isIntOrString(schema.anyOf))
    for (const [index, each] of list(schema.anyOf).entries())
      checkNested(check, record(each), item(field(at, 'anyOf'), index), false);
  for (const [index, each] of list(schema.allOf).entries())
    checkNested(check, record(each), item(field(at, 'allOf'), index), index === 0 && isIntOrString(record(each).anyOf));
  for (const [index, each] of list(schema.oneOf).entries())
    checkNested(check, record(each), item(field(at, 'oneOf'), index), false);
  if (isObject(schema.not)) checkNested(check, schema.not, field(at, 'not'), false);
  if (text(schema.pattern) !== '') checkPattern(check, text(schema.pattern), field(at, 'pattern'));
}

/** Whether an expression can be compiled. */
function checkPattern(check: Check, pattern: string, at: Place): void {
  const compiled = compileRegexp(pattern);
  if ('error' in compiled)
    invalid(check, at, pattern, `must be a valid regular expression, but isn't: ${compiled.error}`);
}

/** What an alternative may not say, because it only restricts. */
const FORBIDDEN = [
  ['type', 'must be empty to be structural'],
  ['additionalProperties', 'must be undefined to be structural'],
  ['default', 'must be undefined to be structural'],
  ['title', 'must be empty to be structural'],
  ['description', 'must be empty to be structural'],
  ['nullable', 'must be false to be structural'],
  ['x-kubernetes-preserve-unknown-fields', 'must be false to be structural'],
  ['x-kubernetes-embedded-resource', 'must be false to be structural'],
  ['x-kubernetes-int-or-string', 'must be false to be structural'],
  ['x-kubernetes-list-map-keys', 'must be empty to be structural'],
  ['x-kubernetes-list-type', 'must be undefined to be structural'],
  ['x-kubernetes-map-type', 'must be undefined to be structural'],
  ['x-kubernetes-validations', 'must be empty to be structural'],
] as const;

function checkNested(check: Check, schema: JsonObject, at: Place, skipsAnyOf: boolean): void {
  checkValues(check, skipsAnyOf ? withoutFields(schema, ['anyOf']) : schema, at);
  if (isObject(schema.items)) checkNested(check, schema.items, field(at, 'items'), false);
  for (const [name, each] of Object.entries(record(schema.properties)))
    checkNested(check, record(each), entry(field(at, 'properties'), name), false);
  for (const [name, detail] of FORBIDDEN) {
    const value = schema[name];
    if (value === undefined || value === '' || value === false) continue;
    forbidden(check, field(at, name), detail);
  }
  if ('metadata' in record(schema.properties))
    forbidden(check, entry(field(at, 'properties'), 'metadata'), 'must not be specified in a nested context');
}
