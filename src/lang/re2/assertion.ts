import type { Assertion } from './regexp-node.ts';

const LINE_FEED = 0x0a;

/** Whether an assertion holds between two characters; undefined stands for the start and the end of the text. */
export function assertionHolds(assertion: Assertion, before: number | undefined, after: number | undefined): boolean {
  switch (assertion) {
    case 'text-start':
      return before === undefined;
    case 'text-end':
      return after === undefined;
    case 'line-start':
      return before === undefined || before === LINE_FEED;
    case 'line-end':
      return after === undefined || after === LINE_FEED;
    case 'word-boundary':
      return isWordCharacter(before) !== isWordCharacter(after);
    case 'no-word-boundary':
      return isWordCharacter(before) === isWordCharacter(after);
  }
}

/** Whether `\w` holds a character: a letter or digit of ASCII, or the underscore. */
export function isWordCharacter(rune: number | undefined): boolean {
  if (rune === undefined) return false;
  const lower = rune | 0x20;
  return (rune < 0x80 && lower >= 0x61 && lower <= 0x7a) || (rune >= 0x30 && rune <= 0x39) || rune === 0x5f;
}
