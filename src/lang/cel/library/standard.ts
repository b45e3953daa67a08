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
  TYPE,
  typeOfType,
  UINT,
} from '../types/cel-type.ts';
import { add, divide, modulo, multiply, negate, subtract } from '../values/arithmetic.ts';
import { compare, isComparable, isIn, isNumber } from '../values/compare.ts';
import { convert } from '../values/convert.ts';
import { characterCount } from '../values/text.ts';
import { CelError, CelList, CelMap, Duration, noSuchOverload, Timestamp, Uint, type Value } from '../values/value.ts';
import { fn, type FunctionDecl, member, type Overload, overload, type Run } from './declare.ts';

const A = paramType('A');
const B = paramType('B');
const LIST_A = listType(A);
const MAP_AB = mapType(A, B);
const NUMBERS = { int64: INT, uint64: UINT, double: DOUBLE };

/** The functions of CEL itself. Mirrors cel-go's common/stdlib. */
export const STANDARD_FUNCTIONS: readonly FunctionDecl[] = [
  fn('_?_:_', overload('conditional', [BOOL, A, A], A)),
  fn('_&&_', overload('logical_and', [BOOL, BOOL], BOOL)),
  fn('_||_', overload('logical_or', [BOOL, BOOL], BOOL)),
  shared('!_', [overload('logical_not', [BOOL], BOOL)], (value) =>
    typeof value === 'boolean' ? !value : noSuchOverload(),
  ),
  fn('@not_strictly_false', overload('not_strictly_false', [BOOL], BOOL)),
  fn('_==_', overload('equals', [A, A], BOOL)),
  fn('_!=_', overload('not_equals', [A, A], BOOL)),
  operator('_+_', add, isAddable, [
    ['add_bytes', BYTES, BYTES, BYTES],
    ['add_double', DOUBLE, DOUBLE, DOUBLE],
    ['add_duration_duration', DURATION, DURATION, DURATION],
    ['add_duration_timestamp', DURATION, TIMESTAMP, TIMESTAMP],
    ['add_timestamp_duration', TIMESTAMP, DURATION, TIMESTAMP],
    ['add_int64', INT, INT, INT],
    ['add_list', LIST_A, LIST_A, LIST_A],
    ['add_string', STRING, STRING, STRING],
    ['add_uint64', UINT, UINT, UINT],
  ]),
  operator('_/_', divide, isNumber, [
    ['divide_double', DOUBLE, DOUBLE, DOUBLE],
    ['divide_int64', INT, INT, INT],
    ['divide_uint64', UINT, UINT, UINT],
  ]),
  operator('_%_', modulo, (value) => typeof value === 'bigint' || value instanceof Uint, [
    ['modulo_int64', INT, INT, INT],
    ['modulo_uint64', UINT, UINT, UINT],
  ]),
  operator('_*_', multiply, isNumber, [
    ['multiply_double', DOUBLE, DOUBLE, DOUBLE],
    ['multiply_int64', INT, INT, INT],
    ['multiply_uint64', UINT, UINT, UINT],
  ]),
  operator('_-_', subtract, isSubtractable, [
    ['subtract_double', DOUBLE, DOUBLE, DOUBLE],
    ['subtract_duration_duration', DURATION, DURATION, DURATION],
    ['subtract_int64', INT, INT, INT],
    ['subtract_timestamp_duration', TIMESTAMP, DURATION, TIMESTAMP],
    ['subtract_timestamp_timestamp', TIMESTAMP, TIMESTAMP, DURATION],
    ['subtract_uint64', UINT, UINT, UINT],
  ]),
  shared(
    '-_',
    [overload('negate_double', [DOUBLE], DOUBLE), overload('negate_int64', [INT], INT)],
    negate,
    isNegatable,
  ),
  comparison('_<_', 'less', (order) => order < 0),
  comparison('_<=_', 'less_equals', (order) => order <= 0),
  comparison('_>_', 'greater', (order) => order > 0),
  comparison('_>=_', 'greater_equals', (order) => order >= 0),
  fn('_[_]', overload('index_list', [LIST_A, INT], A), overload('index_map', [MAP_AB, A], B)),
  shared('@in', [overload('in_list', [A, LIST_A], BOOL), overload('in_map', [A, MAP_AB], BOOL)], isContained),
  shared(
    'size',
    [BYTES, LIST_A, MAP_AB, STRING].flatMap((type) => [
      overload(`size_${type.name}`, [type], INT),
      member(`${type.name}_size`, [type], INT),
    ]),
    (value) => BigInt(sizeOf(value) ?? 0),
    (value) => sizeOf(value) !== undefined,
  ),
  shared('type', [overload('type', [A], typeOfType(A))], (value) => convert(value, TYPE)),
  shared('dyn', [overload('to_dyn', [A], DYN)], (value) => value),
  conversions('bool', BOOL, [['string_to_bool', STRING]]),
  conversions('bytes', BYTES, [['string_to_bytes', STRING]]),
  conversions('double', DOUBLE, [
    ['int64_to_double', INT],
    ['string_to_double', STRING],
    ['uint64_to_double', UINT],
  ]),
  conversions('duration', DURATION, [['string_to_duration', STRING]]),
  conversions('int', INT, [
    ['double_to_int64', DOUBLE],
    ['duration_to_int64', DURATION],
    ['string_to_int64', STRING],
    ['timestamp_to_int64', TIMESTAMP],
    ['uint64_to_int64', UINT],
  ]),
  conversions('string', STRING, [
    ['bool_to_string', BOOL],
    ['bytes_to_string', BYTES],
    ['double_to_string', DOUBLE],
    ['duration_to_string', DURATION],
    ['int64_to_string', INT],
    ['timestamp_to_string', TIMESTAMP],
    ['uint64_to_string', UINT],
  ]),
  conversions('timestamp', TIMESTAMP, [
    ['int64_to_timestamp', INT],
    ['string_to_timestamp', STRING],
  ]),
  conversions('uint', UINT, [
    ['double_to_uint64', DOUBLE],
    ['int64_to_uint64', INT],
    ['string_to_uint64', STRING],
  ]),
  {
    ...fn(
      'contains',
      text('contains_string', (value, part) => value.includes(part)),
    ),
    unguarded: true,
  },
  {
    ...fn(
      'endsWith',
      text('ends_with_string', (value, part) => value.endsWith(part)),
    ),
    unguarded: true,
  },
  {
    ...fn(
      'startsWith',
      text('starts_with_string', (value, part) => value.startsWith(part)),
    ),
    unguarded: true,
  },
];

function shared(
  name: string,
  overloads: readonly Overload[],
  run: Run,
  trait?: (value: Value) => boolean,
): FunctionDecl {
  return { name, overloads, shared: trait === undefined ? { run } : { run, trait } };
}

type Signature = readonly [id: string, left: CelType, right: CelType, result: CelType];

function operator(
  name: string,
  run: Run,
  trait: (value: Value) => boolean,
  signatures: readonly Signature[],
): FunctionDecl {
  return shared(
    name,
    signatures.map(([id, left, right, result]) => overload(id, [left, right], result)),
    run,
    trait,
  );
}

function comparison(name: string, prefix: string, holds: (order: number) => boolean): FunctionDecl {
  const same = (id: string, type: CelType): Signature => [`${prefix}_${id}`, type, type, BOOL];
  const numbers = Object.entries(NUMBERS).flatMap(([id, type]) => [
    same(id, type),
    ...Object.entries(NUMBERS).flatMap(([other, right]): Signature[] =>
      other === id ? [] : [[`${prefix}_${id}_${other}`, type, right, BOOL]],
    ),
  ]);
  const run: Run = (left = null, right = null) => {
    const order = compare(left, right);
    return typeof order === 'number' ? holds(order) : order;
  };
  return operator(name, run, isComparable, [
    same('bool', BOOL),
    ...numbers,
    same('string', STRING),
    same('bytes', BYTES),
    same('timestamp', TIMESTAMP),
    same('duration', DURATION),
  ]);
}

function conversions(
  name: string,
  to: CelType,
  signatures: readonly (readonly [id: string, from: CelType])[],
): FunctionDecl {
  const run: Run = (value = null) => convert(value, to);
  const identity = overload(`${name}_to_${name}`, [to], to, (value = null) => value);
  return fn(name, identity, ...signatures.map(([id, from]) => overload(id, [from], to, run)));
}

function text(id: string, holds: (text: string, part: string) => boolean): Overload {
  return member(id, [STRING, STRING], BOOL, (value = null, part = null) => {
    if (typeof value !== 'string' || typeof part !== 'string') return noSuchOverload();
    return holds(value, part);
  });
}

function isAddable(value: Value): boolean {
  return isSubtractable(value) || typeof value === 'string' || value instanceof CelList || value instanceof Uint8Array;
}

function isSubtractable(value: Value): boolean {
  return isNumber(value) || value instanceof Duration || value instanceof Timestamp;
}

function isNegatable(value: Value): boolean {
  return (
    typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean' || value instanceof Duration
  );
}

function isContained(value: Value = null, container: Value = null): Value {
  if (container instanceof CelList) return isIn(value, container);
  if (!(container instanceof CelMap)) return noSuchOverload();
  const found = container.find(value);
  return found instanceof CelError ? found : found !== undefined;
}

/** How many characters, bytes, items or entries a value has; undefined where that cannot be asked. */
export function sizeOf(value: Value = null): number | undefined {
  if (typeof value === 'string') return characterCount(value);
  if (value instanceof Uint8Array) return value.length;
  return value instanceof CelList || value instanceof CelMap ? value.size : undefined;
}
