import { BOOL, DYN, INT, listType, mapType, optionalType, paramType, STRING } from '../types/cel-type.ts';
import { ArrayList } from '../values/collections.ts';
import {
  CelError,
  CelList,
  CelMap,
  Duration,
  noSuchOverload,
  Optional,
  Timestamp,
  Uint,
  type Value,
} from '../values/value.ts';
import { fn, type FunctionDecl, member, overload, type Run } from './declare.ts';

const K = paramType('K');
const V = paramType('V');
const OPTIONAL_V = optionalType(V);
const LIST_V = listType(V);
const MAP_KV = mapType(K, V);

/** Optional values. Mirrors the optional types of cel-go's cel/library.go; `or` and `orValue`, which do not need their argument, are planned apart. */
export const OPTIONAL_FUNCTIONS: readonly FunctionDecl[] = [
  fn(
    'optional.of',
    overload('optional_of', [V], OPTIONAL_V, (value = null) => new Optional(value)),
  ),
  fn(
    'optional.ofNonZeroValue',
    overload('optional_ofNonZeroValue', [V], OPTIONAL_V, (value = null) =>
      isZero(value) ? new Optional() : new Optional(value),
    ),
  ),
  fn(
    'optional.none',
    overload('optional_none', [], OPTIONAL_V, () => new Optional()),
  ),
  fn(
    'value',
    member('optional_value', [OPTIONAL_V], V, (value = null) => valueOf(value)),
  ),
  fn(
    'hasValue',
    member('optional_hasValue', [OPTIONAL_V], BOOL, (value = null) =>
      value instanceof Optional ? value.value !== undefined : noSuchOverload(),
    ),
  ),
  fn('or', member('optional_or_optional', [OPTIONAL_V, OPTIONAL_V], OPTIONAL_V)),
  fn('orValue', member('optional_orValue_value', [OPTIONAL_V, V], V)),
  fn('_?._', overload('select_optional_field', [DYN, STRING], OPTIONAL_V)),
  fn(
    '_[?_]',
    overload('list_optindex_optional_int', [LIST_V, INT], OPTIONAL_V),
    overload('optional_list_optindex_optional_int', [optionalType(LIST_V), INT], OPTIONAL_V),
    overload('map_optindex_optional_value', [MAP_KV, K], OPTIONAL_V),
    overload('optional_map_optindex_optional_value', [optionalType(MAP_KV), K], OPTIONAL_V),
  ),
  fn(
    '_[_]',
    overload('optional_list_index_int', [optionalType(LIST_V), INT], OPTIONAL_V),
    overload('optional_map_index_value', [optionalType(MAP_KV), K], OPTIONAL_V),
  ),
  fn('last', member('list_last', [LIST_V], OPTIONAL_V, end(-1))),
  fn('first', member('list_first', [LIST_V], OPTIONAL_V, end(0))),
  fn('optional.unwrap', overload('optional_unwrap', [listType(OPTIONAL_V)], LIST_V, unwrap)),
  fn('unwrapOpt', member('optional_unwrapOpt', [listType(OPTIONAL_V)], LIST_V, unwrap)),
];

function valueOf(value: Value): Value {
  if (!(value instanceof Optional)) return noSuchOverload();
  return value.value === undefined ? new CelError('optional.none() dereference') : value.value;
}

function end(at: 0 | -1): Run {
  return (list = null) => {
    if (!(list instanceof CelList)) return noSuchOverload();
    return list.size === 0 ? new Optional() : new Optional(list.item(at === 0 ? 0 : list.size - 1));
  };
}

function unwrap(list: Value = null): Value {
  if (!(list instanceof CelList)) return noSuchOverload();
  const values: Value[] = [];
  for (const item of list) {
    if (!(item instanceof Optional)) return new CelError('value is not optional');
    if (item.value !== undefined) values.push(item.value);
  }
  return new ArrayList(values);
}

/** The year 1, which Go calls the zero time. */
const ZERO_TIME = -62_135_596_800;

function isZero(value: Value): boolean {
  if (value === null || value === false || value === '' || value === 0 || value === 0n) return true;
  if (value instanceof Uint) return value.value === 0n;
  if (value instanceof Uint8Array) return value.length === 0;
  if (value instanceof CelList || value instanceof CelMap) return value.size === 0;
  if (value instanceof Duration) return value.nanos === 0n;
  return value instanceof Timestamp && value.seconds === ZERO_TIME && value.nanos === 0;
}
