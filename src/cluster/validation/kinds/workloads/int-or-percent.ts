import { text } from '../../../../model/json.ts';
import type { Json } from '../../../../model/object.ts';
import { type Check, invalid } from '../../check/check.ts';
import { percentErrors } from '../../check/formats.ts';
import type { Place } from '../../check/place.ts';
import { atLeast } from '../../check/rules.ts';
import { numberOf, printedIntOrString } from '../../check/values.ts';

/** A number or a percentage, neither negative. Mirrors ValidatePositiveIntOrPercent of pkg/apis/apps/validation. */
export function checkIntOrPercent(check: Check, value: Json | undefined, at: Place): void {
  if (typeof value === 'string')
    for (const message of percentErrors(value)) invalid(check, at, printedIntOrString(value), message);
  else atLeast(0)(check, value, at);
}

/** Mirrors IsNotMoreThan100Percent. */
export function checkAtMostAll(check: Check, value: Json | undefined, at: Place): void {
  if (percentOf(value) > 100) invalid(check, at, printedIntOrString(value), 'must not be greater than 100%');
}

function percentOf(value: Json | undefined): number {
  return typeof value === 'string' && percentErrors(value).length === 0 ? Number(value.slice(0, -1)) : 0;
}

/** The number before the percent sign, or the number itself; what cannot be read is 0. */
export function intOrPercent(value: Json | undefined): number {
  if (typeof value !== 'string') return numberOf(value);
  if (percentErrors(value).length === 0) return percentOf(value);
  return /^[+-]?\d+$/.test(text(value)) ? Number(value) : 0;
}
