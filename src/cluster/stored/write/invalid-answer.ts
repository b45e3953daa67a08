import { goQuote } from '../../../lang/go-quote.ts';
import { aggregateMessages } from '../../index/field-error.ts';
import type { ObjectError } from '../../validation/check/check.ts';

/** From here on servers say the same only once. */
const FIRST_DIFFERENT = 36;

/** The object that an answer is about. */
export interface Named {
  readonly kind: string;
  readonly group: string;
  readonly name: string;
}

/** The answer to an object that the validation of the server refuses: the whole message, and the causes that it lists. Mirrors apimachinery's errors.NewInvalid. */
export interface InvalidAnswer {
  readonly message: string;
  readonly causes: readonly ObjectError[];
}

/** The answer that complaints make, in their order; undefined where there are none. */
export function invalidAnswer(
  { kind, group, name }: Named,
  errors: readonly ObjectError[],
  minor: number,
): InvalidAnswer | undefined {
  const causes = minor < FIRST_DIFFERENT ? errors : different(errors);
  if (causes.length === 0) return undefined;
  const list = aggregateMessages(causes.map(({ message }) => message));
  return { message: `${kind}${group === '' ? '' : `.${group}`} ${goQuote(name)} is invalid: ${list}`, causes };
}

function different(errors: readonly ObjectError[]): readonly ObjectError[] {
  const known = new Set<string>();
  return errors.filter(({ type, message }) => {
    const key = `${type} ${message}`;
    if (known.has(key)) return false;
    known.add(key);
    return true;
  });
}
