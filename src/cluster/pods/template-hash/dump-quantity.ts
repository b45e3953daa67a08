import { parseQuantity } from '../../../lang/quantity.ts';

const NANO = 9;
const WORD = 64n;
/** Digits that the server keeps a decimal and a binary amount in an int64 for; from there on it takes a big decimal. */
const DECIMAL_DIGITS = 18;
const BINARY_DIGITS = 15;
const CANONICAL = /^-?(\d+)(?:([KMGTPE])i)?/;
const BINARY_SUFFIXES = 'KMGTPE';

/**
 * The fields of a quantity, as the controller has them after decoding its canonical text, in Go's `%#v` of github.com/davecgh/go-spew.
 * Mirrors Quantity and ParseQuantity of apimachinery pkg/api/resource, on machines with 64-bit words.
 */
export function dumpQuantity(text: string): string {
  if (text === '0' || text === '') return fields('value:(int64)0 scale:(resource.Scale)0', '<nil>', '0', 'DecimalSI');
  const quantity = parseQuantity(text);
  if (quantity === undefined) throw new Error(`not a canonical quantity: ${text}`);
  const { value, scale, format } = quantity;
  if (fitsInt64(text)) {
    const amount = `value:(int64)${String(value)} scale:(resource.Scale)${String(scale)}`;
    return fields(amount, '<nil>', quantity.text ?? '', format);
  }
  // A big decimal is always rounded to nano, which writes out nine places.
  const unscaled = value * 10n ** BigInt(scale + NANO);
  const magnitude = unscaled < 0n ? -unscaled : unscaled;
  const big = `(big.Int){neg:(bool)${String(unscaled < 0n)} abs:(big.nat)[${words(magnitude).join(' ')}]}`;
  const decimal = `{unscaled:${big} scale:(inf.Scale)${String(NANO)}}`;
  return fields('value:(int64)0 scale:(resource.Scale)0', decimal, '', format);
}

function fields(amount: string, decimal: string, text: string, format: string): string {
  const dec = `(resource.infDecAmount){Dec:(*inf.Dec)${decimal}}`;
  return `{i:(resource.int64Amount){${amount}} d:${dec} s:(string)${text} Format:(resource.Format)${format}}`;
}

function fitsInt64(text: string): boolean {
  const [, digits = '', suffix] = CANONICAL.exec(text) ?? [];
  if (suffix === undefined) return digits.length <= DECIMAL_DIGITS;
  const exponent = (BINARY_SUFFIXES.indexOf(suffix) + 1) * 10;
  return digits.length <= BINARY_DIGITS - Math.trunc((exponent * 3) / 10) - 1;
}

/** The 64-bit words of a number, the lowest first. */
function words(magnitude: bigint): bigint[] {
  const list: bigint[] = [];
  for (let rest = magnitude; rest > 0n; rest >>= WORD) list.push(BigInt.asUintN(64, rest));
  return list;
}
