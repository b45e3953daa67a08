/** The words that manifests repeat are short. */
const LONGEST = 32;
const slots: string[] = new Array<string>(4096).fill('');

/**
 * The same text, where possible as the very string that was met before: the keys and words of manifests repeat thousandfold, and kept once
 * they cost neither memory nor the garbage collector's time. A cache of fixed size; it changes no answer.
 */
export function shareString(text: string): string {
  const { length } = text;
  if (length > LONGEST || length < 2) return text;
  const slot =
    (text.charCodeAt(0) * 31 + text.charCodeAt(length - 1) * 131 + text.charCodeAt(length >> 1) * 1021 + length * 37) &
    4095;
  const known = slots[slot];
  if (known === text) return known;
  slots[slot] = text;
  return text;
}
