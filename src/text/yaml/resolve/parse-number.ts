/** A number as go-yaml holds it: an int64, a uint64 past that, or a float64. */
export interface ResolvedNumber {
  readonly type: 'int' | 'uint' | 'float';
  /** As Go's encoding/json prints it; `NaN`, `+Inf` and `-Inf` for what JSON cannot hold. */
  readonly literal: string;
  readonly value: number;
}

const MAX_INT64 = 2n ** 63n - 1n;
const MIN_INT64 = -(2n ** 63n);
const MAX_UINT64 = 2n ** 64n - 1n;

const DECIMAL_FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:e[-+]?\d+)?$/i;
/** What Go's ParseFloat takes of what begins with a dot: underscores may stand between digits. */
const FRACTION = /^\.\d+(?:_\d+)*(?:e[-+]?\d+(?:_\d+)*)?$/i;

/**
 * The number that a plain scalar is, or undefined (mirrors go.yaml.in/yaml/v2, resolve.go: ParseInt and ParseUint with base 0, then
 * ParseFloat, underscores dropped; what begins with a dot goes to ParseFloat as it is).
 */
export function parseNumber(text: string): ResolvedNumber | undefined {
  if (text.charCodeAt(0) === 0x2e) return FRACTION.test(text) ? parseFloat64(text.replaceAll('_', '')) : undefined;
  if (isShortDecimal(text)) return { type: 'int', literal: text, value: Number(text) };
  const plain = text.includes('_') ? text.replaceAll('_', '') : text;
  const integer = parseInteger(plain);
  if (integer !== undefined) return integer;
  if (DECIMAL_FLOAT.test(plain)) return parseFloat64(plain);
  // go-yaml's own reading of binary numbers comes last, and lets a sign stand inside: 0b-1.
  const signed = /^0b([-+]?)([01]+)$/.exec(plain);
  return signed === null ? undefined : integerOf(BigInt(`0b${signed[2] ?? ''}`), signed[1] === '-', signed[1] !== '');
}

/** Up to 15 digits without a leading zero: the integer is what it looks like. */
function isShortDecimal(text: string): boolean {
  const { length } = text;
  if (length > 15) return false;
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x30 || code > 0x39) return false;
  }
  return text.charCodeAt(0) !== 0x30 || length === 1;
}

const INTEGER = /^([-+]?)(?:(0x)([\da-f]+)|(0b)([01]+)|(0o?)([0-7]+)|(0|[1-9]\d*))$/i;

/** Go's ParseInt, then ParseUint, with base 0. */
function parseInteger(plain: string): ResolvedNumber | undefined {
  const match = INTEGER.exec(plain);
  if (match === null) return undefined;
  const [, sign = '', , hex, , binary, , octal, decimal] = match;
  const source =
    hex !== undefined
      ? `0x${hex}`
      : binary !== undefined
        ? `0b${binary}`
        : octal !== undefined
          ? `0o${octal}`
          : (decimal ?? '0');
  return integerOf(BigInt(source), sign === '-', sign !== '');
}

function integerOf(magnitude: bigint, negative: boolean, signed: boolean): ResolvedNumber | undefined {
  const value = negative ? -magnitude : magnitude;
  if (value >= MIN_INT64 && value <= MAX_INT64) return { type: 'int', literal: String(value), value: Number(value) };
  if (signed || value > MAX_UINT64) return undefined;
  return { type: 'uint', literal: String(value), value: Number(value) };
}

/** A float64; undefined when it overflows, for then Go's ParseFloat fails and the scalar is text. */
function parseFloat64(text: string): ResolvedNumber | undefined {
  const value = Number(text);
  if (!Number.isFinite(value)) return undefined;
  return { type: 'float', literal: Object.is(value, -0) ? '-0' : String(value), value };
}
