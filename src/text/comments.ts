import type { SourceDocument } from './source.ts';
import type { Span } from './tree.ts';
import { YamlFailure } from './yaml/scan/failure.ts';
import { scan } from './yaml/scan/fetch.ts';
import { STREAM_END } from './yaml/scan/token.ts';

/** A comment, from its `#` to the end of the line. */
export interface Comment extends Span {
  /** What follows the `#`, without the white space around it. */
  readonly text: string;
  /** Whether something stands before it on its line. */
  readonly trailing: boolean;
}

/** The comments of a document in order; of a broken one, those before the place where reading stopped. JSON has none. */
export function listComments(document: SourceDocument): Comment[] {
  const { file, format, span } = document;
  if (format === 'json') return [];
  const { text } = file;
  const scanner = scan(text, span.start, span.end);
  const found: Span[] = [];
  scanner.comments = found;
  try {
    while (scanner.peek() !== STREAM_END) scanner.skip();
  } catch (error) {
    if (!(error instanceof YamlFailure)) throw error;
  }
  return found.map(({ start, end }) => {
    const lineStart = Math.max(text.lastIndexOf('\n', start - 1) + 1, span.start);
    const trailing = start > 0 && text.slice(lineStart, start).trim() !== '';
    return { start, end, text: text.slice(start + 1, end).trim(), trailing };
  });
}
