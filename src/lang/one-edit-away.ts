/**
 * Whether two different words are probably one and the same, misspelt: they differ in upper and lower case, in what separates their parts, in
 * an ending of the plural, or in one letter. Words that differ in a digit alone are two of a series.
 */
export function isOneEditAway(a: string, b: string): boolean {
  if (a === b) return false;
  const [x, y] = [plain(a), plain(b)];
  if (x === y || `${x}s` === y || x === `${y}s`) return true;
  const [short, long] = x.length < y.length ? [x, y] : [y, x];
  // Of two letters only their order tells a slip from another word.
  if (short.length === 2 && long.length === 2)
    return /^\D+$/.test(short) && `${short.charAt(1)}${short.charAt(0)}` === long;
  if (short.length < 4 || long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start++;
  if (/\d/.test(`${short.charAt(start)}${long.charAt(start)}`)) return false;
  const [rest, tail] = [short.slice(start), long.slice(start + 1)];
  if (rest === tail) return true;
  if (short.length !== long.length) return false;
  return rest.slice(1) === tail || `${rest.charAt(1)}${rest.charAt(0)}${rest.slice(2)}` === long.slice(start);
}

function plain(word: string): string {
  return word.toLowerCase().replaceAll(/[-_.]/g, '');
}
