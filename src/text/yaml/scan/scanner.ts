import type { Span } from '../../tree.ts';
import { YamlFailure } from './failure.ts';
import { BLOCK_END, KEY } from './token.ts';

const MAX_FLOW_LEVEL = 10_000;
const MAX_INDENTS = 10_000;
/** How far ahead of its colon a simple key may begin, in characters. */
const SIMPLE_KEY_REACH = 1024;

/** The place, one per flow level, where a key without `?` may have begun. */
interface SimpleKey {
  possible: boolean;
  /** In block style at the indentation of the mapping nothing but a key can stand: then a missing colon is an error. */
  required: boolean;
  token: number;
  start: number;
  lineStart: number;
}

/**
 * Turns one chunk of YAML into tokens, on demand, exactly as go-yaml v2's scanner does (mirrors go.yaml.in/yaml/v2, scannerc.go):
 * the same tokens, the same errors, and the same look-ahead, since what was looked at decides which errors are seen.
 */
export class Scanner {
  readonly text: string;
  /** The chunk is `text` from `begin` up to `end`; it ends with a line break. */
  readonly begin: number;
  readonly end: number;

  position: number;
  /** Where the current line starts; the column is the distance to it. */
  lineStart: number;
  /** go-yaml looks for a byte order mark at the start of its buffer, not where it reads: while that lasts, every line loses a character. */
  private readonly swallowsUntil: number;

  /** The comments that were stepped over, if someone wants them. */
  comments: Span[] | undefined;

  /** The scalar that a scanning function read last. */
  scalarStart = 0;
  scalarEnd = 0;
  scalarText = '';

  indent = -1;
  flowLevel = 0;
  simpleKeyAllowed = true;
  private readonly indents: number[] = [];

  private readonly simpleKeys: SimpleKey[] = [newSimpleKey()];
  private readonly levelOfToken = new Map<number, number>();

  /** How many tokens the parser has taken. */
  private taken = 0;
  private head = 0;
  private tail = 0;
  private ready = false;
  private readonly types: number[] = [];
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly values: string[] = [];
  private readonly extras: string[] = [];
  private readonly marks: number[] = [];

  /** Reads the next token into the queue, with those that its indentation implies. */
  private readonly fetchNext: (scanner: Scanner) => void;

  constructor(text: string, begin: number, end: number, fetchNext: (scanner: Scanner) => void) {
    this.text = text;
    this.fetchNext = fetchNext;
    this.end = end;
    const marked = text.charCodeAt(begin) === 0xfeff;
    this.begin = marked ? begin + 1 : begin;
    this.position = this.begin;
    this.lineStart = this.begin;
    this.swallowsUntil = marked && text.charCodeAt(this.begin) === 0xfeff ? this.begin + 505 : -1;
  }

  /** The code unit at an offset; 0 past the end of the chunk. */
  at(offset: number): number {
    return offset < this.end ? this.text.charCodeAt(offset) : 0;
  }

  get column(): number {
    return this.position - this.lineStart;
  }

  // ---- what the parser asks ----

  /** The type of the next token. */
  peek(): number {
    if (!this.ready) this.fetchMore();
    return this.types[this.head] ?? 0;
  }

  get start(): number {
    return this.starts[this.head] ?? 0;
  }

  get stop(): number {
    return this.ends[this.head] ?? 0;
  }

  /** The text of a scalar, the name of an anchor or alias, the handle of a tag. */
  get value(): string {
    return this.values[this.head] ?? '';
  }

  /** The suffix of a tag, the prefix of a tag directive, the source of a version. */
  get extra(): string {
    return this.extras[this.head] ?? '';
  }

  /** Of a pair: the end of its colon. */
  get mark(): number {
    return this.marks[this.head] ?? 0;
  }

  /** Takes the token that `peek` showed. */
  skip(): void {
    this.ready = false;
    this.taken++;
    this.head++;
    if (this.head === this.tail) {
      this.head = 0;
      this.tail = 0;
    }
  }

  private fetchMore(): void {
    for (;;) {
      if (this.head !== this.tail) {
        // The first token cannot leave while it may turn out to begin a key: KEY would go before it.
        if (this.levelOfToken.size === 0) break;
        const level = this.levelOfToken.get(this.taken);
        if (level === undefined || !this.stillPossible(level)) break;
      }
      this.fetchNext(this);
    }
    this.ready = true;
  }

  // ---- what the fetchers do ----

  push(type: number, start: number, end: number, value = '', extra = '', mark = 0): void {
    const { tail } = this;
    this.types[tail] = type;
    this.starts[tail] = start;
    this.ends[tail] = end;
    this.values[tail] = value;
    this.extras[tail] = extra;
    this.marks[tail] = mark;
    this.tail = tail + 1;
  }

  /** Puts an empty token before the token numbered `before`, or at the end when the parser has already taken that one. */
  private insert(type: number, at: number, before: number): void {
    this.push(type, at, at);
    const place = this.head + before - this.taken;
    if (before < this.taken) return;
    for (const queue of [this.types, this.starts, this.ends, this.marks]) {
      const last = queue[this.tail - 1] ?? 0;
      queue.copyWithin(place + 1, place, this.tail - 1);
      queue[place] = last;
    }
    for (const queue of [this.values, this.extras]) {
      queue.copyWithin(place + 1, place, this.tail - 1);
      queue[place] = '';
    }
  }

  get nextToken(): number {
    return this.taken + this.tail - this.head;
  }

  fail(problem: string, context?: number): never {
    throw new YamlFailure('scan', problem, this.position, context);
  }

  /** Opens a block collection if the column lies deeper than the current one; `before` is the token that it precedes, or -1. */
  rollIndent(column: number, before: number, type: number, at: number): void {
    if (this.flowLevel > 0 || this.indent >= column) return;
    this.indents.push(this.indent);
    this.indent = column;
    if (this.indents.length > MAX_INDENTS) this.fail(`exceeded max depth of ${MAX_INDENTS}`, this.currentKey.start);
    if (before < 0) this.push(type, at, at);
    else this.insert(type, at, before);
  }

  unrollIndent(column: number): void {
    if (this.flowLevel > 0) return;
    while (this.indent > column) {
      this.push(BLOCK_END, this.position, this.position);
      this.indent = this.indents.pop() ?? -1;
    }
  }

  increaseFlowLevel(): void {
    this.flowLevel++;
    const key = (this.simpleKeys[this.flowLevel] ??= newSimpleKey());
    key.possible = false;
    key.required = false;
    key.token = this.nextToken;
    if (this.flowLevel > MAX_FLOW_LEVEL) this.fail(`exceeded max depth of ${MAX_FLOW_LEVEL}`, this.position);
  }

  decreaseFlowLevel(): void {
    if (this.flowLevel === 0) return;
    // A collection that held no candidate of its own carries its opening token's number, and takes the outer candidate off the list.
    this.levelOfToken.delete(this.currentKey.token);
    this.flowLevel--;
  }

  get currentKey(): SimpleKey {
    return (this.simpleKeys[this.flowLevel] ??= newSimpleKey());
  }

  /** Remembers, where a key is allowed, that it may begin with the next token. */
  saveSimpleKey(): void {
    if (!this.simpleKeyAllowed) return;
    this.removeSimpleKey();
    this.noteSimpleKey(this.position, this.lineStart);
  }

  /** Makes the next token, which starts at `start`, the candidate of its flow level. */
  noteSimpleKey(start: number, lineStart: number): void {
    const key = this.currentKey;
    key.possible = true;
    key.required = this.flowLevel === 0 && this.indent === start - lineStart;
    key.token = this.nextToken;
    key.start = start;
    key.lineStart = lineStart;
    this.levelOfToken.set(key.token, this.flowLevel);
  }

  removeSimpleKey(): void {
    const key = this.currentKey;
    if (!key.possible) return;
    if (key.required) this.fail("could not find expected ':'", key.start);
    key.possible = false;
    this.levelOfToken.delete(key.token);
  }

  /** Whether the candidate of a flow level can still be a key, seen from here. */
  private stillPossible(level: number): boolean {
    const key = this.simpleKeys[level];
    if (!key?.possible) return false;
    if (key.lineStart === this.lineStart && !this.tooFar(key.start)) return true;
    if (key.required) this.fail("could not find expected ':'", key.start);
    key.possible = false;
    return false;
  }

  /** Whether a key that begins at `start` would begin too many characters ago. */
  tooFar(start: number): boolean {
    if (this.position - start <= SIMPLE_KEY_REACH) return false;
    let characters = this.position - start;
    for (let offset = start; offset < this.position; offset++) {
      if ((this.text.charCodeAt(offset) & 0xfc00) === 0xdc00) characters--;
    }
    return characters > SIMPLE_KEY_REACH;
  }

  /** Makes the current candidate a key, if there is one: KEY precedes it, with the start of its mapping in front if need be. */
  confirmSimpleKey(mappingStart: number): boolean {
    if (!this.stillPossible(this.flowLevel)) return false;
    const key = this.currentKey;
    this.insert(KEY, key.start, key.token);
    this.rollIndent(key.start - key.lineStart, key.token, mappingStart, key.start);
    key.possible = false;
    this.levelOfToken.delete(key.token);
    return true;
  }

  /** Steps over a byte order mark as go-yaml does at the start of a line. */
  swallowByteOrderMark(): void {
    if (this.position < this.swallowsUntil && this.position === this.lineStart) this.position++;
  }
}

function newSimpleKey(): SimpleKey {
  return { possible: false, required: false, token: 0, start: 0, lineStart: 0 };
}
