const DIGITS = 6;

/** A number as Go's `%f` prints it: six digits after the point, exact halves to the even digit. For finite numbers that are not negative. */
export function goFixed(value: number): string {
  let mantissa = value;
  let doublings = 0n;
  for (; !Number.isInteger(mantissa); doublings++) mantissa *= 2;
  const scaled = BigInt(mantissa) * 10n ** BigInt(DIGITS);
  const divisor = 1n << doublings;
  const rest = (scaled % divisor) * 2n;
  let digits = scaled / divisor;
  if (rest > divisor || (rest === divisor && digits % 2n === 1n)) digits++;
  const text = digits.toString().padStart(DIGITS + 1, '0');
  return `${text.slice(0, -DIGITS)}.${text.slice(-DIGITS)}`;
}
