import {
  addQuantities,
  compareQuantities,
  decimalQuantity,
  formatQuantity,
  isParsedAsDecimal,
  parseQuantity,
  type Quantity,
  quantityError,
  subtractQuantities,
} from '../../quantity.ts';
import { BOOL, type CelType, DOUBLE, INT, STRING, structType } from '../types/cel-type.ts';
import { CelError, noSuchOverload, Opaque, type Value } from '../values/value.ts';
import { fn, type FunctionDecl, member, overload, type Run } from './declare.ts';

export const QUANTITY = structType('kubernetes.Quantity');
const MAX_INT = 2n ** 63n - 1n;
const PARSED_DECIMALS = 9;

/** A quantity. One that was reckoned is a pointer in Go, which equals nothing of the other sort. */
export class QuantityValue extends Opaque {
  readonly type: CelType = QUANTITY;
  readonly quantity: Quantity;
  /** With how many decimals the server holds it, if it does so in more digits than an int64 has; it then never treats it as an integer. */
  readonly decimals: number | undefined;
  private readonly reckoned: boolean;

  constructor(quantity: Quantity, decimals: number | undefined, reckoned = false) {
    super();
    this.quantity = quantity;
    this.decimals = decimals;
    this.reckoned = reckoned;
  }

  get goType(): string {
    return this.reckoned ? '*cel.Quantity' : 'cel.Quantity';
  }

  equals(other: Value): boolean | CelError {
    if (!(other instanceof QuantityValue) || other.reckoned)
      return other instanceof CelError ? other : noSuchOverload();
    return compareQuantities(this.quantity, other.quantity) === 0;
  }
}

function on(run: (quantity: Quantity) => Value): Run {
  return (value = null) => (value instanceof QuantityValue ? run(value.quantity) : noSuchOverload());
}

function onTwo(run: (left: Quantity, right: Quantity) => Value): Run {
  return (left = null, right = null) =>
    left instanceof QuantityValue && right instanceof QuantityValue
      ? run(left.quantity, right.quantity)
      : noSuchOverload();
}

function reckon(operation: (left: Quantity, right: Quantity) => Quantity): Run {
  return (left = null, right = null) => {
    if (!(left instanceof QuantityValue)) return noSuchOverload();
    const other =
      typeof right === 'bigint'
        ? new QuantityValue({ ...decimalQuantity(right), format: 'DecimalExponent' }, undefined)
        : right;
    if (!(other instanceof QuantityValue)) return noSuchOverload();
    const result = operation(left.quantity, other.quantity);
    const magnitude = result.value < 0n ? -result.value : result.value;
    const isDecimal = left.decimals !== undefined || other.decimals !== undefined || magnitude > MAX_INT;
    return new QuantityValue(result, isDecimal ? Math.max(decimalsOf(left), decimalsOf(other)) : undefined, true);
  };
}

/** Quantities. Mirrors the apiserver's pkg/cel/library/quantity.go. */
export const QUANTITY_FUNCTIONS: readonly FunctionDecl[] = [
  fn(
    'quantity',
    overload('string_to_quantity', [STRING], QUANTITY, (text = null) => {
      if (typeof text !== 'string') return noSuchOverload();
      const quantity = parseQuantity(text);
      return quantity === undefined
        ? new CelError(quantityError(text))
        : new QuantityValue(quantity, isParsedAsDecimal(text) ? PARSED_DECIMALS : undefined);
    }),
  ),
  fn(
    'isQuantity',
    overload('is_quantity_string', [STRING], BOOL, (text = null) =>
      typeof text === 'string' ? parseQuantity(text) !== undefined : noSuchOverload(),
    ),
  ),
  fn(
    'sign',
    overload(
      'quantity_sign',
      [QUANTITY],
      INT,
      on(({ value }) => (value === 0n ? 0n : value < 0n ? -1n : 1n)),
    ),
  ),
  fn(
    'isGreaterThan',
    member(
      'quantity_is_greater_than',
      [QUANTITY, QUANTITY],
      BOOL,
      onTwo((a, b) => compareQuantities(a, b) > 0),
    ),
  ),
  fn(
    'isLessThan',
    member(
      'quantity_is_less_than',
      [QUANTITY, QUANTITY],
      BOOL,
      onTwo((a, b) => compareQuantities(a, b) < 0),
    ),
  ),
  fn(
    'compareTo',
    member(
      'quantity_compare_to',
      [QUANTITY, QUANTITY],
      INT,
      onTwo((a, b) => BigInt(Math.sign(compareQuantities(a, b)))),
    ),
  ),
  fn(
    'asApproximateFloat',
    member('quantity_get_float', [QUANTITY], DOUBLE, (value = null) =>
      value instanceof QuantityValue ? approximately(value) : noSuchOverload(),
    ),
  ),
  fn(
    'asInteger',
    member('quantity_get_int', [QUANTITY], INT, (quantity = null) => {
      if (!(quantity instanceof QuantityValue)) return noSuchOverload();
      return wholeOf(quantity) ?? new CelError('cannot convert value to integer');
    }),
  ),
  fn(
    'isInteger',
    member('quantity_is_integer', [QUANTITY], BOOL, (quantity = null) =>
      quantity instanceof QuantityValue ? wholeOf(quantity) !== undefined : noSuchOverload(),
    ),
  ),
  fn(
    'add',
    member('quantity_add', [QUANTITY, QUANTITY], QUANTITY, reckon(addQuantities)),
    member('quantity_add_int', [QUANTITY, INT], QUANTITY, reckon(addQuantities)),
  ),
  fn(
    'sub',
    member('quantity_sub', [QUANTITY, QUANTITY], QUANTITY, reckon(subtractQuantities)),
    member('quantity_sub_int', [QUANTITY, INT], QUANTITY, reckon(subtractQuantities)),
  ),
];

function decimalsOf({ decimals, quantity: { scale } }: QuantityValue): number {
  return decimals ?? -scale;
}

/** Mirrors Quantity.AsApproximateFloat64, which rounds twice. */
function approximately(quantity: QuantityValue): number {
  const decimals = decimalsOf(quantity);
  const { value, scale } = quantity.quantity;
  const places = scale + decimals;
  const unscaled = places >= 0 ? value * 10n ** BigInt(places) : value / 10n ** BigInt(-places);
  return decimals === 0 ? Number(unscaled) : Number(unscaled) * Number(`1e${-decimals}`);
}

/** The quantity as an int64; undefined where it is none. Mirrors Quantity.AsInt64. */
function wholeOf({ quantity: { value, scale }, decimals }: QuantityValue): bigint | undefined {
  if (decimals !== undefined || scale < 0 || scale > 18) return undefined;
  const whole = value * 10n ** BigInt(scale);
  return whole > MAX_INT || whole < -MAX_INT - 1n ? undefined : whole;
}

/** The spelling of a quantity as the server writes it. */
export function quantityText({ quantity }: QuantityValue): string {
  return formatQuantity(quantity);
}
