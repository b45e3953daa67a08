import type { BooleanNode, Entry, ListNode, MapNode, NullNode, NumberNode, Span, StringNode, Tree } from '../tree.ts';
import { AliasBudget } from './alias-budget.ts';
import type { CollidingKey, DuplicateKey } from './duplicate-key.ts';
import { EntryStack } from './entry-stack.ts';
import { YamlFailure } from './scan/failure.ts';
import { newFrame, type Anchor, type Frame } from './frame.ts';
import { goSyntax } from './scan/go-syntax.ts';
import { IgnoredTags } from './ignored-tags.ts';
import { shareString } from './resolve/shared-strings.ts';
import { resolvedKey } from './resolve/resolved-key.ts';
import type { TreeSink } from './tree-sink.ts';
import { CORE_TAG, isSurelyText, resolvePlain, resolveTagged, type Resolved } from './resolve/resolve-scalar.ts';

const MERGE = `${CORE_TAG}merge`;

/**
 * Builds the tree of one document from what the grammar finds, as go-yaml's decoder and sigs.k8s.io/yaml's conversion to JSON would
 * build the value: scalars resolved, merge keys applied where they stand, the last of repeated keys kept. An alias shares the node
 * of its anchor. The first thing the decoder would refuse is kept in `failure`, for the grammar's own errors come first.
 */
export class TreeBuilder implements TreeSink {
  root: Tree | undefined;
  failure: YamlFailure | undefined;
  /** The end of the last token that shows. */
  lastEnd: number;
  readonly tags = new IgnoredTags();
  /** Maps with a key that JSON cannot hold, and why. */
  readonly unsupported = new Map<Tree, string>();
  hasNonFinite = false;
  /** How deep collections nest, aliases followed. */
  height = 0;

  private readonly entries = new EntryStack();
  private readonly budget = new AliasBudget();
  private readonly anchors = new Map<string, Anchor>();
  private readonly frames: Frame[] = [];
  private depth = 0;
  private frame: Frame | undefined;

  get duplicates(): DuplicateKey[] {
    return this.entries.duplicates;
  }

  get collisions(): CollidingKey[] {
    return this.entries.collisions;
  }

  constructor(begin: number) {
    this.lastEnd = begin;
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
    if (text === '<<' && frame?.isMap === true && frame.atKey && isMergeTag(tag, plain)) {
      if (anchor !== '') this.anchors.set(anchor, scalarAnchor(textNode(text, start, end), text));
      this.takeKey(frame, text, text, start, end);
      frame.merging = true;
      return;
    }
    this.step();
    if (tag === undefined && anchor === '' && (!plain || isSurelyText(text))) {
      if (frame?.isMap === true && frame.atKey) this.takeKey(frame, text, '', start, end);
      else this.put(textNode(text, start, end), at);
      return;
    }
    let resolved: Resolved = text;
    if (tag !== undefined) {
      this.tags.settle(tag, text);
      // The value of a merge key is not decoded unless it is a mapping.
      if (frame?.merging !== true) resolved = this.resolve(text, tag, start);
    } else if (plain) resolved = resolvePlain(text);
    const node = this.nodeOf(resolved, start, end);
    if (anchor !== '') this.anchors.set(anchor, scalarAnchor(node, resolved));
    if (frame?.isMap === true && frame.atKey) this.takeResolvedKey(frame, resolved, start, end);
    else this.put(node, at);
  }

  alias(name: string, start: number, end: number): void {
    this.lastEnd = end;
    const span = { start, end };
    const anchor = this.anchors.get(name);
    if (anchor === undefined) {
      throw new YamlFailure('decode', `yaml: unknown anchor '${name}' referenced`, start, undefined, span);
    }
    if (anchor.node === undefined) {
      this.refuse(`yaml: anchor '${name}' value contains itself`, span);
      this.empty(end);
      return;
    }
    this.step();
    this.budget.expand(anchor.steps);
    this.checkBudget(span);
    for (const duplicate of anchor.duplicates) this.entries.noteDuplicate(duplicate);
    const { frame } = this;
    if (frame?.isMap !== true || !frame.atKey) this.put(anchor.node, start, anchor.height, true);
    else if (anchor.scalar === undefined) this.takeCollectionKey(frame, anchor.node, start, end);
    else this.takeResolvedKey(frame, anchor.scalar, start, end);
  }

  /** Begins a collection; `at` is where its properties begin. */
  open(isMap: boolean, start: number, at: number, anchor: string, tag: string | undefined): void {
    if (tag !== undefined) this.tags.settle(tag, undefined);
    const frame = (this.frames[this.depth++] ??= newFrame());
    this.frame = frame;
    frame.isMap = isMap;
    frame.start = start;
    frame.at = at;
    frame.base = this.entries.top;
    frame.stepsBefore = this.budget.steps;
    frame.duplicatesBefore = this.duplicates.length;
    frame.height = 0;
    frame.atKey = isMap;
    frame.merging = false;
    frame.unsupported = '';
    frame.index = undefined;
    frame.anchor = undefined;
    if (anchor !== '') {
      frame.anchor = { node: undefined, scalar: undefined, height: 0, steps: 0, duplicates: [] };
      this.anchors.set(anchor, frame.anchor);
    }
    this.step();
  }

  /** Ends the innermost collection. */
  close(end: number): void {
    const { frame } = this;
    if (frame === undefined) return;
    if (end > this.lastEnd) this.lastEnd = end;
    const children = this.entries.take(frame.base);
    const node: ListNode | MapNode = frame.isMap
      ? { type: 'map', start: frame.start, end, entries: children as Entry[] }
      : { type: 'list', start: frame.start, end, items: children as Tree[] };
    if (frame.unsupported !== '') this.unsupported.set(node, frame.unsupported);
    const { anchor, at } = frame;
    const height = frame.height + 1;
    if (anchor !== undefined) {
      anchor.node = node;
      anchor.height = height;
      anchor.steps = this.budget.steps - frame.stepsBefore;
      anchor.duplicates = this.duplicates.slice(frame.duplicatesBefore);
    }
    this.depth--;
    const outer = this.depth === 0 ? undefined : this.frames[this.depth - 1];
    this.frame = outer;
    if (outer?.isMap === true && outer.atKey) this.takeCollectionKey(outer, node, node.start, end);
    else this.put(node, at, height);
  }

  // ---- collections ----

  /** Gives a finished node its place: the root, an item, or the value of the key that waits. */
  private put(node: Tree, at: number, height = 0, aliased = false): void {
    const { frame } = this;
    if (frame === undefined) {
      this.root = node;
      this.height = height;
      return;
    }
    if (height > frame.height) frame.height = height;
    if (!frame.isMap) {
      this.entries.addItem(node);
      return;
    }
    frame.atKey = true;
    if (frame.merging) {
      frame.merging = false;
      this.merge(frame, node, aliased);
      return;
    }
    if (frame.unsupported !== '' && !frame.unsupported.includes(', value: ')) {
      frame.unsupported += `, value: ${goSyntax(node)}`;
    }
    this.entries.setKey(frame, node, at);
  }

  /** Applies a merge key: its entries are set as if they stood here; of a list the first map wins, so it is set last. */
  private merge(frame: Frame, node: Tree, aliased: boolean): void {
    const maps = node.type === 'map' ? [node] : node.type === 'list' && !aliased ? node.items.toReversed() : undefined;
    if (node.type === 'list' && !aliased) this.budget.forgetStep();
    if (maps?.every((map) => map.type === 'map') !== true) {
      this.refuse('yaml: map merge requires map or sequence of maps as the value', node);
      return;
    }
    for (const map of maps) {
      for (const entry of map.entries) this.entries.setMerged(frame, entry);
      frame.unsupported ||= this.unsupported.get(map) ?? '';
    }
  }

  // ---- keys ----

  private takeKey(frame: Frame, key: string, identity: string, start: number, end: number): void {
    frame.key = shareString(key);
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
    const { text, identity, unsupported } = resolvedKey(key);
    if (frame.unsupported === '') frame.unsupported = unsupported;
    this.takeKey(frame, text, identity, start, end);
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

  private refuse(message: string, span: Span): void {
    this.failure ??= new YamlFailure('decode', message, span.start, undefined, span);
  }

  /** A step of the server's decoder. */
  private step(): void {
    this.budget.step();
    if (this.budget.exceeded) this.checkBudget({ start: this.lastEnd, end: this.lastEnd });
  }

  private checkBudget(span: Span): void {
    if (this.budget.exceeded) this.refuse('yaml: document contains excessive aliasing', span);
  }
}

function isMergeTag(tag: string | undefined, plain: boolean): boolean {
  return tag === undefined ? plain : tag === '!' || tag === MERGE;
}

function scalarAnchor(node: Tree, scalar: Resolved): Anchor {
  return { node, scalar, height: 0, steps: 1, duplicates: [] };
}

function textNode(value: string, start: number, end: number): StringNode {
  return { type: 'string', start, end, value: shareString(value) };
}
