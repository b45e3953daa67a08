import { goFixed } from '../../lang/go-fixed.ts';
import { amountOf, compareQuantities, decimalQuantity, formatQuantity, type Quantity } from '../../lang/quantity.ts';
import { readResourceList, type ResourceList } from '../../lang/resource-list.ts';
import type { LimitRangeItem } from '../../model/kinds/limit-range.ts';
import type { FieldPath } from '../../text/tree.ts';
import {
  atKey,
  duplicateField,
  type FieldError,
  forbiddenField,
  invalidField,
  requiredField,
} from '../index/field-error.ts';
import { qualifiedNameErrors } from './name-formats.ts';
import { containerResourceErrors, mayOvercommit, resourceNameErrors } from './resource-names.ts';
import { badQuantity } from './resource-validation.ts';

const TYPES = ['Pod', 'Container', 'PersistentVolumeClaim'];
const LISTS = ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'] as const;
const ONE = decimalQuantity(1n);

type Lists = Readonly<Record<(typeof LISTS)[number], ResourceList>>;

/** What is wrong with the limits of a LimitRange, after defaulting. Mirrors ValidateLimitRange of pkg/apis/core/validation, v1.24. */
export function limitErrors(items: readonly LimitRangeItem[], path: FieldPath): FieldError[] {
  const types = new Set<string>();
  return items.flatMap((item, index) => {
    const at = [...path, index];
    const { type = '' } = item;
    const errors = typeErrors(type, [...at, 'type']);
    if (types.has(type)) errors.push(duplicateField([...at, 'type'], type));
    types.add(type);
    return [...errors, ...itemErrors(item, at)];
  });
}

function typeErrors(type: string, path: FieldPath): FieldError[] {
  const errors = qualifiedNameErrors(type).map((message) => invalidField(path, type, message));
  if (errors.length > 0 || type.includes('/') || TYPES.includes(type)) return errors;
  return [invalidField(path, type, 'must be a standard limit type or fully qualified')];
}

function itemErrors(item: LimitRangeItem, path: FieldPath): FieldError[] {
  const { type = '' } = item;
  const lists = Object.fromEntries(LISTS.map((name) => [name, readResourceList(item[name])])) as Lists;
  const errors: FieldError[] = [];
  const isOfPods = type === 'Pod' || type === 'Container';
  for (const list of LISTS) {
    if (type === 'Pod' && (list === 'default' || list === 'defaultRequest')) {
      const detail = "may not be specified when `type` is 'Pod'";
      if (lists[list].size > 0) errors.push(forbiddenField([...path, list], detail));
      continue;
    }
    for (const name of lists[list].keys()) {
      const messages = isOfPods ? containerResourceErrors(name) : resourceNameErrors(name);
      errors.push(...atKey([...path, list], name, (at) => messages.map((message) => invalidField(at, name, message))));
    }
  }
  if (type === 'PersistentVolumeClaim' && !lists.min.has('storage') && !lists.max.has('storage')) {
    const detail = 'either minimum or maximum storage value is required, but neither was provided';
    errors.push(requiredField([...path, 'limits'], detail));
  }
  const names = new Set(LISTS.flatMap((list) => [...lists[list].keys()]));
  return [...errors, ...[...names].flatMap((name) => orderErrors(name, lists, type, path))];
}

/** Pairs of bounds of which the first must not exceed the second, where the complaint stands, and how it words the two. */
const ORDER = [
  ['min', 'max', 'min', 'min value %s is greater than max value %s'],
  ['min', 'defaultRequest', 'defaultRequest', 'min value %s is greater than default request value %s'],
  ['defaultRequest', 'max', 'defaultRequest', 'default request value %s is greater than max value %s'],
  ['defaultRequest', 'default', 'defaultRequest', 'default request value %s is greater than default limit value %s'],
  ['min', 'default', 'default', 'min value %s is greater than default value %s'],
  ['default', 'max', 'default', 'default value %s is greater than max value %s'],
] as const;

function orderErrors(name: string, lists: Lists, type: string, path: FieldPath): FieldError[] {
  const bound = (list: (typeof LISTS)[number]): Quantity | undefined =>
    type === 'Pod' && (list === 'default' || list === 'defaultRequest') ? undefined : lists[list].get(name);
  const errors: FieldError[] = [];
  for (const [less, more, at, words] of ORDER) {
    const [low, high] = [bound(less), bound(more)];
    if (low === undefined || high === undefined || compareQuantities(low, high) <= 0) continue;
    const detail = words.replace('%s', formatQuantity(low)).replace('%s', formatQuantity(high));
    errors.push(...atKey([...path, at], name, (map) => [badQuantity(map, detail)]));
  }
  const ratio = bound('maxLimitRequestRatio');
  if (ratio !== undefined) {
    const [min, max] = [bound('min'), bound('max')];
    errors.push(...atKey([...path, 'maxLimitRequestRatio'], name, (map) => ratioErrors(ratio, min, max, map)));
  }
  const [limit, request] = [bound('default'), bound('defaultRequest')];
  if (limit !== undefined && request !== undefined && !mayOvercommit(name) && compareQuantities(limit, request) !== 0) {
    const detail = `default value ${formatQuantity(limit)} must equal to defaultRequest value ${formatQuantity(request)} in ${name}`;
    errors.push(...atKey([...path, 'defaultRequest'], name, (map) => [badQuantity(map, detail)]));
  }
  return errors;
}

function ratioErrors(
  ratio: Quantity,
  min: Quantity | undefined,
  max: Quantity | undefined,
  path: FieldPath,
): FieldError[] {
  const errors: FieldError[] = [];
  const text = formatQuantity(ratio);
  if (compareQuantities(ratio, ONE) < 0) errors.push(badQuantity(path, `ratio ${text} is less than 1`));
  if (min === undefined || max === undefined || min.value === 0n) return errors;
  const widest = Number(amountOf(max, 'milli')) / Number(amountOf(min, 'milli'));
  if (Number(amountOf(ratio, 'milli')) / 1000 > widest) {
    errors.push(badQuantity(path, `ratio ${text} is greater than max/min = ${goFixed(widest)}`));
  }
  return errors;
}
