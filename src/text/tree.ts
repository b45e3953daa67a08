/**
 * The positioned tree that every later room reads: the JSON value the API server would see after kubectl's (or its own)
 * YAML-to-JSON conversion, each node with the span of text it came from. Offsets are UTF-16 code units into the text of
 * the source file (`SourceFile.text`), half open.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface StringNode extends Span {
  readonly type: 'string';
  readonly value: string;
}

/** `literal` is the number exactly as the JSON sent to the server spells it (Go's encoding/json for YAML, the source for JSON). */
export interface NumberNode extends Span {
  readonly type: 'number';
  readonly literal: string;
}

export interface BooleanNode extends Span {
  readonly type: 'boolean';
  readonly value: boolean;
}

export interface NullNode extends Span {
  readonly type: 'null';
}

export interface ListNode extends Span {
  readonly type: 'list';
  readonly items: readonly Tree[];
}

/**
 * Entries in the order of the source; the server meets those of a YAML document sorted by key, since it decodes JSON made from
 * it. YAML: keys are unique (the last of a repeated key wins, in the place of the first; merge keys are already applied). JSON: repeated
 * keys are kept, all of them, since the typed decoder merges them.
 */
export interface MapNode extends Span {
  readonly type: 'map';
  readonly entries: readonly Entry[];
}

/** `keyStart`/`keyEnd` span the key as written, quotes included. */
export interface Entry {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly value: Tree;
}

/** A node without nodes below it. */
export type Scalar = StringNode | NumberNode | BooleanNode | NullNode;
/** A document, or a part of one: the JSON that the server would see, each node with its span. */
export type Tree = Scalar | ListNode | MapNode;

/** The value of the last entry named `key`, or undefined when there is none (a null value is a NullNode, not undefined). */
export function child(map: MapNode, key: string): Tree | undefined {
  const { entries } = map;
  for (let index = entries.length - 1; index >= 0; index--) {
    const entry = entries[index];
    if (entry?.key === key) return entry.value;
  }
  return undefined;
}

/** A place in a tree: keys of maps and indexes of lists, outermost first. `[]` is the root. */
export type FieldPath = readonly (string | number)[];

/** Kubernetes' own spelling of a path: `spec.containers[0].image`, `metadata.labels[app.kubernetes.io/name]`. */
export function formatFieldPath(path: FieldPath): string {
  let text = '';
  for (const segment of path) {
    if (typeof segment === 'number') text += `[${String(segment)}]`;
    else if (/[.[\]]/.test(segment)) text += `[${segment}]`;
    else text += text === '' ? segment : `.${segment}`;
  }
  return text;
}

/**
 * The span of the deepest node on `path` that exists, so that a verdict about an absent field still points at its parent.
 * `what: 'key'` asks for the key's own span where the last segment is a key that exists.
 */
export function locate(root: Tree, path: FieldPath, what: 'key' | 'value' = 'value'): Span {
  let node: Tree = root;
  let span: Span = root;
  for (const [depth, segment] of path.entries()) {
    let next: Tree | undefined;
    if (node.type === 'map' && typeof segment === 'string') {
      const { entries }: MapNode = node;
      const entry: Entry | undefined = entries.findLast((candidate) => candidate.key === segment);
      next = entry?.value;
      if (entry !== undefined) {
        span = what === 'key' && depth === path.length - 1 ? { start: entry.keyStart, end: entry.keyEnd } : entry.value;
      }
    } else if (node.type === 'list' && typeof segment === 'number') {
      next = node.items[segment];
      if (next !== undefined) span = next;
    }
    if (next === undefined) return span;
    node = next;
  }
  return span;
}
