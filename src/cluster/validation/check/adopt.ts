import type { FieldError } from '../../index/field-error.ts';
import type { CauseType, Check } from './check.ts';

const TYPES: readonly (readonly [words: string, type: CauseType])[] = [
  ['Required value', 'FieldValueRequired'],
  ['Invalid value', 'FieldValueInvalid'],
  ['Unsupported value', 'FieldValueNotSupported'],
  ['Duplicate value', 'FieldValueDuplicate'],
  ['Forbidden', 'FieldValueForbidden'],
];

/** Complaints that were found as whole messages. */
export function adopt(check: Check, errors: readonly FieldError[]): void {
  for (const { path, message } of errors) {
    const found = TYPES.map(([words, type]) => ({ at: message.indexOf(`: ${words}`), type })).filter(
      ({ at }) => at >= 0,
    );
    const [first] = found.toSorted((a, b) => a.at - b.at);
    if (first === undefined) continue;
    const detail = message.slice(first.at + 2);
    check.errors.push({ path, message, type: first.type, field: message.slice(0, first.at), detail });
  }
}
