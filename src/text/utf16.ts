import type { Forbidden } from './invalid-utf8.ts';
import { textOffsets } from './invalid-utf8.ts';
import type { SourceFile } from './source.ts';
import type { Span, Tree } from './tree.ts';
import { readYaml, type YamlReading } from './yaml/read-yaml.ts';

/** Trees that nest deeper keep their spans in the decoded text: no one looks at them. */
const MAX_HEIGHT = 1000;

/**
 * Reads the first chunk of a file whose bytes begin with a mark of UTF-16, as go-yaml reads it; undefined for all other chunks. The line
 * reader before it knows nothing of UTF-16 and ends the chunk with the byte of a line feed, so that only big-endian text which ends with
 * one is accepted. Spans are those of the file's text.
 */
export function readUtf16({ bytes }: SourceFile, chunk: Span): YamlReading | undefined {
  if (bytes === undefined || chunk.start !== 0) return undefined;
  const [first, second] = bytes;
  const littleEndian = first === 0xff && second === 0xfe;
  if (!littleEndian && !(first === 0xfe && second === 0xff)) return undefined;

  const offsets = textOffsets(bytes, chunk.end);
  const units: number[] = [];
  const finished = bytes[offsets.length - 1] === 0x0a;
  const size = finished ? offsets.length : offsets.length + 1;
  const byteAt = (index: number): number => (index < offsets.length ? (bytes[index] ?? 0) : 0x0a);
  for (let index = 0; index + 1 < size; index += 2) {
    const [high, low] = littleEndian ? [index + 1, index] : [index, index + 1];
    units.push(byteAt(high) * 256 + byteAt(low));
  }
  const text = units.map((unit) => String.fromCharCode(unit)).join('');
  const offsetAt = (unit: number): number => Math.min(offsets[2 * unit] ?? chunk.end, chunk.end);
  const place = ({ start, end }: Span): Span => ({ start: offsetAt(start), end: offsetAt(end) });
  return placed(readYaml(text, 0, text.length, forbiddenIn(text, size % 2 === 1)), place);
}

function placed(reading: YamlReading, place: (span: Span) => Span): YamlReading {
  const { root, error, height } = reading;
  return {
    root: root === undefined || height > MAX_HEIGHT ? root : placeTree(root, place),
    error: error === undefined ? undefined : { ...error, span: place(error.span) },
    duplicates: reading.duplicates.map((duplicate) => ({
      ...duplicate,
      keySpan: place(duplicate.keySpan),
      firstSpan: place(duplicate.firstSpan),
      at: place({ start: duplicate.at, end: duplicate.at }).start,
    })),
    collisions: reading.collisions.map((collision) => ({
      ...collision,
      keySpan: place(collision.keySpan),
      firstSpan: place(collision.firstSpan),
    })),
    ignoredTags: reading.ignoredTags.map((tag) => ({ ...tag, ...place(tag) })),
    end: place({ start: reading.end, end: reading.end }).start,
    height,
  };
}

const FORBIDDEN = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd]/gu;

function forbiddenIn(text: string, odd: boolean): Forbidden | undefined {
  const utf16 = true;
  for (const { index, 0: character } of text.matchAll(FORBIDDEN)) {
    const code = character.codePointAt(0) ?? 0;
    if (code > 0xffff) continue;
    if (code < 0xd800 || code > 0xdfff) return { offset: index, problem: 'control characters are not allowed', utf16 };
    const problem = code >= 0xdc00 ? 'unexpected low surrogate area' : 'expected low surrogate area';
    const cut = code < 0xdc00 && index === text.length - 1;
    return { offset: index, problem: cut ? 'incomplete UTF-16 surrogate pair' : problem, utf16 };
  }
  return odd ? { offset: text.length, problem: 'incomplete UTF-16 character', utf16 } : undefined;
}

function placeTree(tree: Tree, place: (span: Span) => Span): Tree {
  if (tree.type === 'list') {
    return { ...tree, ...place(tree), items: tree.items.map((item) => placeTree(item, place)) };
  }
  if (tree.type !== 'map') return { ...tree, ...place(tree) };
  const entries = tree.entries.map(({ key, keyStart, keyEnd, value }) => {
    const span = place({ start: keyStart, end: keyEnd });
    return { key, keyStart: span.start, keyEnd: span.end, value: placeTree(value, place) };
  });
  return { ...tree, ...place(tree), entries };
}
