/**
 * Whether two different words are probably one and the same, misspelt: they differ in upper and lower case, in what separates their parts, in
 * an ending of the plural, or in one letter. Words that differ in a digit alone are two of a series.
 */
export function isOneEditAway(a: string, b: string): boolean {
  if (a === b) return false;
  const [x, y] = [plain(a), plain(b)];
  if (x === y || `${x}s` === y || x === `${y}s`) return true;
  const [short, long] = x.length < y.length ? [x, y] : [y, x];
  if (short.length < 4 || long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start++;
  const rest = short.slice(start);
  const changed = `${short.slice(start, start + 1)}${long.slice(start, start + 1)}`;
  if (/\d/.test(changed)) return false;
  if (long.endsWith(rest, long.length) && long.length - start - 1 === rest.length) return true;
  if (short.length !== long.length) return false;
  const isReplaced = rest.slice(1) === long.slice(start + 1);
  const isSwapped = rest[1] === long[start] && rest[0] === long[start + 1] && rest.slice(2) === long.slice(start + 2);
  return isReplaced || isSwapped;
}

function plain(word: string): string {
  return word.toLowerCase().replaceAll(/[-_.]/g, '');
}
