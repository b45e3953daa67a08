import type { Span } from '../../tree.ts';

/** How a scalar or collection is written. */
export type NodeStyle = '' | 'double' | 'single' | 'literal' | 'folded' | 'flow';

/** Something besides its own text that made a node what it is: what did it, and where that is written. */
export interface Cause extends Span {
  readonly by: string;
}

/**
 * A node of a YAML document as go-yaml v3 keeps it: text and tag instead of a value, so that a program can change a document and decide
 * later what its scalars are. Mutable: the reader of a document owns its nodes. Spans are offsets into the text that was read.
 */
export interface YamlNode extends Span {
  kind: 'scalar' | 'map' | 'list' | 'alias';
  /** The short tag (`!!str`), '' when nobody has decided. */
  tag: string;
  /** Whether the tag is written out. */
  tagged: boolean;
  value: string;
  style: NodeStyle;
  /** Items of a list; of a map, keys and values in turn. */
  content: YamlNode[];
  anchor: string;
  /** What an alias stands for. */
  target: YamlNode | undefined;
  start: number;
  end: number;
  /** Where its properties begin in the document it was read from, both from 1, in characters; 0 of a node that was made. */
  line: number;
  column: number;
  /** The comment behind it on its line, and those on the lines before, with their `#`. */
  lineComment: string;
  headComment: string;
  /** Oldest first; none in a document as it was read. */
  causes: readonly Cause[];
}

/** A node with nothing set but its kind and place. */
export function newNode(kind: YamlNode['kind'], { start, end }: Span): YamlNode {
  return {
    kind,
    tag: '',
    tagged: false,
    value: '',
    style: '',
    content: [],
    anchor: '',
    target: undefined,
    start,
    end,
    line: 0,
    column: 0,
    lineComment: '',
    headComment: '',
    causes: [],
  };
}

/** A copy whose nodes are all its own, with every span moved by `base`. */
export function copyNode(node: YamlNode, base = 0): YamlNode {
  const { start, end, content } = node;
  return { ...node, start: start + base, end: end + base, content: content.map((child) => copyNode(child, base)) };
}
