import { amountOf, formatQuantity, type Quantity } from '../../lang/quantity.ts';
import { type FieldPath, formatFieldPath } from '../../text/tree.ts';
import { type FieldError, invalidField } from '../index/field-error.ts';
import { isWhole } from './resource-names.ts';

/** What is wrong with an amount of a resource. Mirrors ValidateResourceQuantityValue. */
export function quantityErrors(name: string, quantity: Quantity, path: FieldPath): FieldError[] {
  const errors: FieldError[] = [];
  if (quantity.value < 0n) {
    errors.push(invalidField(path, formatQuantity(quantity), 'must be greater than or equal to 0'));
  }
  if (isWhole(name) && amountOf(quantity, 'milli') % 1000n !== 0n) errors.push(badQuantity(path, 'must be an integer'));
  return errors;
}

/** A quantity that is not allowed here; the value the server prints of it is shortened to its type. */
export function badQuantity(path: FieldPath, detail: string): FieldError {
  return { path, message: `${formatFieldPath(path)}: Invalid value: resource.Quantity{...}: ${detail}` };
}
