/** The shortest digits that tell a finite number from all others, and the power of ten of the first. */
function digitsOf(value: number): { readonly digits: string; readonly exponent: number } {
  const [mantissa = '0', exponent = '0'] = Math.abs(value).toExponential().split('e');
  return { digits: mantissa.replace('.', ''), exponent: Number(exponent) };
}

function special(value: number): string | undefined {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? undefined : value > 0 ? '+Inf' : '-Inf';
}

function signOf(value: number): string {
  return value < 0 || Object.is(value, -0) ? '-' : '';
}

/** A number as Go's `%g` and `%v` print it: `1e+20`, `1.23456789e+08`, `0.0001`. */
export function goGeneral(value: number): string {
  const text = special(value);
  if (text !== undefined) return text;
  const { digits, exponent } = digitsOf(value);
  if (value !== 0 && (exponent < -4 || exponent >= 6)) return `${signOf(value)}${scientific(digits, exponent)}`;
  return goPlain(value);
}

function scientific(digits: string, exponent: number): string {
  const mantissa = digits.length > 1 ? `${digits.charAt(0)}.${digits.slice(1)}` : digits;
  const sign = exponent < 0 ? '-' : '+';
  return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** A number as Go's `strconv.FormatFloat(value, 'f', -1, 64)` prints it: no exponent, no more digits than needed. */
export function goPlain(value: number): string {
  const text = special(value);
  if (text !== undefined) return text;
  const { digits, exponent } = digitsOf(value);
  const sign = signOf(value);
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return `${sign}${digits.padEnd(exponent + 1, '0')}`;
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

/** A finite number, not negative, with a fixed count of decimals, exact halves to the even digit, as Go's `%.*f` prints it. */
export function goFixedDigits(value: number, decimals: number): string {
  const scaled = roundedQuotient(value, BigInt(decimals));
  const text = scaled.toString().padStart(decimals + 1, '0');
  return decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
}

/** `value × 10^power`, rounded to a whole number, exact halves to the even one; of a number that is not negative. */
export function roundedQuotient(value: number, power: bigint): bigint {
  let mantissa = value;
  let doublings = 0n;
  for (; !Number.isInteger(mantissa); doublings++) mantissa *= 2;
  let numerator = BigInt(mantissa);
  let divisor = 1n << doublings;
  if (power >= 0n) numerator *= 10n ** power;
  else divisor *= 10n ** -power;
  const rest = (numerator % divisor) * 2n;
  const quotient = numerator / divisor;
  return rest > divisor || (rest === divisor && quotient % 2n === 1n) ? quotient + 1n : quotient;
}
