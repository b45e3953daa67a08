import { YamlFailure } from './failure.ts';
import { CORE_TAG } from './resolve-scalar.ts';
import type { Scanner } from './scanner.ts';
import * as token from './token.ts';
import type { TreeBuilder } from './tree-builder.ts';

/** What to expect next; one is kept for each collection that is open. */
const DOCUMENT_END = 0;
const BLOCK_SEQUENCE_ENTRY = 1;
const INDENTLESS_SEQUENCE_ENTRY = 2;
const BLOCK_MAPPING_KEY = 3;
const BLOCK_MAPPING_VALUE = 4;
const FLOW_SEQUENCE_FIRST_ENTRY = 5;
const FLOW_SEQUENCE_ENTRY = 6;
const FLOW_SEQUENCE_PAIR_KEY = 7;
const FLOW_SEQUENCE_PAIR_VALUE = 8;
const FLOW_SEQUENCE_PAIR_END = 9;
const FLOW_MAPPING_FIRST_KEY = 10;
const FLOW_MAPPING_KEY = 11;
const FLOW_MAPPING_VALUE = 12;
const FLOW_MAPPING_EMPTY_VALUE = 13;

/**
 * The grammar: turns the tokens of the first document of a chunk into calls of the tree builder, with a stack of its own so that
 * depth costs no JavaScript stack (mirrors go.yaml.in/yaml/v2, parserc.go).
 */
export class Composer {
  private readonly scanner: Scanner;
  private readonly builder: TreeBuilder;
  private readonly tagPrefixes = new Map<string, string>();
  private state = DOCUMENT_END;
  private readonly states: number[] = [];
  /** Where each open collection starts, for messages. */
  private readonly marks: number[] = [];
  /** The properties of the node at hand. */
  private anchor = '';
  private tag: string | undefined;
  private tagSuffix = '';
  private tagStart = 0;

  constructor(scanner: Scanner, builder: TreeBuilder) {
    this.scanner = scanner;
    this.builder = builder;
  }

  /** Reads the document into the builder; answers where reading stopped: at the first token after it. Throws YamlFailure. */
  compose(): number {
    if (!this.startDocument()) return this.scanner.end;
    while (this.state !== DOCUMENT_END) this.step();
    this.scanner.peek();
    return this.scanner.start;
  }

  /** Handles directives and `---`, and the root when it is a scalar; false when there is no document at all. */
  private startDocument(): boolean {
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
      scanner.skip();
    }
    this.tagPrefixes.set('!', this.tagPrefixes.get('!') ?? '!');
    this.tagPrefixes.set('!!', this.tagPrefixes.get('!!') ?? CORE_TAG);
    this.states.push(DOCUMENT_END);
    const type = scanner.peek();
    if (explicit && type <= token.DOCUMENT_END) {
      this.state = this.states.pop() ?? DOCUMENT_END;
      this.builder.empty(scanner.start);
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

  private step(): void {
    const { state } = this;
    if (state === BLOCK_MAPPING_KEY) this.blockMappingKey();
    else if (state === BLOCK_SEQUENCE_ENTRY) this.blockSequenceEntry();
    else if (state === INDENTLESS_SEQUENCE_ENTRY) this.indentlessSequenceEntry();
    else if (state === BLOCK_MAPPING_VALUE) this.blockMappingValue();
    else if (state === FLOW_MAPPING_KEY || state === FLOW_MAPPING_FIRST_KEY) {
      this.flowMappingKey(state === FLOW_MAPPING_FIRST_KEY);
    } else if (state === FLOW_MAPPING_VALUE) this.flowMappingValue();
    else if (state === FLOW_SEQUENCE_ENTRY || state === FLOW_SEQUENCE_FIRST_ENTRY) {
      this.flowSequenceEntry(state === FLOW_SEQUENCE_FIRST_ENTRY);
    } else if (state === FLOW_SEQUENCE_PAIR_KEY) this.flowSequencePairKey();
    else if (state === FLOW_SEQUENCE_PAIR_VALUE) this.flowSequencePairValue();
    else {
      // What ends here has no token of its own, but the next one must be readable.
      this.scanner.peek();
      if (state === FLOW_MAPPING_EMPTY_VALUE) this.empty(FLOW_MAPPING_KEY, this.builder.lastEnd);
      else {
        this.state = FLOW_SEQUENCE_ENTRY;
        this.builder.close(this.builder.lastEnd);
      }
    }
  }

  private empty(next: number, at: number): void {
    this.state = next;
    this.builder.empty(at);
  }

  private nested(after: number, block: boolean, indentless: boolean): void {
    this.states.push(after);
    this.node(block, indentless);
  }

  private leave(): void {
    this.state = this.states.pop() ?? DOCUMENT_END;
    this.marks.pop();
  }

  private fail(problem: string): never {
    throw new YamlFailure('parse', problem, this.scanner.start, this.marks.at(-1));
  }

  // ---- nodes ----

  private node(block: boolean, indentless: boolean): void {
    const { scanner, builder } = this;
    let type = scanner.peek();
    const { start } = scanner;
    if (type === token.ALIAS) {
      this.state = this.states.pop() ?? DOCUMENT_END;
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
    this.builder.noteTag(scanner.start, scanner.stop);
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
      this.state = this.states.pop() ?? DOCUMENT_END;
      builder.scalar(scanner.value, type === token.PLAIN_SCALAR, scanner.start, scanner.stop, start, anchor, tag);
      scanner.skip();
      return;
    }
    const at = scanner.start;
    if (type === token.BLOCK_ENTRY && indentless) {
      this.state = INDENTLESS_SEQUENCE_ENTRY;
      builder.openList(at, start, anchor);
    } else if (type === token.BLOCK_MAPPING_START && block) {
      this.open(BLOCK_MAPPING_KEY);
      builder.openMap(at, start, anchor);
    } else if (type === token.BLOCK_SEQUENCE_START && block) {
      this.open(BLOCK_SEQUENCE_ENTRY);
      builder.openList(at, start, anchor);
    } else if (type === token.FLOW_SEQUENCE_START) {
      this.open(FLOW_SEQUENCE_FIRST_ENTRY);
      builder.openList(at, start, anchor);
    } else if (type === token.FLOW_MAPPING_START) {
      this.open(FLOW_MAPPING_FIRST_KEY);
      builder.openMap(at, start, anchor);
    } else if (anchor !== '' || (tag !== undefined && tag !== '')) {
      this.state = this.states.pop() ?? DOCUMENT_END;
      builder.scalar('', true, builder.lastEnd, builder.lastEnd, start, anchor, tag);
    } else {
      throw new YamlFailure('parse', 'did not find expected node content', at, start);
    }
  }

  private open(state: number): void {
    this.state = state;
    this.marks.push(this.scanner.start);
    this.scanner.skip();
  }

  // ---- block style ----

  private blockSequenceEntry(): void {
    const { scanner } = this;
    const type = scanner.peek();
    if (type === token.BLOCK_ENTRY) {
      const mark = this.indicator();
      const next = scanner.peek();
      if (next === token.BLOCK_ENTRY || next === token.BLOCK_END) this.empty(BLOCK_SEQUENCE_ENTRY, mark);
      else this.nested(BLOCK_SEQUENCE_ENTRY, true, false);
      return;
    }
    if (type !== token.BLOCK_END) this.fail("did not find expected '-' indicator");
    this.leave();
    scanner.skip();
    this.builder.close(this.builder.lastEnd);
  }

  private indentlessSequenceEntry(): void {
    const { scanner } = this;
    if (scanner.peek() === token.BLOCK_ENTRY) {
      const mark = this.indicator();
      const next = scanner.peek();
      if (next === token.BLOCK_ENTRY || isKey(next) || next === token.VALUE || next === token.BLOCK_END) {
        this.empty(INDENTLESS_SEQUENCE_ENTRY, mark);
      } else this.nested(INDENTLESS_SEQUENCE_ENTRY, true, false);
      return;
    }
    this.state = this.states.pop() ?? DOCUMENT_END;
    this.builder.close(this.builder.lastEnd);
  }

  private blockMappingKey(): void {
    const { scanner, builder } = this;
    const type = scanner.peek();
    if (type === token.PLAIN_PAIR || type === token.TEXT_PAIR) {
      const { start, mark } = scanner;
      builder.scalar(scanner.value, type === token.PLAIN_PAIR, start, scanner.stop, start, '', undefined);
      builder.lastEnd = mark;
      scanner.skip();
      this.afterBlockValue(mark);
    } else if (type === token.KEY) {
      const mark = this.indicator();
      const next = scanner.peek();
      if (isKey(next) || next === token.VALUE || next === token.BLOCK_END) this.empty(BLOCK_MAPPING_VALUE, mark);
      else this.nested(BLOCK_MAPPING_VALUE, true, true);
    } else if (type === token.BLOCK_END) {
      this.leave();
      scanner.skip();
      builder.close(builder.lastEnd);
    } else this.fail('did not find expected key');
  }

  private blockMappingValue(): void {
    if (this.scanner.peek() === token.VALUE) this.afterBlockValue(this.indicator());
    else this.empty(BLOCK_MAPPING_KEY, this.builder.lastEnd);
  }

  private afterBlockValue(mark: number): void {
    const next = this.scanner.peek();
    if (isKey(next) || next === token.VALUE || next === token.BLOCK_END) this.empty(BLOCK_MAPPING_KEY, mark);
    else this.nested(BLOCK_MAPPING_KEY, true, true);
  }

  /** Takes an indicator; answers where it ends. A KEY that was found by its colon only has no width. */
  private indicator(): number {
    const { stop } = this.scanner;
    if (stop > this.builder.lastEnd) this.builder.lastEnd = stop;
    this.scanner.skip();
    return stop;
  }

  // ---- flow style ----

  private flowSequenceEntry(first: boolean): void {
    const { scanner } = this;
    let type = scanner.peek();
    if (type !== token.FLOW_SEQUENCE_END) {
      if (!first) {
        if (type !== token.FLOW_ENTRY) this.fail("did not find expected ',' or ']'");
        this.indicator();
        type = scanner.peek();
      }
      if (isKey(type)) {
        this.state = FLOW_SEQUENCE_PAIR_KEY;
        this.builder.openMap(scanner.start, scanner.start, '');
        this.indicator();
        return;
      }
      if (type !== token.FLOW_SEQUENCE_END) {
        this.nested(FLOW_SEQUENCE_ENTRY, false, false);
        return;
      }
    }
    this.leave();
    this.builder.close(this.indicator());
  }

  private flowSequencePairKey(): void {
    const { scanner } = this;
    const type = scanner.peek();
    if (type !== token.VALUE && type !== token.FLOW_ENTRY && type !== token.FLOW_SEQUENCE_END) {
      this.nested(FLOW_SEQUENCE_PAIR_VALUE, false, false);
      return;
    }
    // As in libyaml, whatever token stands here is taken, be it the colon, a comma or the bracket.
    const { start } = scanner;
    this.indicator();
    this.empty(FLOW_SEQUENCE_PAIR_VALUE, start);
  }

  private flowSequencePairValue(): void {
    const { scanner } = this;
    if (scanner.peek() === token.VALUE) {
      this.indicator();
      const type = scanner.peek();
      if (type !== token.FLOW_ENTRY && type !== token.FLOW_SEQUENCE_END) {
        this.nested(FLOW_SEQUENCE_PAIR_END, false, false);
        return;
      }
    }
    this.empty(FLOW_SEQUENCE_PAIR_END, this.builder.lastEnd);
  }

  private flowMappingKey(first: boolean): void {
    const { scanner } = this;
    let type = scanner.peek();
    if (type !== token.FLOW_MAPPING_END) {
      if (!first) {
        if (type !== token.FLOW_ENTRY) this.fail("did not find expected ',' or '}'");
        this.indicator();
        type = scanner.peek();
      }
      if (isKey(type)) {
        this.indicator();
        type = scanner.peek();
        if (type !== token.VALUE && type !== token.FLOW_ENTRY && type !== token.FLOW_MAPPING_END) {
          this.nested(FLOW_MAPPING_VALUE, false, false);
        } else this.empty(FLOW_MAPPING_VALUE, this.builder.lastEnd);
        return;
      }
      if (type !== token.FLOW_MAPPING_END) {
        this.nested(FLOW_MAPPING_EMPTY_VALUE, false, false);
        return;
      }
    }
    this.leave();
    this.builder.close(this.indicator());
  }

  private flowMappingValue(): void {
    const { scanner } = this;
    if (scanner.peek() === token.VALUE) {
      this.indicator();
      const type = scanner.peek();
      if (type !== token.FLOW_ENTRY && type !== token.FLOW_MAPPING_END) {
        this.nested(FLOW_MAPPING_KEY, false, false);
        return;
      }
    }
    this.empty(FLOW_MAPPING_KEY, this.builder.lastEnd);
  }
}

function isKey(type: number): boolean {
  return type === token.KEY || type === token.PLAIN_PAIR || type === token.TEXT_PAIR;
}
