import type { Tree } from '../tree.ts';
import type { DuplicateKey } from './duplicate-key.ts';
import type { Resolved } from './resolve/resolve-scalar.ts';

/** What an anchor names. `node` is undefined while it is being read: an alias inside would contain itself. */
export interface Anchor {
  node: Tree | undefined;
  /** Of a scalar, what it resolved to; an alias may stand for a key. */
  readonly scalar: Resolved | undefined;
  /** How deep collections nest in it. */
  height: number;
  /** How many steps the server's decoder takes for it. */
  steps: number;
  duplicates: readonly DuplicateKey[];
}

/** A collection that is being read. Frames are used again and again: one per level. */
export interface Frame {
  isMap: boolean;
  start: number;
  /** Where it begins for the server: at its anchor or tag, if any. */
  at: number;
  /** Where its entries or items begin in the stack. */
  base: number;
  anchor: Anchor | undefined;
  /** Steps taken and duplicates noted before it. */
  stepsBefore: number;
  duplicatesBefore: number;
  /** How deep the collections in it nest. */
  height: number;
  /** Whether a key comes next, and the key whose value comes next. */
  atKey: boolean;
  key: string;
  keyStart: number;
  keyEnd: number;
  /** Of a key that is no string in YAML, its type and how Go prints it: two such keys are the same if this is. */
  identity: string;
  /** Whether the key is a merge key. */
  merging: boolean;
  /** What the server says about a key that JSON cannot hold: null, or an integer past int64. */
  unsupported: string;
  /** Where each key stands in the stack, once the mapping is large. */
  index: Map<string, number> | undefined;
}

export function newFrame(): Frame {
  return {
    isMap: false,
    start: 0,
    at: 0,
    base: 0,
    anchor: undefined,
    stepsBefore: 0,
    duplicatesBefore: 0,
    height: 0,
    atKey: false,
    key: '',
    keyStart: 0,
    keyEnd: 0,
    identity: '',
    merging: false,
    unsupported: '',
    index: undefined,
  };
}
