/**
 * Character classes of YAML 1.1 as libyaml sees them. `kindOf` is 0 for what may stand inside a plain scalar without a second
 * look; a carriage return, NEL, LS and PS are line breaks like the line feed.
 */
export const BLANK = 1;
export const BREAK = 2;
export const COLON = 3;
export const FLOW = 4;

const LATIN = new Uint8Array(256);
LATIN[0x20] = BLANK;
LATIN[0x09] = BLANK;
LATIN[0x0a] = BREAK;
LATIN[0x0d] = BREAK;
LATIN[0x85] = BREAK;
LATIN[0x3a] = COLON;
for (const indicator of ',?[]{}') LATIN[indicator.charCodeAt(0)] = FLOW;

/** The class of a code unit: BLANK, BREAK, COLON, FLOW or 0. */
export function kindOf(code: number): number {
  if (code < 256) return LATIN[code] ?? 0;
  return code === 0x2028 || code === 0x2029 ? BREAK : 0;
}

export function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

export function isBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d || code === 0x85 || code === 0x2028 || code === 0x2029;
}

/** A letter, a digit, `_` or `-`: what the names of anchors and tag handles are made of. */
export function isWord(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x5f ||
    code === 0x2d
  );
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** The value of a hexadecimal digit, or -1. */
export function hexValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (code >= 0x41 && code <= 0x46) return code - 0x41 + 10;
  if (code >= 0x61 && code <= 0x66) return code - 0x61 + 10;
  return -1;
}

/**
 * How many code units the line break at `offset` takes. The line reader in front of the YAML parser turns CR LF into LF, so that
 * CR CR LF reaches the parser as one CR LF.
 */
export function breakLength(text: string, offset: number): number {
  if (text.charCodeAt(offset) !== 0x0d) return 1;
  const next = text.charCodeAt(offset + 1);
  if (next === 0x0a) return 2;
  return next === 0x0d && text.charCodeAt(offset + 2) === 0x0a ? 3 : 1;
}

/** What a line break contributes to a scalar: LS and PS stay themselves, every other break is a line feed. */
export function breakText(code: number): string {
  return code === 0x2028 ? '\u2028' : code === 0x2029 ? '\u2029' : '\n';
}

/** The number of line breaks, as the YAML parser counts them, between two offsets. */
export function countBreaks(text: string, from: number, to: number): number {
  let count = 0;
  for (let offset = from; offset < to;) {
    if (isBreak(text.charCodeAt(offset))) {
      count++;
      offset += breakLength(text, offset);
    } else offset++;
  }
  return count;
}
