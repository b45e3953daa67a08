/** Unicode's White_Space. */
const SPACE = String.raw`[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+`;
const LEADING = new RegExp(`^${SPACE}`);
const ONLY_SPACE = new RegExp(`^${SPACE}$`);

/** A text without white space at its ends, as Go's strings.TrimSpace leaves it. */
export function goTrim(text: string): string {
  const start = LEADING.exec(text)?.[0].length ?? 0;
  let end = text.length;
  while (end > start && ONLY_SPACE.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}
