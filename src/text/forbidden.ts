import { type Forbidden, invalidSequences } from './invalid-utf8.ts';
import type { SourceFile } from './source.ts';

/** What go-yaml's reader allows: tab, LF, CR, NEL, and all that is neither a control character nor half a surrogate pair. */
const UNUSUAL = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd]/;
const SUSPECT = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd]/g;

/** The forbidden characters of a file in order of offset; nearly always none. Computed when first asked for. */
export function forbiddenCharacters(file: SourceFile): readonly Forbidden[] {
  const { text, bytes } = file;
  const found: Forbidden[] = bytes === undefined ? [] : invalidSequences(bytes, text);
  if (UNUSUAL.test(text)) {
    for (const { index } of text.matchAll(SUSPECT)) {
      const problem = problemAt(text, index);
      if (problem !== undefined) found.push({ offset: index, problem });
    }
    found.sort((left, right) => left.offset - right.offset);
  }
  return found;
}

function problemAt(text: string, index: number): string | undefined {
  const code = text.charCodeAt(index);
  if (code < 0xd800 || code > 0xdfff) return 'control characters are not allowed';
  const high = code < 0xdc00 ? code : text.charCodeAt(index - 1);
  const low = code < 0xdc00 ? text.charCodeAt(index + 1) : code;
  const paired = high >= 0xd800 && high < 0xdc00 && low >= 0xdc00 && low <= 0xdfff;
  return paired ? undefined : 'invalid Unicode character';
}

/** The size of the blocks in which go-yaml reads. */
const BLOCK = 512;

/**
 * How far go-yaml has decoded a chunk when its scanner has come to `reach`: the end of the block of bytes, less a character that is cut
 * in two (mirrors go.yaml.in/yaml/v2, readerc.go). Forbidden characters before it are errors, those behind are never seen.
 */
export function decodedUpTo(text: string, begin: number, end: number, reach: number, utf16 = false): number {
  let limit = BLOCK;
  let bytes = 0;
  let offset = begin;
  while (offset < end) {
    const code = text.charCodeAt(offset);
    const pair = (code & 0xfc00) === 0xd800;
    let width = utf16 ? (pair ? 4 : 2) : code < 0x80 ? 1 : code < 0x800 ? 2 : pair ? 4 : 3;
    if (!utf16 && code === 0x0d && text.charCodeAt(offset + 1) === 0x0a) width = 0;
    if (bytes + width > limit) {
      if (offset > reach) return offset;
      limit = bytes + BLOCK;
    }
    bytes += width;
    offset += pair ? 2 : 1;
  }
  return end;
}
