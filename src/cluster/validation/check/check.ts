import { goQuote } from '../../../lang/go-quote.ts';
import { isObject } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import type { FieldError } from '../../index/field-error.ts';
import { fieldText, pathOf, type Place } from './place.ts';

/** How the server classes a complaint (apimachinery's field.ErrorType). */
export type CauseType =
  | 'FieldValueDuplicate'
  | 'FieldValueForbidden'
  | 'FieldValueInvalid'
  | 'FieldValueNotFound'
  | 'FieldValueNotSupported'
  | 'FieldValueRequired'
  | 'FieldValueTooLong'
  | 'FieldValueTooMany'
  | 'FieldValueTypeInvalid'
  | 'InternalError';

/** One complaint about an object: `field` and `detail` are what a cause of the server's Status holds, `message` both together. */
export interface ObjectError extends FieldError {
  readonly type: CauseType;
  readonly field: string;
  readonly detail: string;
}

/** The validation of one object: what it depends on, and where complaints gather. */
export interface Check {
  readonly minor: number;
  /** kube-apiserver --allow-privileged. */
  readonly allowPrivileged: boolean;
  readonly errors: ObjectError[];
  /** Complaints of declarative validation, which come after all others. */
  readonly late: ObjectError[];
}

/** A value as messages print it: a Go literal in older servers, JSON in newer ones. */
export interface Printed {
  readonly go: string;
  readonly json: string;
}

/** The minor whose servers print values as JSON; those before print Go (apimachinery field.Error.ErrorBody). */
const FIRST_JSON = 34;
/** The minor from which on kinds are validated by their markers too. */
const FIRST_DECLARATIVE = 36;

type Value = Json | undefined | Printed;

/** A field that must be there is not. */
export function required(check: Check, at: Place, detail = ''): void {
  add(check, at, 'FieldValueRequired', 'Required value', detail);
}

/** A value that is not allowed here. */
export function invalid(check: Check, at: Place, value: Value, detail: string): void {
  add(check, at, 'FieldValueInvalid', `Invalid value: ${printed(value, check.minor)}`, detail);
}

/** A value that is not one of the supported ones, in the order given. */
export function unsupported(check: Check, at: Place, value: Value, supported: readonly string[]): void {
  const detail = `supported values: ${supported.map(goQuote).join(', ')}`;
  add(check, at, 'FieldValueNotSupported', `Unsupported value: ${printed(value, check.minor)}`, detail);
}

/** A value that an earlier one of its list has already. */
export function duplicate(check: Check, at: Place, value: Value, detail = ''): void {
  add(check, at, 'FieldValueDuplicate', `Duplicate value: ${printed(value, check.minor)}`, detail);
}

/** A field that must not be set. */
export function forbidden(check: Check, at: Place, detail: string): void {
  add(check, at, 'FieldValueForbidden', 'Forbidden', detail);
}

/** A reference to nothing. */
export function notFound(check: Check, at: Place, value: Value, detail = ''): void {
  add(check, at, 'FieldValueNotFound', `Not found: ${printed(value, check.minor)}`, detail);
}

/** A text or map of more than so many bytes. */
export function tooLong(check: Check, at: Place, most: number): void {
  const words = check.minor >= FIRST_JSON ? 'may not be more than' : 'must have at most';
  add(check, at, 'FieldValueTooLong', 'Too long', `${words} ${most} bytes`);
}

/** A list of more than so many items. */
export function tooMany(check: Check, at: Place, count: number, most: number): void {
  add(check, at, 'FieldValueTooMany', `Too many: ${count}`, `must have at most ${most} items`);
}

/** Complaints that newer servers leave to declarative validation, so that they come last. */
export function declaratively(check: Check, complain: (check: Check) => void): void {
  complain(check.minor >= FIRST_DECLARATIVE ? { ...check, errors: check.late } : check);
}

/** A complaint with a body of its own. */
export function add(check: Check, at: Place, type: CauseType, body: string, detail: string): void {
  const text = detail === '' ? body : `${body}: ${detail}`;
  const field = fieldText(at);
  check.errors.push({ path: pathOf(at), type, field, detail: text, message: `${field}: ${text}` });
}

function printed(value: Value, minor: number): string {
  if (isPrinted(value)) return minor >= FIRST_JSON ? value.json : value.go;
  if (typeof value === 'string') return goQuote(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (minor >= FIRST_JSON) return goJson(value ?? null);
  if (value === undefined || value === null) return '"null"';
  if (Array.isArray(value)) return `[]string{${value.map((each) => printed(each, minor)).join(', ')}}`;
  return goStringMap(value);
}

function isPrinted(value: Value): value is Printed {
  return (
    isObject(value as Json) && typeof (value as Printed).go === 'string' && typeof (value as Printed).json === 'string'
  );
}

/** A map of texts, nil where it is absent. */
export function stringMap(value: Json | undefined): Printed {
  if (!isObject(value) || Object.keys(value).length === 0) {
    return value === undefined || value === null
      ? { go: 'map[string]string(nil)', json: 'null' }
      : { go: 'map[string]string{}', json: '{}' };
  }
  return { go: goStringMap(value), json: goJson(sorted(value)) };
}

function goStringMap(value: JsonObject): string {
  const parts = Object.entries(sorted(value)).map(
    ([key, each]) => `${goQuote(key)}:${goQuote(typeof each === 'string' ? each : goJson(each))}`,
  );
  return `map[string]string{${parts.join(', ')}}`;
}

function sorted(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** JSON as Go's encoder writes it, which escapes what HTML would misread. */
export function goJson(value: Json): string {
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
