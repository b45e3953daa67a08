import { isObject, list, record } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import { type Check, forbidden, goJson, invalid } from '../check/check.ts';
import { field, type Place } from '../check/place.ts';
import { checkSchema } from './schema.ts';
import { checkStructure } from './structure.ts';

/*
 * CustomResourceDefinitions. Mirrors apiextensions-apiserver's pkg/apis/apiextensions/validation, v0.24 and v0.37. Rules in CEL are not looked at.
 */

/** Fields of the Go struct that may be set at the root beside a status subresource. */
const AT_ROOT = [
  'description',
  'type',
  'format',
  'title',
  'maximum',
  'exclusiveMaximum',
  'minimum',
  'exclusiveMinimum',
  'maxLength',
  'minLength',
  'pattern',
  'maxItems',
  'minItems',
  'uniqueItems',
  'multipleOf',
  'required',
  'items',
  'properties',
  'externalDocs',
  'example',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-validations',
];

const AT_ROOT_GO =
  '[Description Type Format Title Maximum ExclusiveMaximum Minimum ExclusiveMinimum MaxLength MinLength Pattern MaxItems MinItems UniqueItems MultipleOf Required Items Properties ExternalDocs Example XPreserveUnknownFields XValidations]';

export function checkValidation(check: Check, value: Json | undefined, isStatus: boolean, at: Place): void {
  const schema = record(value).openAPIV3Schema;
  if (!isObject(schema)) return;
  const place = field(at, 'openAPIV3Schema');
  if (isStatus) checkRoot(check, schema, place);
  if (schema.nullable === true) forbidden(check, field(place, 'nullable'), 'nullable cannot be true at the root');
  checkSchema(check, schema, place, { isRoot: true, inMetadata: false, noDefaults: '' });
  // What cannot be said in a structural schema hides whether the rest is one.
  if (!hasUnsupported(schema)) checkStructure(check, schema, place);
}

const UNSUPPORTED = ['id', 'additionalItems', 'patternProperties', 'definitions', 'dependencies', '$ref', '$schema'];

function hasUnsupported(schema: JsonObject): boolean {
  if (Array.isArray(schema.items) || UNSUPPORTED.some((name) => schema[name] !== undefined)) return true;
  const parts = [schema.items, schema.additionalProperties, schema.not, ...Object.values(record(schema.properties))];
  for (const name of ['allOf', 'anyOf', 'oneOf']) parts.push(...list(schema[name]));
  return parts.some((part) => isObject(part) && hasUnsupported(part));
}

function checkRoot(check: Check, schema: JsonObject, at: Place): void {
  for (const [name, value] of Object.entries(schema)) {
    if (value === null || value === false || value === '' || (Array.isArray(value) && value.length === 0)) continue;
    if (name === 'type') {
      if (value === 'object') continue;
      const detail =
        'only "object" is allowed as the type at the root of the schema if the status subresource is enabled';
      invalid(check, field(at, 'type'), value, detail);
      break;
    }
    if (AT_ROOT.includes(name)) continue;
    const printed = { go: 'apiextensions.JSONSchemaProps{...}', json: goJson(schema) };
    const detail = `only ${AT_ROOT_GO} fields are allowed at the root of the schema if the status subresource is enabled`;
    invalid(check, at, printed, detail);
    break;
  }
}
