const MAX_INT64 = 9223372036854775807n;
const MIN_INT64 = -9223372036854775808n;

/** Whether a JSON number is spelled as an integer and fits the type. Mirrors strconv.ParseInt and ParseUint, as encoding/json calls them. */
export function fitsInteger(literal: string, kind: 'int32' | 'int64' | 'int' | 'uint8'): boolean {
  for (let index = literal.startsWith('-') ? 1 : 0; index < literal.length; index++) {
    const code = literal.charCodeAt(index);
    if (code < 0x30 || code > 0x39) return false;
  }
  const value = Number(literal);
  if (kind === 'int32') return value >= -2147483648 && value <= 2147483647;
  // An unsigned number has no sign, not even before zero.
  if (kind === 'uint8') return value <= 255 && !literal.startsWith('-');
  if (Number.isSafeInteger(value)) return true;
  if (literal.length > 20) return false;
  const exact = BigInt(literal);
  return exact >= MIN_INT64 && exact <= MAX_INT64;
}
