import { YamlFailure } from './scan/failure.ts';
import * as state from './parser-state.ts';
import { CORE_TAG } from './resolve/resolve-scalar.ts';
import type { Scanner } from './scan/scanner.ts';
import * as token from './scan/token.ts';
import type { TreeSink } from './tree-sink.ts';

/** What the grammar has read and expects, and the nodes and marks that its productions share (mirrors go.yaml.in/yaml/v2, parserc.go). */
export class Composer {
  readonly scanner: Scanner;
  readonly builder: TreeSink;
  private readonly tagPrefixes = new Map<string, string>();
  /** What the grammar expects next. */
  next = state.DOCUMENT_END;
  /** What follows the collections that are open. */
  readonly states: number[] = [];
  /** Where each open collection starts, for messages. */
  private readonly marks: number[] = [];
  /** The properties of the node at hand. */
  private anchor = '';
  private tag: string | undefined;
  private tagSuffix = '';
  private tagStart = 0;

  constructor(scanner: Scanner, builder: TreeSink) {
    this.scanner = scanner;
    this.builder = builder;
  }

  /** Handles directives and `---`, and the root when it is a scalar; false when there is no document at all. */
  startDocument(): boolean {
    const { scanner } = this;
    const first = scanner.peek();
    if (first === token.STREAM_END) return false;
    const explicit =
      first === token.VERSION_DIRECTIVE || first === token.TAG_DIRECTIVE || first === token.DOCUMENT_START;
    if (explicit) {
      this.readDirectives();
      if (scanner.peek() !== token.DOCUMENT_START) {
        throw new YamlFailure('parse', 'did not find expected <document start>', scanner.start);
      }
      this.indicator();
    }
    this.tagPrefixes.set('!', this.tagPrefixes.get('!') ?? '!');
    this.tagPrefixes.set('!!', this.tagPrefixes.get('!!') ?? CORE_TAG);
    this.states.push(state.DOCUMENT_END);
    const type = scanner.peek();
    if (explicit && type <= token.DOCUMENT_END) {
      this.next = this.states.pop() ?? state.DOCUMENT_END;
      this.builder.empty(this.builder.lastEnd);
    } else this.node(true, false);
    return true;
  }

  private readDirectives(): void {
    const { scanner } = this;
    let versioned = false;
    for (;;) {
      const type = scanner.peek();
      if (type === token.VERSION_DIRECTIVE) {
        if (versioned) throw new YamlFailure('parse', 'found duplicate %YAML directive', scanner.start);
        if (scanner.extra !== '1.1') throw new YamlFailure('parse', 'found incompatible YAML document', scanner.start);
        versioned = true;
      } else if (type === token.TAG_DIRECTIVE) {
        if (this.tagPrefixes.has(scanner.value)) {
          throw new YamlFailure('parse', 'found duplicate %TAG directive', scanner.start);
        }
        this.tagPrefixes.set(scanner.value, scanner.extra);
      } else return;
      scanner.skip();
    }
  }

  /** A node that is not written, and then `next`. */
  empty(next: number, at: number): void {
    this.next = next;
    this.builder.empty(at);
  }

  /** A node, and then `after`. */
  nested(after: number, block: boolean, indentless: boolean): void {
    this.states.push(after);
    this.node(block, indentless);
  }

  /** The end of a collection with a mark. */
  leave(): void {
    this.next = this.states.pop() ?? state.DOCUMENT_END;
    this.marks.pop();
  }

  fail(problem: string): never {
    throw new YamlFailure('parse', problem, this.scanner.start, this.marks.at(-1));
  }

  // ---- nodes ----

  private node(block: boolean, indentless: boolean): void {
    const { scanner, builder } = this;
    let type = scanner.peek();
    const { start } = scanner;
    if (type === token.ALIAS) {
      this.next = this.states.pop() ?? state.DOCUMENT_END;
      builder.alias(scanner.value, start, scanner.stop);
      scanner.skip();
      return;
    }
    this.anchor = '';
    this.tag = undefined;
    if (type === token.ANCHOR) {
      type = this.takeAnchor();
      if (type === token.TAG) type = this.takeTag();
    } else if (type === token.TAG) {
      type = this.takeTag();
      if (type === token.ANCHOR) type = this.takeAnchor();
    }
    this.tag = this.longTag(this.tag, start);
    this.content(type, block, indentless, start);
  }

  private takeAnchor(): number {
    this.anchor = this.scanner.value;
    this.indicator();
    return this.scanner.peek();
  }

  /** Takes a tag; until `longTag` has seen it, it is the handle, and the suffix is kept apart. */
  private takeTag(): number {
    const { scanner } = this;
    this.tag = scanner.value;
    this.tagSuffix = scanner.extra;
    this.tagStart = scanner.start;
    this.builder.tags.note(scanner.start, scanner.stop);
    this.indicator();
    return scanner.peek();
  }

  private longTag(handle: string | undefined, start: number): string | undefined {
    if (handle === undefined) return undefined;
    if (handle === '') return this.tagSuffix;
    const prefix = this.tagPrefixes.get(handle);
    if (prefix === undefined) throw new YamlFailure('parse', 'found undefined tag handle', this.tagStart, start);
    return prefix + this.tagSuffix;
  }

  private content(type: number, block: boolean, indentless: boolean, start: number): void {
    const { scanner, builder, anchor, tag } = this;
    if (type === token.PLAIN_SCALAR || type === token.TEXT_SCALAR) {
      this.next = this.states.pop() ?? state.DOCUMENT_END;
      builder.scalar(scanner.value, type === token.PLAIN_SCALAR, scanner.start, scanner.stop, start, anchor, tag);
      scanner.skip();
      return;
    }
    const at = scanner.start;
    if (type === token.BLOCK_ENTRY && indentless) {
      this.next = state.INDENTLESS_SEQUENCE_ENTRY;
      builder.open(false, at, start, anchor, tag);
    } else if (type === token.BLOCK_MAPPING_START && block) {
      this.open(state.BLOCK_MAPPING_KEY);
      builder.open(true, at, start, anchor, tag);
    } else if (type === token.BLOCK_SEQUENCE_START && block) {
      this.open(state.BLOCK_SEQUENCE_ENTRY);
      builder.open(false, at, start, anchor, tag);
    } else if (type === token.FLOW_SEQUENCE_START) {
      this.open(state.FLOW_SEQUENCE_FIRST_ENTRY);
      builder.open(false, at, start, anchor, tag);
    } else if (type === token.FLOW_MAPPING_START) {
      this.open(state.FLOW_MAPPING_FIRST_KEY);
      builder.open(true, at, start, anchor, tag);
    } else if (anchor !== '' || (tag !== undefined && tag !== '')) {
      this.next = this.states.pop() ?? state.DOCUMENT_END;
      builder.scalar('', true, builder.lastEnd, builder.lastEnd, start, anchor, tag);
    } else {
      throw new YamlFailure('parse', 'did not find expected node content', at, start);
    }
  }

  private open(state: number): void {
    this.next = state;
    this.marks.push(this.scanner.start);
    this.scanner.skip();
  }

  /** Takes the key and the colon of a pair; answers where the colon ends. */
  pairKey(type: number): number {
    const { scanner, builder } = this;
    const { start, mark } = scanner;
    builder.scalar(scanner.value, type === token.PLAIN_PAIR, start, scanner.stop, start, '', undefined);
    builder.lastEnd = mark;
    scanner.skip();
    return mark;
  }

  /** Takes an indicator; answers where it ends. A KEY that was found by its colon only has no width. */
  indicator(): number {
    const { stop } = this.scanner;
    if (stop > this.builder.lastEnd) this.builder.lastEnd = stop;
    this.scanner.skip();
    return stop;
  }
}
