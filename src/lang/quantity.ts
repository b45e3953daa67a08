type Format = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

/** A resource quantity: `value × 10^scale`, and the family of suffixes it is written in. `text` is set where the server keeps the spelling. */
export interface Quantity {
  readonly value: bigint;
  readonly scale: number;
  readonly format: Format;
  readonly text?: string;
}

const AMOUNT = /^([+-]?)(\d*)(?:\.(\d*))?/;
const SUFFIX = /^[eEinumkMKGTP]*[-+]?\d*$/;
const DECIMAL_SUFFIXES = new Map([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
]);
const DECIMAL_SPELLING = new Map([...DECIMAL_SUFFIXES].map(([suffix, exponent]) => [exponent, suffix]));
const BINARY_SUFFIXES = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const MAX_INT64 = 2n ** 63n - 1n;
const NANO = -9;
const MILLI = -3;
/** Beyond this many digits apart two amounts are never written out to be compared. */
const FAR_APART = 400;

/**
 * Reads a quantity (`100m`, `1.5Gi`, `1e3`), or gives undefined where the server refuses it. Mirrors ParseQuantity of apimachinery
 * pkg/api/resource, its rounding up to nano and its cap at 2^63-1 for binary suffixes included.
 */
export function parseQuantity(text: string): Quantity | undefined {
  if (text === '') return undefined;
  const [amount = '', sign = '', digits = '', fraction = ''] = AMOUNT.exec(text) ?? [];
  const letters = text.slice(amount.length);
  if (!SUFFIX.test(letters)) return undefined;
  const integer = digits.replace(/^0+/, '');
  const suffix = interpretSuffix(letters);
  if (suffix === undefined) return undefined;
  if (integer === '' && !amount.includes('.') && letters === '') {
    return { value: 0n, scale: 0, format: 'DecimalSI' };
  }
  return fastPath(text, sign, integer, fraction, suffix) ?? slowPath(sign, integer, fraction, suffix);
}

/** Whether a text is a quantity of whole thousandths that the server writes back as it is, told without parsing: most are, and others may be. */
export function isPlainQuantity(text: string): boolean {
  return PLAIN.test(text);
}

const PLAIN = /^[1-9]\d{0,2}(?:[mkMG]|[KMG]i)?$/;

interface Suffix {
  readonly base: 2 | 10;
  readonly exponent: number;
  readonly format: Format;
}

function interpretSuffix(suffix: string): Suffix | undefined {
  const decimal = DECIMAL_SUFFIXES.get(suffix);
  if (decimal !== undefined) return { base: 10, exponent: decimal, format: 'DecimalSI' };
  const binary = BINARY_SUFFIXES.indexOf(suffix);
  if (binary > 0) return { base: 2, exponent: binary * 10, format: 'BinarySI' };
  if (!/^e[+-]?\d+$/i.test(suffix)) return undefined;
  const exponent = Number(suffix.slice(1));
  return Math.abs(exponent) > 2 ** 31 - 1 ? undefined : { base: 10, exponent, format: 'DecimalExponent' };
}

/** Whether the server holds what it parses of a text in more digits than an int64 has. */
export function isParsedAsDecimal(text: string): boolean {
  const [amount = '', sign = '', digits = '', fraction = ''] = AMOUNT.exec(text) ?? [];
  const suffix = interpretSuffix(text.slice(amount.length));
  if (suffix === undefined || (digits.replace(/^0+/, '') === '' && fraction === '')) return false;
  return fastPath(text, sign, digits.replace(/^0+/, ''), fraction, suffix) === undefined;
}

/** What fits in an int64 with digits to spare; here the server may keep the spelling. */
function fastPath(text: string, sign: string, integer: string, fraction: string, suffix: Suffix): Quantity | undefined {
  const length = Math.max(integer.length, 1) + fraction.length;
  let precision = 18 - length;
  let mantissa = 1n;
  if (suffix.base === 2) {
    if (fraction !== '') return undefined;
    mantissa = 1n << BigInt(suffix.exponent);
    precision = 15 - Math.max(integer.length, 1) - Math.trunc((suffix.exponent * 3) / 10) - 1;
  }
  const scale = (suffix.base === 2 ? 0 : suffix.exponent) - fraction.length;
  if (precision < 0 || scale < NANO) return undefined;
  const shifted = (integer === '' ? '0' : integer) + fraction;
  const magnitude = BigInt(shifted);
  const product = magnitude * mantissa;
  if (product > MAX_INT64) return undefined;
  const value = sign === '-' ? -product : product;
  const keeps =
    suffix.base === 2
      ? (magnitude & 7n) !== 0n
      : scale % 3 === 0 && !shifted.endsWith('000') && !shifted.startsWith('0');
  return keeps ? { value, scale, format: suffix.format, text } : { value, scale, format: suffix.format };
}

function slowPath(sign: string, integer: string, fraction: string, suffix: Suffix): Quantity | undefined {
  if (integer === '' && fraction === '') return undefined;
  let value = BigInt(integer + fraction);
  let scale = (suffix.base === 2 ? 0 : suffix.exponent) - fraction.length;
  let { format } = suffix;
  if (suffix.base === 2) value <<= BigInt(suffix.exponent);
  if (value !== 0n && scale < NANO) {
    value = divideUp(value, NANO - scale);
    scale = NANO;
  }
  if (format === 'BinarySI') {
    const one = 10n ** BigInt(-scale);
    if (value > MAX_INT64 * one) {
      value = MAX_INT64;
      scale = 0;
    } else if (value < one && value > 0n) format = 'DecimalSI';
  }
  return { value: sign === '-' ? -value : value, scale, format };
}

/** `value / 10^places`, rounded away from zero. */
function divideUp(value: bigint, places: number): bigint {
  const negative = value < 0n;
  const magnitude = negative ? -value : value;
  // The quotient of a number with fewer digits than are cut off is 1.
  if (places > magnitude.toString().length) return magnitude === 0n ? 0n : negative ? -1n : 1n;
  const divisor = 10n ** BigInt(places);
  const quotient = (magnitude + divisor - 1n) / divisor;
  return negative ? -quotient : quotient;
}

/** The quantity rounded up (away from zero) to a thousandth, as API defaulting does with resource lists. */
export function roundUpToMilli(quantity: Quantity): Quantity {
  if (quantity.scale >= MILLI) return quantity;
  return { value: divideUp(quantity.value, MILLI - quantity.scale), scale: MILLI, format: quantity.format };
}

/** The spelling the server writes: canonical (`1000m` is `1`, `0.5` is `500m`, `1024Mi` is `1Gi`) or kept where it already was. */
export function formatQuantity(quantity: Quantity): string {
  const { value, scale, format, text } = quantity;
  if (text !== undefined) return text;
  if (value === 0n) return '0';
  if (format === 'BinarySI') {
    const whole = wholeNumber(quantity);
    if (whole !== undefined && (whole >= 1024n || whole <= -1024n)) {
      let mantissa = whole;
      let power = 0;
      while (mantissa % 1024n === 0n) {
        mantissa /= 1024n;
        power++;
      }
      return `${String(mantissa)}${BINARY_SUFFIXES[power] ?? ''}`;
    }
  }
  const digits = String(value);
  let zeros = 0;
  while (digits.charCodeAt(digits.length - 1 - zeros) === 0x30) zeros++;
  let mantissa = digits.slice(0, digits.length - zeros);
  let exponent = scale + zeros;
  for (; exponent % 3 !== 0; exponent--) mantissa += '0';
  if (format === 'DecimalExponent') return exponent === 0 ? mantissa : `${mantissa}e${exponent}`;
  return `${mantissa}${DECIMAL_SPELLING.get(exponent) ?? ''}`;
}

function wholeNumber({ value, scale }: Quantity): bigint | undefined {
  if (scale >= 0) return scale > FAR_APART ? undefined : value * 10n ** BigInt(scale);
  const divisor = 10n ** BigInt(-scale);
  return value % divisor === 0n ? value / divisor : undefined;
}

/** Negative, 0 or positive as `left` is less than, equal to or greater than `right` in amount; spelling does not count. */
export function compareQuantities(left: Quantity, right: Quantity): number {
  const leftSign = signOf(left.value);
  const rightSign = signOf(right.value);
  if (leftSign !== rightSign) return leftSign - rightSign;
  if (leftSign === 0) return 0;
  const distance = magnitudeOf(left) - magnitudeOf(right);
  if (Math.abs(distance) > 1) return distance > 0 ? leftSign : -leftSign;
  const scale = Math.min(left.scale, right.scale);
  return signOf(left.value * 10n ** BigInt(left.scale - scale) - right.value * 10n ** BigInt(right.scale - scale));
}

function signOf(value: bigint): number {
  return value === 0n ? 0 : value < 0n ? -1 : 1;
}

/** The place of the leading digit. */
function magnitudeOf({ value, scale }: Quantity): number {
  return (value < 0n ? -value : value).toString().length + scale;
}

/** The sum of two quantities, in the format of the first unless that is zero. Mirrors Quantity.Add: the spelling of neither is kept. */
export function addQuantities(left: Quantity, right: Quantity): Quantity {
  if (left.value === 0n) return withoutText(right);
  if (right.value === 0n) return withoutText(left);
  const scale = Math.min(left.scale, right.scale);
  if (Math.abs(left.scale - right.scale) > FAR_APART)
    return withoutText(magnitudeOf(left) > magnitudeOf(right) ? left : right);
  const value = left.value * 10n ** BigInt(left.scale - scale) + right.value * 10n ** BigInt(right.scale - scale);
  return { value, scale, format: left.format };
}

/** One quantity less another, by the same rules. Mirrors Quantity.Sub. */
export function subtractQuantities(left: Quantity, right: Quantity): Quantity {
  return addQuantities(left, { ...right, value: -right.value });
}

function withoutText({ value, scale, format }: Quantity): Quantity {
  return { value, scale, format };
}

/** A whole number of units, or of thousandths of them. */
export function decimalQuantity(value: bigint, unit: 'one' | 'milli' = 'one'): Quantity {
  return { value, scale: unit === 'one' ? 0 : MILLI, format: 'DecimalSI' };
}

/** The amount in units, or in thousandths of them, rounded up (away from zero). Mirrors Quantity.Value and MilliValue, short of their overflow. */
export function amountOf({ value, scale }: Quantity, unit: 'one' | 'milli' = 'one'): bigint {
  const places = scale - (unit === 'one' ? 0 : MILLI);
  return places >= 0 ? value * 10n ** BigInt(Math.min(places, FAR_APART)) : divideUp(value, -places);
}

/** The quantity rounded up (away from zero) to a whole number; the quantity itself where it is one. */
export function roundUpToOne(quantity: Quantity): Quantity {
  return isFractional(quantity)
    ? { value: divideUp(quantity.value, -quantity.scale), scale: 0, format: quantity.format }
    : quantity;
}

/** Whether an amount of bytes is not a whole number (`100m` of memory), which the server warns of. */
export function isFractional(quantity: Quantity): boolean {
  return quantity.scale < 0 && quantity.value % 10n ** BigInt(-quantity.scale) !== 0n;
}

/** What the server says about a text that `parseQuantity` refuses. Mirrors the order in which ParseQuantity finds fault. */
export function quantityError(text: string): string {
  const suffix = text.slice(AMOUNT.exec(text)?.[0].length ?? 0);
  if (text === '' || !SUFFIX.test(suffix)) {
    return "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
  }
  return interpretSuffix(suffix) === undefined
    ? "unable to parse quantity's suffix"
    : 'unable to parse numeric part of quantity';
}
