const VALUES = new Int8Array(128).fill(-1);
for (const [value, character] of Array.from(
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
).entries()) {
  VALUES[character.charCodeAt(0)] = value;
}

/**
 * The text in standard padded base64, line breaks skipped as Go's StdEncoding does; undefined when it is not base64. Bytes that are
 * not UTF-8 become U+FFFD, one each, as encoding/json writes them.
 */
export function decodeBase64(source: string): string | undefined {
  const bytes = decodeBytes(source);
  return bytes === undefined ? undefined : decodeUtf8(bytes);
}

function decodeBytes(source: string): Uint8Array | undefined {
  const text = source.replace(/[\r\n]/g, '');
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  const digits = text.length - padding;
  let bits = 0;
  let held = 0;
  let length = 0;
  for (let index = 0; index < digits; index++) {
    const code = text.charCodeAt(index);
    const value = code < 128 ? (VALUES[code] ?? -1) : -1;
    if (value < 0) return undefined;
    bits = (bits << 6) | value;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[length++] = (bits >> held) & 0xff;
    }
  }
  return bytes;
}

/** Decodes UTF-8 as Go does: each byte that does not belong to a valid sequence becomes one U+FFFD. */
export function decodeUtf8(bytes: Uint8Array): string {
  const parts: string[] = [];
  let index = 0;
  while (index < bytes.length) {
    const length = sequenceLength(bytes, index);
    if (length === 0) {
      parts.push('\ufffd');
      index++;
      continue;
    }
    let value = bytes[index] ?? 0;
    if (length > 1) value &= 0x7f >> length;
    for (let next = 1; next < length; next++) value = (value << 6) | ((bytes[index + next] ?? 0) & 0x3f);
    parts.push(String.fromCodePoint(value));
    index += length;
  }
  return parts.join('');
}

/** How many bytes the UTF-8 character at `index` takes, or 0 when there is none. */
function sequenceLength(bytes: Uint8Array, index: number): number {
  const first = bytes[index] ?? 0;
  if (first < 0x80) return 1;
  const length =
    first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
  if (length === 0 || index + length > bytes.length) return 0;
  for (let next = 1; next < length; next++) if (((bytes[index + next] ?? 0) & 0xc0) !== 0x80) return 0;
  const second = bytes[index + 1] ?? 0;
  if (first === 0xe0 && second < 0xa0) return 0;
  if (first === 0xed && second >= 0xa0) return 0;
  if (first === 0xf0 && second < 0x90) return 0;
  if (first === 0xf4 && second >= 0x90) return 0;
  return length;
}
