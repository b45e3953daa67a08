/** What the grammar reports as it reads: nodes in the order of the text, collections by their beginning and end. */
export interface TreeSink {
  /** The end of the last token that shows. */
  lastEnd: number;
  /** Is told of tags, each before the node it belongs to. */
  readonly tags: { note(start: number, end: number): void };
  /** A node that is not written at all. */
  empty(at: number): void;
  /** A scalar; `plain` unless in quotes or a block; `at` is where its properties begin. */
  scalar(
    text: string,
    plain: boolean,
    start: number,
    end: number,
    at: number,
    anchor: string,
    tag: string | undefined,
  ): void;
  alias(name: string, start: number, end: number): void;
  /** Begins a collection; `at` is where its properties begin. */
  open(isMap: boolean, start: number, at: number, anchor: string, tag: string | undefined): void;
  /** Ends the innermost collection. */
  close(end: number): void;
}
