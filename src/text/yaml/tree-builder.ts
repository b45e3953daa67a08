import type { BooleanNode, Entry, ListNode, MapNode, NullNode, NumberNode, Span, StringNode, Tree } from '../tree.ts';
import { AliasBudget } from './alias-budget.ts';
import { YamlFailure } from './failure.ts';
import { goSyntax } from './go-syntax.ts';
import { formatFloat, formatFloatKey } from './number-format.ts';
import { CORE_TAG, isSurelyText, resolvePlain, resolveTagged, type Resolved } from './resolve-scalar.ts';

/** A key that a mapping had already. `at` is where the value of the second stands: its line is the one the server names. */
export interface DuplicateKey {
  /** The key as Go prints it: a string in quotes. */
  readonly key: string;
  readonly keySpan: Span;
  readonly firstSpan: Span;
  readonly at: number;
}

/** A tag that the server does not know and drops. */
export interface IgnoredTag extends Span {
  /** What is left of the node without its tag; undefined for a collection. */
  readonly text: string | undefined;
}

/** A collection that is being read. */
interface Frame {
  isMap: boolean;
  start: number;
  /** Where its entries or items begin in the builder's stack. */
  base: number;
  anchor: Anchor | undefined;
  /** Steps taken and duplicates noted before it. */
  stepsBefore: number;
  duplicatesBefore: number;
  /** Where its node begins for the server: at its anchor or tag, if any. */
  at: number;
  atKey: boolean;
  key: string;
  keyStart: number;
  keyEnd: number;
  /** Of a key that is no string in YAML, its type and how Go prints it: two such keys are the same if this is. */
  identity: string;
  merging: boolean;
  /** How deep the collections in it nest. */
  height: number;
  /** A key that JSON cannot hold: null, or an integer past int64. */
  unsupported: string;
  /** Key to place in the stack, once the mapping is large. */
  index: Map<string, number> | undefined;
}

/** What an anchor names. `node` is undefined while it is being read: an alias inside would contain itself. */
interface Anchor {
  node: Tree | undefined;
  scalar: Resolved | undefined;
  height: number;
  /** How many steps the server's decoder takes for it. */
  steps: number;
  duplicates: readonly DuplicateKey[];
}

const MERGE = `${CORE_TAG}merge`;
const INDEX_FROM = 16;
const MAX_DUPLICATES = 1000;

/**
 * Builds the tree of one document from what the grammar finds, as go-yaml's decoder and sigs.k8s.io/yaml's conversion to JSON would
 * build the value: scalars resolved, merge keys applied where they stand, the last of repeated keys kept. An alias shares the node
 * of its anchor. The first thing the decoder would refuse is kept in `failure`, for the grammar's own errors come first.
 */
export class TreeBuilder {
  root: Tree | undefined;
  failure: YamlFailure | undefined;
  /** The end of the last token that shows. */
  lastEnd: number;
  readonly duplicates: DuplicateKey[] = [];
  readonly ignoredTags: IgnoredTag[] = [];
  /** Maps with a key that JSON cannot hold, and why. */
  readonly unsupported = new Map<Tree, string>();
  hasNonFinite = false;
  /** How deep collections nest, aliases followed. */
  height = 0;

  private readonly text: string;
  private readonly budget = new AliasBudget();
  private readonly anchors = new Map<string, Anchor>();
  private readonly frames: Frame[] = [];
  private depth = 0;
  private frame: Frame | undefined;
  private readonly stack: (Tree | Entry)[] = [];
  private top = 0;
  /** The identities of entries whose key is not a string in YAML. */
  private readonly identities = new Map<Entry, string>();
  private tagSpan: Span | undefined;

  constructor(text: string, begin: number) {
    this.text = text;
    this.lastEnd = begin;
  }

  noteTag(start: number, end: number): void {
    this.tagSpan = { start, end };
  }

  // ---- what the grammar finds ----

  /** A node that is not written at all. */
  empty(at: number): void {
    this.scalar('', true, at, at, at, '', undefined);
  }

  /** A scalar; `plain` unless in quotes or a block; `at` is where its properties begin. */
  scalar(
    text: string,
    plain: boolean,
    start: number,
    end: number,
    at: number,
    anchor: string,
    tag: string | undefined,
  ): void {
    if (end > this.lastEnd) this.lastEnd = end;
    const { frame } = this;
    const merging =
      text === '<<' &&
      frame?.isMap === true &&
      frame.atKey &&
      (tag === undefined ? plain : tag === '!' || tag === MERGE);
    if (merging) {
      if (anchor !== '')
        this.anchors.set(anchor, {
          node: textNode(text, start, end),
          scalar: text,
          height: 0,
          steps: 1,
          duplicates: [],
        });
      this.takeKey(frame, text, text, start, end);
      frame.merging = true;
      return;
    }
    this.step(1);
    if (tag === undefined && anchor === '' && (!plain || isSurelyText(text))) {
      if (frame === undefined) this.root = textNode(text, start, end);
      else if (frame.isMap && frame.atKey) this.takeKey(frame, text, '', start, end);
      else this.put(frame, textNode(text, start, end), at);
      return;
    }
    let resolved: Resolved = text;
    if (tag === undefined) {
      if (plain) resolved = resolvePlain(text);
    } else {
      this.checkTag(tag, text);
      resolved = this.resolve(text, tag, start);
    }
    if (anchor === '' && frame?.isMap === true && frame.atKey) {
      this.takeResolvedKey(frame, resolved, start, end);
      return;
    }
    const node = this.nodeOf(resolved, start, end);
    if (anchor !== '') this.anchors.set(anchor, { node, scalar: resolved, height: 0, steps: 1, duplicates: [] });
    if (frame === undefined) this.root = node;
    else if (frame.isMap && frame.atKey) this.takeResolvedKey(frame, resolved, start, end);
    else this.put(frame, node, at);
  }

  alias(name: string, start: number, end: number): void {
    this.lastEnd = end;
    const anchor = this.anchors.get(name);
    if (anchor === undefined)
      throw new YamlFailure('decode', `yaml: unknown anchor '${name}' referenced`, start, undefined, { start, end });
    const { node, scalar } = anchor;
    if (node === undefined) {
      this.refuse(`yaml: anchor '${name}' value contains itself`, { start, end });
      this.scalar('', true, start, end, start, '', undefined);
      return;
    }
    this.step(1);
    this.budget.expand(anchor.steps);
    if (this.budget.exceeded) this.refuse('yaml: document contains excessive aliasing', { start, end });
    for (const duplicate of anchor.duplicates) this.noteDuplicate(duplicate);
    const { frame } = this;
    if (frame !== undefined && anchor.height > frame.height) frame.height = anchor.height;
    if (frame === undefined) this.root = node;
    else if (!frame.isMap || !frame.atKey) this.put(frame, node, start, true);
    else if (scalar !== undefined) this.takeResolvedKey(frame, scalar, start, end);
    else this.takeCollectionKey(frame, node, start, end);
  }

  openMap(start: number, at: number, anchor: string): void {
    this.open(true, start, at, anchor);
  }

  openList(start: number, at: number, anchor: string): void {
    this.open(false, start, at, anchor);
  }

  /** Ends the innermost collection. */
  close(end: number): void {
    const { frame } = this;
    if (frame === undefined) return;
    if (end > this.lastEnd) this.lastEnd = end;
    const children = this.stack.slice(frame.base, this.top);
    this.top = frame.base;
    const node: ListNode | MapNode = frame.isMap
      ? { type: 'map', start: frame.start, end, entries: children as Entry[] }
      : { type: 'list', start: frame.start, end, items: children as Tree[] };
    if (frame.unsupported !== '') this.unsupported.set(node, frame.unsupported);
    const { anchor } = frame;
    if (anchor !== undefined) {
      anchor.node = node;
      anchor.steps = this.budget.steps - frame.stepsBefore;
      anchor.duplicates = this.duplicates.slice(frame.duplicatesBefore);
    }
    const { at } = frame;
    const height = frame.height + 1;
    if (anchor !== undefined) anchor.height = height;
    this.depth--;
    const outer = this.depth === 0 ? undefined : this.frames[this.depth - 1];
    this.frame = outer;
    if (outer === undefined) this.height = height;
    else if (height > outer.height) outer.height = height;
    if (outer === undefined) this.root = node;
    else if (outer.isMap && outer.atKey) this.takeCollectionKey(outer, node, node.start, end);
    else this.put(outer, node, at);
  }

  // ---- collections ----

  private open(isMap: boolean, start: number, at: number, anchor: string): void {
    if (this.tagSpan !== undefined) this.checkCollectionTag();
    const frame = (this.frames[this.depth] ??= newFrame());
    frame.isMap = isMap;
    frame.start = start;
    frame.at = at;
    frame.base = this.top;
    frame.atKey = isMap;
    frame.merging = false;
    frame.unsupported = '';
    frame.height = 0;
    frame.index = undefined;
    frame.anchor = undefined;
    frame.stepsBefore = this.budget.steps;
    frame.duplicatesBefore = this.duplicates.length;
    this.step(1);
    if (anchor !== '') {
      frame.anchor = { node: undefined, scalar: undefined, height: 0, steps: 0, duplicates: [] };
      this.anchors.set(anchor, frame.anchor);
    }
    this.depth++;
    this.frame = frame;
  }

  private put(frame: Frame, node: Tree, at: number, aliased = false): void {
    if (!frame.isMap) {
      this.stack[this.top++] = node;
      return;
    }
    frame.atKey = true;
    if (frame.merging) {
      frame.merging = false;
      this.merge(frame, node, aliased);
      return;
    }
    const entry: Entry = { key: frame.key, keyStart: frame.keyStart, keyEnd: frame.keyEnd, value: node };
    if (frame.identity !== '') this.identities.set(entry, frame.identity);
    if (frame.unsupported !== '' && !frame.unsupported.includes(', value: ')) {
      frame.unsupported += `, value: ${goSyntax(node)}`;
    }
    this.addEntry(frame, entry, at);
  }

  private addEntry(frame: Frame, entry: Entry, at: number): void {
    const place = this.placeOf(frame, entry.key);
    if (place === undefined) {
      frame.index?.set(entry.key, this.top);
      this.stack[this.top++] = entry;
      return;
    }
    const earlier = this.stack[place] as Entry;
    const identity = this.identities.get(entry) ?? '';
    if ((this.identities.get(earlier) ?? '') === identity) {
      this.noteDuplicate({
        key: identity === '' ? goSyntax(entry.key) : identity.slice(identity.indexOf(' ') + 1),
        keySpan: { start: entry.keyStart, end: entry.keyEnd },
        firstSpan: { start: earlier.keyStart, end: earlier.keyEnd },
        at,
      });
    }
    this.stack[place] = entry;
  }

  private placeOf(frame: Frame, key: string): number | undefined {
    const { stack, top } = this;
    if (frame.index !== undefined) return frame.index.get(key);
    for (let place = frame.base; place < top; place++) if ((stack[place] as Entry).key === key) return place;
    if (top - frame.base >= INDEX_FROM) {
      frame.index = new Map();
      for (let place = frame.base; place < top; place++) frame.index.set((stack[place] as Entry).key, place);
    }
    return undefined;
  }

  private noteDuplicate(duplicate: DuplicateKey): void {
    if (this.duplicates.length < MAX_DUPLICATES) this.duplicates.push(duplicate);
  }

  /** Applies a merge key: its entries are set as if they stood here; of a list the first map wins, so it is set last. */
  private merge(frame: Frame, node: Tree, aliased: boolean): void {
    const maps = node.type === 'map' ? [node] : node.type === 'list' && !aliased ? node.items.toReversed() : undefined;
    if (node.type === 'list' && !aliased) this.budget.forget(1);
    if (maps?.every((map) => map.type === 'map') !== true) {
      this.refuse('yaml: map merge requires map or sequence of maps as the value', node);
      return;
    }
    for (const map of maps) {
      for (const entry of map.entries) this.addEntry(frame, entry, entry.value.start);
      frame.unsupported ||= this.unsupported.get(map) ?? '';
    }
  }

  // ---- keys ----

  private takeKey(frame: Frame, key: string, identity: string, start: number, end: number): void {
    frame.key = key;
    frame.identity = identity;
    frame.keyStart = start;
    frame.keyEnd = end;
    frame.atKey = false;
  }

  private takeResolvedKey(frame: Frame, key: Resolved, start: number, end: number): void {
    if (typeof key === 'string') {
      this.takeKey(frame, key, '', start, end);
      return;
    }
    if (typeof key === 'boolean') {
      this.takeKey(frame, String(key), `bool ${String(key)}`, start, end);
      return;
    }
    if (key === null) {
      frame.unsupported ||= '%!s(<nil>), key: <nil>';
      this.takeKey(frame, 'null', 'null <nil>', start, end);
      return;
    }
    if (key.type === 'uint') frame.unsupported ||= `uint64, key: ${goUint(key.literal)}`;
    const text = key.type === 'float' ? formatFloatKey(key.value) : key.literal;
    const printed = key.type === 'float' ? formatFloat(key.value) : key.literal;
    this.takeKey(frame, text, `${key.type} ${printed}`, start, end);
  }

  private takeCollectionKey(frame: Frame, node: Tree, start: number, end: number): void {
    this.refuse(`yaml: invalid map key: ${goSyntax(node)}`, { start, end });
    this.takeKey(frame, '', 'collection', start, end);
  }

  // ---- scalars ----

  private resolve(text: string, tag: string, at: number): Resolved {
    try {
      return resolveTagged(text, tag, at);
    } catch (error) {
      if (!(error instanceof YamlFailure)) throw error;
      this.failure ??= error;
      return text;
    }
  }

  private nodeOf(resolved: Resolved, start: number, end: number): Tree {
    if (typeof resolved === 'string') return textNode(resolved, start, end);
    if (typeof resolved === 'boolean') return { type: 'boolean', start, end, value: resolved } satisfies BooleanNode;
    if (resolved === null) return { type: 'null', start, end } satisfies NullNode;
    if (!Number.isFinite(resolved.value)) this.hasNonFinite = true;
    return { type: 'number', start, end, literal: resolved.literal } satisfies NumberNode;
  }

  private checkTag(tag: string, text: string): void {
    if (this.tagSpan !== undefined && isUnknown(tag)) this.ignoredTags.push({ ...this.tagSpan, text });
    this.tagSpan = undefined;
  }

  private checkCollectionTag(): void {
    const { tagSpan } = this;
    this.tagSpan = undefined;
    if (tagSpan === undefined) return;
    const source = this.text.slice(tagSpan.start, tagSpan.end);
    if (source !== '!' && !source.startsWith('!!') && !source.startsWith(`!<${CORE_TAG}`)) {
      this.ignoredTags.push({ ...tagSpan, text: undefined });
    }
  }

  private refuse(message: string, span: Span): void {
    this.failure ??= new YamlFailure('decode', message, span.start, undefined, span);
  }

  private step(count: number): void {
    this.budget.step(count);
    if (this.budget.exceeded && this.failure === undefined) {
      this.refuse('yaml: document contains excessive aliasing', { start: this.lastEnd, end: this.lastEnd });
    }
  }
}

function isUnknown(tag: string): boolean {
  return tag !== '!' && !tag.startsWith(CORE_TAG);
}

function textNode(value: string, start: number, end: number): StringNode {
  return { type: 'string', start, end, value };
}

function goUint(literal: string): string {
  return `0x${BigInt(literal).toString(16)}`;
}

function newFrame(): Frame {
  return {
    isMap: false,
    start: 0,
    at: 0,
    base: 0,
    anchor: undefined,
    stepsBefore: 0,
    duplicatesBefore: 0,
    atKey: false,
    key: '',
    keyStart: 0,
    keyEnd: 0,
    identity: '',
    merging: false,
    unsupported: '',
    height: 0,
    index: undefined,
  };
}
