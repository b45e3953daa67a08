import { formatQuantity, parseQuantity, roundUpToOne, amountOf } from '../../../../lang/quantity.ts';
import { text } from '../../../../model/json.ts';
import type { Json } from '../../../../model/object.ts';
import { type Check, invalid } from '../../check/check.ts';
import { type Place } from '../../check/place.ts';

/*
 * Small kinds of the core group. Mirrors pkg/apis/core/validation, v1.24 and v1.37.
 */

/** A quantity that may not be negative, told as a number. */
export function checkBasicResource(check: Check, value: Json | undefined, at: Place): void {
  const quantity = parseQuantity(text(value));
  if (quantity === undefined || quantity.value >= 0n) return;
  invalid(check, at, Number(amountOf(roundUpToOne(quantity))), 'must be a valid resource quantity');
}

/** A quantity that must be positive. */
export function checkPositive(check: Check, value: Json | undefined, at: Place): void {
  const quantity = parseQuantity(text(value));
  if (quantity !== undefined && quantity.value <= 0n)
    invalid(check, at, formatQuantity(quantity), 'must be greater than zero');
}
