import { amountOf, compareQuantities, formatQuantity, parseQuantity, type Quantity } from '../../../lang/quantity.ts';
import { readResourceList } from '../../../lang/resource-list.ts';
import { isObject, list, record, text } from '../../../model/json.ts';
import type { Json } from '../../../model/object.ts';
import { type Check, duplicate, forbidden, invalid, notFound, required, unsupported } from '../check/check.ts';
import { entry, field, item, type Place } from '../check/place.ts';
import { filled, format, isEmpty, type Rule } from '../check/rules.ts';
import { dnsLabelErrors } from '../name-formats.ts';
import { containerResourceErrors, isHugePages, isWhole, mayOvercommit, resourceNameErrors } from '../resource-names.ts';

/** From here on messages tell the limit, and print quantities as text. */
const FIRST_LIMIT_WORDS = 25;

/** The name of a resource. */
export type ResourceNames = (check: Check, name: string, at: Place) => void;

/** Of a container, a LimitRange or an overhead. */
export const containerResource: ResourceNames = (check, name, at) => {
  for (const message of containerResourceErrors(name, check.minor)) invalid(check, at, name, message);
};

const POD_LEVEL = ['cpu', 'hugepages-', 'memory'];

/** Of a pod as a whole. */
export const podResource: ResourceNames = (check, name, at) => {
  const errors = resourceNameErrors(name, check.minor);
  for (const message of errors) invalid(check, at, name, message);
  if (errors.length === 0 && name !== 'cpu' && name !== 'memory' && !isHugePages(name))
    unsupported(check, at, name, POD_LEVEL);
};

/** Requests and limits. Mirrors ValidateResourceRequirements, v1.24 and v1.37; claims are of newer servers. */
export function checkRequirements(
  check: Check,
  value: Json | undefined,
  at: Place,
  checkName: ResourceNames = containerResource,
  claims: ReadonlySet<string> = new Set(),
): void {
  // Most containers say nothing of resources.
  if (isEmpty(value)) return;
  const limits = readResourceList(record(record(value).limits));
  const requests = readResourceList(record(record(value).requests));
  for (const [name, quantity] of limits) {
    const place = entry(field(at, 'limits'), name);
    checkName(check, name, place);
    checkAmount(check, name, quantity, place);
    checkPages(check, name, quantity, place);
  }
  for (const [name, quantity] of requests) {
    const place = entry(field(at, 'requests'), name);
    checkName(check, name, place);
    checkAmount(check, name, quantity, place);
    checkRequest(check, name, quantity, limits.get(name), at);
    checkPages(check, name, quantity, place);
  }
  const names = new Set([...limits.keys(), ...requests.keys()]);
  if (!names.has('cpu') && !names.has('memory') && [...names].some(isHugePages))
    forbidden(check, at, 'HugePages require cpu or memory');
  checkClaims(check, record(value).claims, claims, field(at, 'claims'));
}

function checkRequest(check: Check, name: string, request: Quantity, limit: Quantity | undefined, at: Place): void {
  const place = field(at, 'requests');
  if (limit === undefined) {
    const detail = 'Limit must be set for non overcommitable resources';
    if (!mayOvercommit(name)) required(check, field(at, 'limits'), detail);
    return;
  }
  const end = check.minor >= FIRST_LIMIT_WORDS ? ` of ${formatQuantity(limit)}` : '';
  const difference = compareQuantities(request, limit);
  if (difference !== 0 && !mayOvercommit(name))
    invalid(check, place, formatQuantity(request), `must be equal to ${name} limit${end}`);
  else if (difference > 0)
    invalid(check, place, formatQuantity(request), `must be less than or equal to ${name} limit${end}`);
}

function checkPages(check: Check, name: string, quantity: Quantity, at: Place): void {
  if (!isHugePages(name)) return;
  const size = parseQuantity(name.slice('hugepages-'.length));
  const page = size === undefined ? 0n : amountOf(size);
  if (page > 0n && amountOf(quantity) % page === 0n) return;
  const amount = formatQuantity(quantity);
  invalid(check, at, amount, `${amount} is not positive integer multiple of ${name}`);
}

/** An amount of a resource. Mirrors ValidateResourceQuantityValue. */
export function checkAmount(check: Check, name: string, quantity: Quantity, at: Place): void {
  if (quantity.value < 0n) invalid(check, at, formatQuantity(quantity), 'must be greater than or equal to 0');
  if (isWhole(name) && amountOf(quantity, 'milli') % 1000n !== 0n)
    invalid(check, at, printedQuantity(quantity), 'must be an integer');
}

/** A quantity as older messages print it, in which the Go struct is shortened. */
export function printedQuantity(quantity: Quantity): { readonly go: string; readonly json: string } {
  return { go: 'resource.Quantity{...}', json: JSON.stringify(formatQuantity(quantity)) };
}

function checkClaims(check: Check, value: Json | undefined, known: ReadonlySet<string>, at: Place): void {
  const names = new Set<string>();
  for (const [index, each] of list(value).entries()) {
    const [name, request] = [text(record(each).name), text(record(each).request)];
    const place = item(at, index);
    if (name === '') {
      required(check, place);
      continue;
    }
    filled(format(dnsLabelErrors))(check, request, field(place, 'request'));
    const key = request === '' ? name : `${name}/${request}`;
    if (names.has(name)) duplicate(check, place, name);
    else if (names.has(key)) duplicate(check, place, key);
    else if (request === '') for (const other of names) if (other.startsWith(`${name}/`)) duplicate(check, place, name);
    names.add(key);
    const all = known.size === 0 ? ' which is empty' : `: ${[...known].sort().join(', ')}`;
    if (!known.has(name)) notFound(check, place, name, `must be one of the names in pod.spec.resourceClaims${all}`);
  }
}

/** What a pod needs beside its containers. */
export const overhead: Rule = (check, value, at) => {
  if (isObject(value)) checkRequirements(check, { limits: value }, at);
};
