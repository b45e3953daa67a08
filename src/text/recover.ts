import { isMap, isScalar, parseDocument } from 'yaml';
import type { SourceDocument } from './source.ts';
import type { Span } from './tree.ts';

/** What can be told of a broken document: for messages only, it never counts as read. Fields that were not found are ''. */
export interface Recovered {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** What a tolerant parser reports, at most ten things: the server stops at the first. */
  readonly errors: readonly (Span & { readonly message: string })[];
}

/** How much of a document is looked at: an object says first what it is. */
const LONGEST = 65_536;
const MOST_ERRORS = 10;
const NOTHING: Recovered = { apiVersion: '', kind: '', name: '', namespace: '', errors: [] };

/**
 * Looks into a document that could not be read, with the tolerant parser of the package `yaml`, whose answers differ from the
 * server's. This module alone imports that package, which takes long to load: import it when there is a broken document.
 */
export function recoverDocument(document: SourceDocument): Recovered {
  const { file, span } = document;
  const source = file.text.slice(span.start, Math.min(span.end, span.start + LONGEST));
  try {
    const { contents, errors } = parseDocument(source, { logLevel: 'silent', strict: false, uniqueKeys: false });
    const root = isMap(contents) ? contents : undefined;
    const text = (path: readonly string[]): string => {
      const value: unknown = root?.getIn(path, true);
      return isScalar(value) && typeof value.value === 'string' ? value.value : '';
    };
    return {
      apiVersion: text(['apiVersion']),
      kind: text(['kind']),
      name: text(['metadata', 'name']),
      namespace: text(['metadata', 'namespace']),
      errors: errors.slice(0, MOST_ERRORS).map(({ message, pos: [start, end] }) => ({
        message: message.split('\n', 1)[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? '',
        start: Math.min(span.start + start, span.end),
        end: Math.min(span.start + end, span.end),
      })),
    };
  } catch {
    // Whatever the tolerant parser cannot stand (it nests by recursion): nothing more is known then.
    return NOTHING;
  }
}
