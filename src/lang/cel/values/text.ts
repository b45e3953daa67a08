/** The characters of a text, where cel-go counts and cuts by code points. */
export function charactersOf(text: string): string[] {
  return Array.from(text);
}

/** How many code points a text has. */
export function characterCount(text: string): number {
  let count = text.length;
  for (let index = 0; index + 1 < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code >= 0xd800 && code <= 0xdbff) {
      const next = text.charCodeAt(index + 1);
      if (next >= 0xdc00 && next <= 0xdfff) {
        count--;
        index++;
      }
    }
  }
  return count;
}

/** How many bytes a text has in UTF-8. */
export function byteCount(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x80) count++;
    else if (code < 0x800) count += 2;
    else if (code >= 0xd800 && code <= 0xdbff) {
      count += 4;
      index++;
    } else count += 3;
  }
  return count;
}

/** The UTF-8 bytes of a text. */
export function utf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const rune = character.codePointAt(0) ?? 0;
    if (rune < 0x80) bytes.push(rune);
    else if (rune < 0x800) bytes.push(0xc0 | (rune >> 6), 0x80 | (rune & 0x3f));
    else if (rune < 0x10000) bytes.push(0xe0 | (rune >> 12), 0x80 | ((rune >> 6) & 0x3f), 0x80 | (rune & 0x3f));
    else
      bytes.push(0xf0 | (rune >> 18), 0x80 | ((rune >> 12) & 0x3f), 0x80 | ((rune >> 6) & 0x3f), 0x80 | (rune & 0x3f));
  }
  return Uint8Array.from(bytes);
}
