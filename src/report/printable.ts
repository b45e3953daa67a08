// Control characters (but not the tab), and those that reorder or hide text: a manifest must not be able to move the cursor, recolour the
// terminal or show a message other than the one that is there.
const UNPRINTABLE = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** `text` as it may be shown on a terminal: what would act on it instead of being seen is spelt `\x1b`. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => (character === '\t' ? character : spell(character.charCodeAt(0))));
}

/** As `printable`, on one line: line breaks are spelt `\n`. */
export function printableLine(text: string): string {
  return printable(text).replaceAll('\t', String.raw`\t`);
}

function spell(code: number): string {
  if (code === 0x0a) return String.raw`\n`;
  if (code === 0x0d) return String.raw`\r`;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
