import {
  BOOL,
  BYTES,
  type CelType,
  DOUBLE,
  DURATION,
  DYN,
  INT,
  listType,
  mapType,
  paramType,
  STRING,
  TIMESTAMP,
  UINT,
} from '../types/cel-type.ts';
import { add } from '../values/arithmetic.ts';
import { ArrayList, GrowingMap, keyText, mapOf, RangeList } from '../values/collections.ts';
import { compare, equal, isComparable, isIn } from '../values/compare.ts';
import { CelError, CelList, CelMap, Duration, noSuchOverload, typeOf, Uint, type Value } from '../values/value.ts';
import { fn, type FunctionDecl, member, overload, type Run } from './declare.ts';

const A = paramType('A');
const T = paramType('T');
const K = paramType('K');
const V = paramType('V');
const LIST_T = listType(T);
const MAP_KV = mapType(K, V);
const COMPARABLE: readonly (readonly [string, CelType])[] = [
  ['int', INT],
  ['uint', UINT],
  ['double', DOUBLE],
  ['bool', BOOL],
  ['duration', DURATION],
  ['timestamp', TIMESTAMP],
  ['string', STRING],
  ['bytes', BYTES],
];
const SUMMABLE: readonly (readonly [string, CelType, Value])[] = [
  ['int', INT, 0n],
  ['uint', UINT, new Uint(0n)],
  ['double', DOUBLE, 0],
  ['duration', DURATION, new Duration(0n)],
];
const LARGEST_RANGE = 1_000_000n;

/** A function that sees a list as its first argument. */
function onList(run: (list: CelList, ...rest: readonly Value[]) => Value): Run {
  return (list = null, ...rest) => (list instanceof CelList ? run(list, ...rest) : noSuchOverload());
}

/** What any iterable gives one by one. */
function itemsOf(value: Value): Iterable<Value> | undefined {
  if (value instanceof CelList) return value;
  return value instanceof CelMap ? value.keys() : undefined;
}

/** Kubernetes' list functions. Mirrors the apiserver's pkg/cel/library/lists.go, version 0. */
export const KUBERNETES_LIST_FUNCTIONS: readonly FunctionDecl[] = [
  fn(
    'isSorted',
    ...COMPARABLE.map(([id, type]) => member(`list_${id}_is_sorted_bool`, [listType(type)], BOOL, isSorted)),
  ),
  fn('sum', ...SUMMABLE.map(([id, type, zero]) => member(`list_${id}_sum_${id}`, [listType(type)], type, sum(zero)))),
  fn(
    'max',
    ...COMPARABLE.map(([id, type]) => member(`list_${id}_max_${id}`, [listType(type)], type, extreme('max', -1))),
  ),
  fn(
    'min',
    ...COMPARABLE.map(([id, type]) => member(`list_${id}_min_${id}`, [listType(type)], type, extreme('min', 1))),
  ),
  fn('indexOf', member('list_a_index_of_int', [listType(A), A], INT, indexOf)),
  fn('lastIndexOf', member('list_a_last_index_of_int', [listType(A), A], INT, lastIndexOf)),
];

/** `includes`, which version 1 of them adds. */
export const INCLUDES_FUNCTION: FunctionDecl = fn(
  'includes',
  member('list_includes_dyn_dyn', [DYN, DYN], BOOL, (target = null, value = null) => {
    if (!(target instanceof CelList)) return equal(target, value) === true;
    for (const item of target) if (equal(item, value) === true) return true;
    return false;
  }),
);

function isSorted(list: Value = null): Value {
  let previous: Value | undefined;
  for (const item of itemsOf(list) ?? []) {
    if (!isComparable(item)) return noSuchOverload();
    if (previous !== undefined && compare(previous, item) === 1) return false;
    previous = item;
  }
  return true;
}

function sum(zero: Value): Run {
  return (list = null) => {
    let total = zero;
    for (const item of itemsOf(list) ?? []) {
      total = add(total, item);
      if (total instanceof CelError) return total;
    }
    return total;
  };
}

function extreme(name: string, wanted: number): Run {
  return (list = null) => {
    let found: Value | undefined;
    for (const item of itemsOf(list) ?? []) {
      if (!isComparable(item)) return noSuchOverload();
      if (found === undefined || compare(found, item) === wanted) found = item;
    }
    return found === undefined ? new CelError(`${name} called on empty list`) : found;
  };
}

function indexOf(list: Value = null, value: Value = null): Value {
  if (!(list instanceof CelList)) return noSuchOverload();
  for (let index = 0; index < list.size; index++) if (equal(list.item(index), value) === true) return BigInt(index);
  return -1n;
}

function lastIndexOf(list: Value = null, value: Value = null): Value {
  if (!(list instanceof CelList)) return noSuchOverload();
  for (let index = list.size - 1; index >= 0; index--)
    if (equal(list.item(index), value) === true) return BigInt(index);
  return -1n;
}

/** cel-go's list functions. Mirrors ext/lists.go, version 3. */
export const LIST_FUNCTIONS: readonly FunctionDecl[] = [
  fn('slice', member('list_slice', [LIST_T, INT, INT], LIST_T, onList(slice))),
  {
    ...fn(
      'flatten',
      member('list_flatten', [listType(LIST_T)], LIST_T, (list = null) =>
        list instanceof CelList ? flatten(list, 1n) : new CelError(`no such overload: ${typeOf(list).name}.flatten()`),
      ),
      member('list_flatten_int', [listType(DYN), INT], listType(DYN), (list = null, depth = null) =>
        list instanceof CelList && typeof depth === 'bigint'
          ? flatten(list, depth)
          : new CelError(`no such overload: ${typeOf(list).name}.flatten(${typeOf(depth).name})`),
      ),
    ),
    unguarded: true,
  },
  {
    ...fn('sort', ...COMPARABLE.map(([, type]) => member(`list_${type.name}_sort`, [listType(type)], listType(type)))),
    shared: { run: onList((list) => sortBy(list, list)), trait: isList },
  },
  {
    ...fn(
      '@sortByAssociatedKeys',
      ...COMPARABLE.map(([, type]) =>
        member(`list_${type.name}_sortByAssociatedKeys`, [LIST_T, listType(type)], LIST_T),
      ),
    ),
    shared: {
      run: onList((list, keys) => (keys instanceof CelList ? sortBy(list, keys) : noSuchOverload())),
      trait: isList,
    },
  },
  fn('lists.range', overload('lists_range', [INT], listType(INT), range)),
  fn(
    'reverse',
    member(
      'list_reverse',
      [LIST_T],
      LIST_T,
      onList((list) => new ArrayList([...list].reverse())),
    ),
  ),
  fn('distinct', member('list_distinct', [LIST_T], LIST_T, onList(distinct))),
];

function isList(value: Value): boolean {
  return value instanceof CelList;
}

function slice(list: CelList, start: Value = null, end: Value = null): Value {
  if (typeof start !== 'bigint' || typeof end !== 'bigint') return noSuchOverload();
  const failed = (why: string): CelError => new CelError(`cannot slice(${start}, ${end}), ${why}`);
  if (start < 0n || end < 0n) return failed('negative indexes not supported');
  if (start > end) return failed('start index must be less than or equal to end index');
  if (BigInt(list.size) < end) return failed(`list is length ${list.size}`);
  const items: Value[] = [];
  for (let index = Number(start); index < Number(end); index++) items.push(list.item(index));
  return new ArrayList(items);
}

function flatten(list: CelList, depth: bigint): Value {
  if (depth < 0n) return new CelError('level must be non-negative');
  const items: Value[] = [];
  const into = (from: CelList, left: bigint): void => {
    for (const item of from) {
      if (left > 0n && item instanceof CelList) into(item, left - 1n);
      else items.push(item);
    }
  };
  into(list, depth);
  return new ArrayList(items);
}

function sortBy(list: CelList, keys: CelList): Value {
  if (list.size !== keys.size)
    return new CelError(
      `@sortByAssociatedKeys() expected a list of the same size as the associated keys list, but got ${list.size} and ${keys.size} elements respectively`,
    );
  if (list.size === 0) return list;
  const first = keys.item(0);
  if (!isComparable(first)) return new CelError('list elements must be comparable');
  const pairs = Array.from({ length: list.size }, (_, index) => [keys.item(index), list.item(index)] as const);
  if (pairs.some(([key]) => typeOf(key) !== typeOf(first)))
    return new CelError('list elements must have the same type');
  const order = (left: Value, right: Value): number => {
    const found = compare(left, right);
    return typeof found === 'number' ? found : 0;
  };
  return new ArrayList(pairs.toSorted(([left], [right]) => order(left, right)).map(([, item]) => item));
}

function range(count: Value = null): Value {
  if (typeof count !== 'bigint') return noSuchOverload();
  if (count < 0n) return new CelError(`lists.range: size must be non-negative, got ${count}`);
  if (count > LARGEST_RANGE)
    return new CelError(`lists.range: size ${count} exceeds maximum allowed (${LARGEST_RANGE})`);
  return new RangeList(Number(count));
}

function distinct(list: CelList): Value {
  const found: Value[] = [];
  for (const item of list) if (!isIn(item, new ArrayList(found))) found.push(item);
  return new ArrayList(found);
}

/** What the macros transformMap and transformMapEntry call. Mirrors ext/comprehensions.go. */
export const MAP_INSERT_FUNCTION: FunctionDecl = fn(
  'cel.@mapInsert',
  overload('@mapInsert_map_key_value', [MAP_KV, K, V], MAP_KV, (map = null, key = null, value = null) =>
    map instanceof CelMap ? insert(map, [[key, value]]) : noSuchOverload(),
  ),
  overload('@mapInsert_map_map', [MAP_KV, MAP_KV], MAP_KV, (map = null, other = null) => {
    if (!(map instanceof CelMap) || !(other instanceof CelMap)) return noSuchOverload();
    return insert(
      map,
      [...other.keys()].map((key) => [key, other.find(key) ?? null] as const),
    );
  }),
);

function insert(map: CelMap, entries: readonly (readonly [Value, Value])[]): Value {
  let target = map;
  for (const [key, value] of entries) {
    if (target.find(key) !== undefined) return new CelError(`insert failed: key ${keyText(key)} already exists`);
    if (target instanceof GrowingMap) target.insert(key, value);
    else target = mapOf([...[...target.keys()].map((each) => [each, map.find(each) ?? null] as const), [key, value]]);
  }
  return target;
}

const SET_ARGS = [LIST_T, LIST_T];

/** cel-go's set functions. Mirrors ext/sets.go. */
export const SET_FUNCTIONS: readonly FunctionDecl[] = [
  fn('sets.contains', overload('list_sets_contains_list', SET_ARGS, BOOL, onLists(containsAll))),
  fn(
    'sets.equivalent',
    overload(
      'list_sets_equivalent_list',
      SET_ARGS,
      BOOL,
      onLists((a, b) => containsAll(a, b) && containsAll(b, a)),
    ),
  ),
  fn(
    'sets.intersects',
    overload(
      'list_sets_intersects_list',
      SET_ARGS,
      BOOL,
      onLists((a, b) => [...a].some((item) => isIn(item, b))),
    ),
  ),
];

function onLists(holds: (left: CelList, right: CelList) => boolean): Run {
  return (left = null, right = null) =>
    left instanceof CelList && right instanceof CelList ? holds(left, right) : noSuchOverload();
}

function containsAll(list: CelList, part: CelList): boolean {
  for (const item of part) if (!isIn(item, list)) return false;
  return true;
}
