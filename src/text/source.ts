import type { Span, Tree } from './tree.ts';

/**
 * One input: `path` as shown to the user (POSIX separators), `text` decoded from UTF-8. Where the bytes were not UTF-8, `bytes` holds
 * them, and `text` is their lossy decoding (U+FFFD for what is wrong), good enough to show.
 */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly bytes?: Uint8Array;
  /**
   * Of a text that was put together from files, those files in order: `text` is then theirs, one behind another, each with a line feed behind it.
   * `lineColumn` counts within the part; `sourceAt` names it.
   */
  readonly parts?: readonly SourcePart[];
}

/** One file of a text that was put together. */
export interface SourcePart {
  /** Where the file begins in the whole. */
  readonly start: number;
  readonly file: SourceFile;
}

/** What reading found wrong, or worth saying, about a place in one file. Data, never thrown. */
export interface Problem {
  /** The meta/ rule that reports it: `parse`, `duplicate-key`, `tag-ignored`, `schema`, `unknown-field`, ... */
  readonly rule: string;
  readonly file: SourceFile;
  readonly span: Span;
  /** What the server or kubectl says, verbatim where it says something; else our own sentence (lower case, no full stop). */
  readonly message: string;
  /** What to do about it, when we know. */
  readonly hint?: string;
  /** Reported no louder than this, where the rule's own severity would be too much. */
  readonly atMost?: 'warning' | 'info';
}

/**
 * One document of a file, as kubectl's reader splits it. `root` is undefined when it could not be read (then `problems` says
 * why) and a NullNode when it holds nothing but comments.
 */
export interface SourceDocument {
  readonly file: SourceFile;
  /** Position among the documents of the file, from 0. */
  readonly index: number;
  readonly format: 'yaml' | 'json';
  /** The chunk of the file that this document was read from. */
  readonly span: Span;
  readonly root: Tree | undefined;
  readonly problems: readonly Problem[];
}

/** 1-based line and column (UTF-16 code units) of an offset. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}
