import type { Span } from '../tree.ts';
import { CORE_TAG } from './resolve/resolve-scalar.ts';

/** A tag that the server does not know and drops. */
export interface IgnoredTag extends Span {
  /** What is left of the node without its tag; undefined for a collection. */
  readonly text: string | undefined;
}

/** Collects the tags that change or empty what they stand before, without the server knowing them. */
export class IgnoredTags {
  readonly found: IgnoredTag[] = [];
  private pending: Span | undefined;

  /** A tag whose node comes next. */
  note(start: number, end: number): void {
    this.pending = { start, end };
  }

  /** The node, and its tag written out; `text` is undefined for a collection. */
  settle(tag: string, text: string | undefined): void {
    const { pending } = this;
    this.pending = undefined;
    if (pending !== undefined && tag !== '!' && !tag.startsWith(CORE_TAG)) this.found.push({ ...pending, text });
  }
}
