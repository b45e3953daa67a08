/** A character that YAML does not allow, or bytes that are none: where, and what go-yaml's reader says about it. */
export interface Forbidden {
  readonly offset: number;
  readonly problem: string;
  /** Whether the text was decoded from UTF-16. */
  readonly utf16?: boolean;
}

/**
 * Where the bytes of a file are not UTF-8: offsets into their lossy decoding `text` (in which each such place became one U+FFFD, as the
 * Encoding Standard decodes), with what go-yaml's reader says about each.
 */
export function invalidSequences(bytes: Uint8Array, text: string): Forbidden[] {
  const found: Forbidden[] = [];
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  let index = marked && text.charCodeAt(0) !== 0xfeff ? 3 : 0;
  let offset = 0;
  while (index < bytes.length) {
    const { length, valid } = sequenceAt(bytes, index);
    if (!valid) found.push({ offset, problem: problemAt(bytes, index) });
    offset += valid && length === 4 ? 2 : 1;
    index += length;
  }
  return found;
}

/** For each byte up to the one that `end` in the lossy decoding stands for, the offset there. */
export function textOffsets(bytes: Uint8Array, end: number): number[] {
  const offsets: number[] = [];
  let offset = 0;
  while (offsets.length < bytes.length && offset < end) {
    const { length, valid } = sequenceAt(bytes, offsets.length);
    for (let byte = 0; byte < length; byte++) offsets.push(offset);
    offset += valid && length === 4 ? 2 : 1;
  }
  return offsets;
}

/** The character at `index`, or the longest beginning of one: as many bytes as become one U+FFFD. */
function sequenceAt(bytes: Uint8Array, index: number): { readonly length: number; readonly valid: boolean } {
  const first = bytes[index] ?? 0;
  if (first < 0x80) return { length: 1, valid: true };
  const width =
    first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
  if (width === 0) return { length: 1, valid: false };
  for (let length = 1; length < width; length++) {
    const byte = bytes[index + length];
    const [low, high] = length === 1 ? secondByteRange(first) : [0x80, 0xbf];
    if (byte === undefined || byte < low || byte > high) return { length, valid: false };
  }
  return { length: width, valid: true };
}

function secondByteRange(first: number): readonly [number, number] {
  if (first === 0xe0) return [0xa0, 0xbf];
  if (first === 0xed) return [0x80, 0x9f];
  if (first === 0xf0) return [0x90, 0xbf];
  if (first === 0xf4) return [0x80, 0x8f];
  return [0x80, 0xbf];
}

/** Mirrors go.yaml.in/yaml/v2, readerc.go, `yaml_parser_update_buffer`. */
function problemAt(bytes: Uint8Array, index: number): string {
  const first = bytes[index] ?? 0;
  const width = first < 0xc0 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf8 ? 4 : 0;
  if (width === 0) return 'invalid leading UTF-8 octet';
  if (index + width > bytes.length) return 'incomplete UTF-8 octet sequence';
  let value = first & (0x7f >> width);
  for (let next = index + 1; next < index + width; next++) {
    const byte = bytes[next] ?? 0;
    if ((byte & 0xc0) !== 0x80) return 'invalid trailing UTF-8 octet';
    value = value * 64 + (byte & 0x3f);
  }
  const least = width === 2 ? 0x80 : width === 3 ? 0x800 : 0x10000;
  return value < least ? 'invalid length of a UTF-8 sequence' : 'invalid Unicode character';
}
