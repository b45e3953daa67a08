import type { Span } from './tree.ts';

/** The places where kubectl and the API server cut a file of YAML, before any of it is parsed. */
export interface Chunks {
  readonly chunks: readonly Span[];
  /** A line that begins like a separator and is none: reading ends there, and the chunk before it is lost. */
  readonly error: { readonly message: string; readonly span: Span; readonly lost: Span } | undefined;
}

/** Go's unicode.IsSpace. */
const SPACE = '\\t\\n\\v\\f\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const OUTER_SPACE = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, 'g');

/**
 * Splits text at the lines that start with `---`, wherever they stand (mirrors k8s.io/apimachinery v0.37.2, pkg/util/yaml, YAMLReader).
 * A separator with nothing before it stays in its chunk.
 */
export function splitChunks(text: string, from = 0): Chunks {
  const chunks: Span[] = [];
  let start = from;
  let line = from;
  for (;;) {
    if (!text.startsWith('---', line)) {
      const found = text.indexOf('\n---', line);
      if (found < 0) break;
      line = found + 1;
    }
    const lineFeed = text.indexOf('\n', line);
    const next = lineFeed < 0 ? text.length : lineFeed + 1;
    const rest = text.slice(line + 3, next).replace(OUTER_SPACE, '');
    if (rest !== '' && !rest.startsWith('#')) {
      const end = next - (text.endsWith('\r\n', next) ? 2 : 1);
      const message = `invalid Yaml document separator: ${rest}`;
      return { chunks, error: { message, span: { start: line, end }, lost: { start, end: line } } };
    }
    if (line > start) {
      chunks.push({ start, end: line });
      start = next;
    }
    line = next;
    if (line >= text.length) break;
  }
  if (start < text.length) chunks.push({ start, end: text.length });
  return { chunks, error: undefined };
}

/** Whether the first thing in the text that is not white space is `{`: then it is taken for JSON. */
export function looksLikeJson(text: string, from: number, end: number): boolean {
  let offset = from;
  while (offset < end && isSpace(text.charCodeAt(offset))) offset++;
  return offset < end && text.charCodeAt(offset) === 0x7b;
}

/** Go's unicode.IsSpace. */
export function isSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  if (code < 0x1680) return code === 0x85 || code === 0xa0;
  return (
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}
