import { FormatValue } from '../library/named-formats.ts';
import { sizeOf } from '../library/standard.ts';
import { byteCount } from '../values/text.ts';
import { CelList, CelMap, goTypeOf, Opaque, Optional, type Value } from '../values/value.ts';

type Reckoning = (args: readonly Value[], result: Value) => number;

/** What a call costs: always the same, or by its arguments and its result. */
export type CallCost = number | Reckoning;

/** Thrown where cel-go would panic; the evaluation ends with it, whatever stands around. */
export class EvaluationPanic extends Error {}

const PER_CHARACTER = 0.1;
const PER_PATTERN_CHARACTER = 0.25;
const LIST_BASE = 10;
const AUTHORIZATION = 350_000;

/** How large a value is in the server's reckoning: what has no size counts 1. */
function size(value: Value = null): number {
  if (value instanceof Opaque) return value.byteSize ?? 1;
  return sizeOf(value) ?? 1;
}

function sizeThroughOptional(value: Value = null): number {
  return value instanceof Optional && value.value !== undefined ? sizeThroughOptional(value.value) : size(value);
}

/** The cost of going over the characters of an argument. */
function traversal(times = 1, at = 0): Reckoning {
  return (args) => Math.ceil(size(args[at]) * times * PER_CHARACTER);
}

/** The cost of going over a value and all that is in it. */
function deepTraversal(value: Value = null): number {
  if (typeof value === 'string') return Math.floor(byteCount(value) * PER_CHARACTER);
  if (value instanceof Uint8Array) return Math.floor(value.length * PER_CHARACTER);
  let cost = 0;
  if (value instanceof CelList) for (const item of value) cost += deepTraversal(item);
  else if (value instanceof CelMap)
    for (const key of value.keys()) cost += deepTraversal(key) + deepTraversal(value.find(key));
  else cost = 1;
  return cost;
}

function pattern(text: number, regexp: number): number {
  return Math.ceil((1 + text) * PER_CHARACTER) * Math.ceil(regexp * PER_PATTERN_CHARACTER);
}

/** Parsing a selector: its characters, and a list with a struct for every two of them. */
function selector([, text]: readonly Value[]): number {
  const length = size(text);
  return LIST_BASE + Math.ceil(length * PER_CHARACTER) + Math.ceil(Math.ceil(length * 0.5) * (LIST_BASE + 40));
}

function contained(bytes: number, isText: boolean): Reckoning {
  return ([cidr, other]) => {
    const length = size(cidr);
    const extra = bytes === 0 ? 0 : Math.ceil(length * PER_CHARACTER) + 1;
    return Math.ceil(2 * length * PER_CHARACTER) + extra + (isText ? Math.ceil(size(other) * PER_CHARACTER) : 0);
  };
}

function validation([format, text]: readonly Value[]): number {
  return format instanceof FormatValue ? pattern(size(text), format.regexpSize) : 1;
}

const NOMINAL = new Set(
  ['serviceAccount', 'path', 'group', 'resource', 'subresource', 'namespace', 'name', 'allowed', 'reason', 'error']
    .concat(['errored', 'masked', 'prefixLength', 'family', 'isUnspecified', 'isLoopback', 'isLinkLocalMulticast'])
    .concat(['isLinkLocalUnicast', 'isGlobalUnicast', 'format.named', 'sign', 'asInteger', 'isInteger'])
    .concat(['asApproximateFloat', 'isGreaterThan', 'isLessThan', 'compareTo', 'add', 'sub', 'major', 'minor', 'patch'])
    .concat(['getScheme', 'getHostname', 'getHost', 'getPort', 'getEscapedPath', 'getQuery']),
);
const LIST_TRAVERSALS = new Set(['isSorted', 'sum', 'max', 'min', 'indexOf', 'lastIndexOf', 'includes']);

/** The costs of the server's own functions by name. Mirrors CallCost of the apiserver's pkg/cel/library/cost.go. */
function kubernetesCost(name: string, overload: string): CallCost | undefined {
  if (NOMINAL.has(name)) return 1;
  if (LIST_TRAVERSALS.has(name)) return ([first]) => deepTraversal(first);
  switch (name) {
    case 'check':
      return AUTHORIZATION;
    case 'fieldSelector':
    case 'labelSelector':
      return selector;
    case 'url':
    case 'lowerAscii':
    case 'upperAscii':
    case 'substring':
    case 'trim':
    case 'jsonpatch.escapeKey':
    case 'cidr':
    case 'isIP':
    case 'isCIDR':
    case 'quantity':
    case 'isQuantity':
    case 'semver':
    case 'isSemver':
      return traversal();
    case 'replace':
    case 'split':
    case 'ip.isCanonical':
      return traversal(2);
    case 'join':
      return (_, result) => Math.ceil(size(result) * 2 * PER_CHARACTER);
    case 'find':
    case 'findAll':
      return ([text, regexp]) => pattern(size(text), size(regexp));
    case 'ip':
      return overload === 'cidr_ip' ? 1 : traversal();
    case 'containsIP':
      return contained(0, overload === 'cidr_contains_ip_string');
    case 'containsCIDR':
      return contained(1, overload === 'cidr_contains_cidr_string');
    case 'validate':
      return validation;
    default:
      return undefined;
  }
}

/** The costs of cel-go's libraries by signature. Mirrors the cost trackers of ext/lists.go and ext/sets.go. */
function trackedCost(overload: string, reckonsLists: boolean): CallCost | undefined {
  if (/^list_sets_(?:contains|intersects)_list$/.test(overload)) return ([a, b]) => 1 + size(a) * size(b);
  if (overload === 'list_sets_equivalent_list') return ([a, b]) => 1 + size(a) * size(b) * 2;
  if (!reckonsLists) return undefined;
  switch (overload) {
    case 'list_slice':
    case 'lists_range':
    case 'list_reverse':
      return (_, result) => size(result) + 1 + LIST_BASE;
    case 'list_flatten':
      return ([list]) => size(list) + 1 + LIST_BASE;
    case 'list_flatten_int':
      return ([list, depth]) => flattening(size(list), depth);
    case 'list_distinct':
      return ([list]) => selfComparison(list);
    default:
      if (/^list_.+_sort$/.test(overload)) return ([list]) => selfComparison(list);
      return /^list_.+_sortByAssociatedKeys$/.test(overload) ? ([, keys]) => selfComparison(keys) : undefined;
  }
}

function flattening(length: number, depth: Value = null): number {
  const factor = typeof depth === 'bigint' && depth >= 0n ? Number(depth) : 1;
  return Math.floor(length * factor) + 1 + LIST_BASE;
}

function selfComparison(list: Value = null): number {
  if (!(list instanceof CelList)) {
    const type = goTypeOf(list);
    const adds = ['Int', 'Uint', 'Double', 'String', 'Bytes', 'Timestamp', 'Duration'].some(
      (name) => type === `types.${name}`,
    );
    throw new EvaluationPanic(
      `interface conversion: ${type} is not traits.Lister: missing method ${adds ? 'Contains' : 'Add'}`,
    );
  }
  const length = list.size;
  const first = length === 0 ? null : list.item(0);
  const factor = typeof first === 'string' || first instanceof Uint8Array ? 2 + PER_CHARACTER : 2;
  return Math.floor(length * length * factor) + 1 + LIST_BASE;
}

/** The costs of CEL's own functions by signature. Mirrors costCall of cel-go's interpreter/runtimecost.go. */
function standardCost(overload: string): CallCost {
  switch (overload) {
    case 'starts_with_string':
    case 'ends_with_string':
      return traversal(1, 1);
    case 'string_to_bytes':
    case 'bytes_to_string':
    case 'strings_quote':
    case 'string_format':
      return traversal();
    case 'in_list':
      return ([, list]) => sizeThroughOptional(list);
    case 'add_string':
    case 'add_bytes':
      return ([a, b]) => Math.ceil((size(a) + size(b)) * PER_CHARACTER);
    case 'matches':
    case 'matches_string':
      return ([text, regexp]) => pattern(size(text), size(regexp));
    case 'contains_string':
      return ([a, b]) => Math.ceil(size(a) * PER_CHARACTER) * Math.ceil(size(b) * PER_CHARACTER);
    default:
      return /^(?:less|greater)(?:_equals)?_(?:string|bytes)$|^(?:not_)?equals$/.test(overload) ? smaller : 1;
  }
}

const smaller: Reckoning = ([a, b]) =>
  Math.ceil(Math.min(sizeThroughOptional(a), sizeThroughOptional(b)) * PER_CHARACTER);

/** Equality of the server's own types has a fixed cost; and so it has where the first value is one. */
const equality: Reckoning = (args, result) => (args[0] instanceof Opaque ? 1 : smaller(args, result));

/** What a call costs; `overload` is '' where only the values tell which signature it is. */
export function callCost(name: string, overload: string, reckonsLists: boolean): CallCost {
  if (name === '_==_') return equality;
  return trackedCost(overload, reckonsLists) ?? kubernetesCost(name, overload) ?? standardCost(overload);
}
