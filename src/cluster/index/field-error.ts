import { goQuote } from '../../lang/go-quote.ts';
import { type FieldPath, formatFieldPath } from '../../text/tree.ts';

/**
 * One complaint of the API's validation about a field: `message` is the whole text, path included, as it stands in the
 * server's answer. Mirrors apimachinery pkg/util/validation/field, v1.24.
 */
export interface FieldError {
  readonly path: FieldPath;
  readonly message: string;
}

/** A field that must be there is not. */
export function requiredField(path: FieldPath, detail: string): FieldError {
  return fieldError(path, 'Required value', detail);
}

/** A value that is not allowed here; lists print as Go prints a slice of strings. */
export function invalidField(path: FieldPath, value: string | readonly string[], detail: string): FieldError {
  const printed = typeof value === 'string' ? goQuote(value) : `[]string{${value.map(goQuote).join(', ')}}`;
  return fieldError(path, `Invalid value: ${printed}`, detail);
}

/** A value that is not one of the supported values. */
export function unsupportedField(path: FieldPath, value: string, supported: readonly string[]): FieldError {
  const values = supported.map(goQuote).join(', ');
  return fieldError(path, `Unsupported value: ${goQuote(value)}`, `supported values: ${values}`);
}

/** A value that an earlier one of its list has already. */
export function duplicateField(path: FieldPath, value: string): FieldError {
  return fieldError(path, `Duplicate value: ${goQuote(value)}`, '');
}

/** A field that must not be set. */
export function forbiddenField(path: FieldPath, detail: string): FieldError {
  return fieldError(path, 'Forbidden', detail);
}

/** The server could not look at a field. */
export function internalField(path: FieldPath, detail: string): FieldError {
  return fieldError(path, 'Internal error', detail);
}

/** Errors about the entry of a map, which messages write `limits[cpu]`; `errors` is given the path of the map. */
export function atKey(map: FieldPath, key: string, errors: (map: FieldPath) => readonly FieldError[]): FieldError[] {
  const text = formatFieldPath(map);
  return errors(map).map(({ message }) => ({
    path: [...map, key],
    message: `${text}[${key}]${message.slice(text.length)}`,
  }));
}

/** Several errors as one text, each different one once: `a`, or `[a, b]` (apimachinery's Aggregate). */
export function aggregateMessages(messages: readonly string[]): string {
  const different = [...new Set(messages)];
  return different.length > 1 ? `[${different.join(', ')}]` : (different[0] ?? '');
}

function fieldError(path: FieldPath, type: string, detail: string): FieldError {
  const end = detail === '' ? '' : `: ${detail}`;
  return { path, message: `${formatFieldPath(path)}: ${type}${end}` };
}
