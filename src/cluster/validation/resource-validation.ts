import { amountOf, compareQuantities, formatQuantity, parseQuantity, type Quantity } from '../../lang/quantity.ts';
import { readResourceList } from '../../lang/resource-list.ts';
import type { ResourceRequirements } from '../../model/kinds/container.ts';
import { type FieldPath, formatFieldPath } from '../../text/tree.ts';
import { atKey, type FieldError, forbiddenField, invalidField, requiredField } from '../index/field-error.ts';
import { containerResourceErrors, isHugePages, isWhole, mayOvercommit } from './resource-names.ts';

/** What is wrong with the requests and limits of a container. Mirrors ValidateResourceRequirements of pkg/apis/core/validation, v1.24. */
export function requirementErrors(requirements: ResourceRequirements, path: FieldPath): FieldError[] {
  const limits = readResourceList(requirements.limits);
  const requests = readResourceList(requirements.requests);
  const amounts = (name: string, quantity: Quantity, list: string): FieldError[] =>
    atKey([...path, list], name, (at) => amountErrors(name, quantity, at));
  const errors = [...limits].flatMap(([name, quantity]) => amounts(name, quantity, 'limits'));
  for (const [name, quantity] of requests) {
    errors.push(...amounts(name, quantity, 'requests'));
    errors.push(...requestErrors(name, quantity, limits.get(name), path));
  }
  const names = new Set([...limits.keys(), ...requests.keys()]);
  if ([...names].some(isHugePages) && !names.has('cpu') && !names.has('memory')) {
    errors.push(forbiddenField(path, 'HugePages require cpu or memory'));
  }
  return errors;
}

function amountErrors(name: string, quantity: Quantity, path: FieldPath): FieldError[] {
  const errors = containerResourceErrors(name).map((message) => invalidField(path, name, message));
  errors.push(...quantityErrors(name, quantity, path));
  const size = isHugePages(name) ? parseQuantity(name.slice('hugepages-'.length)) : undefined;
  const page = size === undefined ? 0n : amountOf(size);
  if (isHugePages(name) && (page <= 0n || amountOf(quantity) % page !== 0n)) {
    const text = formatQuantity(quantity);
    errors.push(invalidField(path, text, `${text} is not positive integer multiple of ${name}`));
  }
  return errors;
}

function requestErrors(name: string, request: Quantity, limit: Quantity | undefined, path: FieldPath): FieldError[] {
  const at = [...path, 'requests'];
  if (limit === undefined) {
    const detail = 'Limit must be set for non overcommitable resources';
    return mayOvercommit(name) ? [] : [requiredField([...path, 'limits'], detail)];
  }
  const difference = compareQuantities(request, limit);
  if (difference !== 0 && !mayOvercommit(name))
    return [invalidField(at, formatQuantity(request), `must be equal to ${name} limit`)];
  if (difference <= 0) return [];
  return [invalidField(at, formatQuantity(request), `must be less than or equal to ${name} limit`)];
}

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
