import type { Entry, Tree } from '../tree.ts';
import { JsonFailure, type JsonError } from './failure.ts';
import { scanLiteral, scanNumber } from './scan-number.ts';
import { scanString } from './scan-string.ts';

/** What a JSON text holds. `end` is where its value ends, or where reading failed. */
export interface JsonReading {
  readonly root: Tree | undefined;
  readonly error: JsonError | undefined;
  readonly end: number;
  /** How deep collections nest. */
  readonly height: number;
}

/** encoding/json and sigs.k8s.io/json refuse what nests deeper. */
const MAX_DEPTH = 10_000;

/** A collection that is being read: where it starts, where its children begin in the stack, and the key that waits for its value. */
interface Frame {
  readonly isMap: boolean;
  readonly start: number;
  readonly base: number;
  key: string;
  keyStart: number;
  keyEnd: number;
}

/**
 * Reads one JSON value from `text` between two offsets, as Go's encoding/json does: repeated keys are all kept, numbers as
 * written. A `body` is the whole text, a value of a `stream` ends where it ends (mirrors encoding/json, scanner.go). Never throws.
 */
export function readJson(text: string, from: number, end: number, kind: 'body' | 'stream'): JsonReading {
  const reader = new JsonReader(text, end);
  reader.position = from;
  try {
    const root = reader.readValue();
    const stop = reader.position;
    if (kind === 'body' && reader.skipSpace() < end) reader.fail('after top-level value');
    return { root, error: undefined, end: stop, height: reader.height };
  } catch (error) {
    if (!(error instanceof JsonFailure)) throw error;
    const message =
      error.problem === '' ? (kind === 'body' ? 'unexpected end of JSON input' : 'unexpected EOF') : error.problem;
    return { root: undefined, error: { message, offset: error.at }, end: error.at, height: reader.height };
  }
}

class JsonReader {
  position = 0;
  height = 0;
  private readonly text: string;
  private readonly end: number;
  private readonly stack: (Tree | Entry)[] = [];
  private top = 0;
  private readonly frames: Frame[] = [];

  constructor(text: string, end: number) {
    this.text = text;
    this.end = end;
  }

  fail(context: string): never {
    throw JsonFailure.at(this.text, this.position, this.end, context);
  }

  /** Steps over white space; answers the new position. */
  skipSpace(): number {
    const { text, end } = this;
    let { position } = this;
    for (; position < end; position++) {
      const code = text.charCodeAt(position);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break;
    }
    this.position = position;
    return position;
  }

  private next(): number {
    return this.skipSpace() < this.end ? this.text.charCodeAt(this.position) : -1;
  }

  readValue(): Tree {
    for (;;) {
      let node = this.begin();
      // A finished value may finish the collections around it.
      while (node !== undefined) {
        const frame = this.frames.at(-1);
        if (frame === undefined) return node;
        node = this.add(frame, node);
      }
    }
  }

  /** Begins a value; answers it when that is all of it, undefined when a collection was opened. */
  private begin(): Tree | undefined {
    const code = this.next();
    const { position: start } = this;
    if (code === 0x7b || code === 0x5b) return this.open(code === 0x7b, start);
    if (code === 0x22) {
      const value = this.readString();
      return { type: 'string', start, end: this.position, value };
    }
    if (code === 0x2d || (code >= 0x30 && code <= 0x39)) {
      const stop = scanNumber(this.text, start, this.end);
      this.position = stop;
      return { type: 'number', start, end: stop, literal: this.text.slice(start, stop) };
    }
    if (code !== 0x74 && code !== 0x66 && code !== 0x6e) this.fail('looking for beginning of value');
    this.position = scanLiteral(this.text, start, this.end);
    if (code === 0x6e) return { type: 'null', start, end: this.position };
    return { type: 'boolean', start, end: this.position, value: code === 0x74 };
  }

  private readString(): string {
    const { value, end } = scanString(this.text, this.position, this.end);
    this.position = end;
    return value;
  }

  private open(isMap: boolean, start: number): Tree | undefined {
    this.position = start + 1;
    if (this.frames.length >= MAX_DEPTH) throw new JsonFailure('exceeded max depth', start);
    const frame: Frame = { isMap, start, base: this.top, key: '', keyStart: 0, keyEnd: 0 };
    this.frames.push(frame);
    if (this.frames.length > this.height) this.height = this.frames.length;
    const code = this.next();
    if (code === (isMap ? 0x7d : 0x5d)) return this.close(frame);
    if (isMap) this.readKey(frame);
    return undefined;
  }

  private readKey(frame: Frame): void {
    if (this.next() !== 0x22) this.fail('looking for beginning of object key string');
    frame.keyStart = this.position;
    frame.key = this.readString();
    frame.keyEnd = this.position;
    if (this.next() !== 0x3a) this.fail('after object key');
    this.position++;
  }

  /** Adds a finished value to the innermost collection; answers the collection when it ends there. */
  private add(frame: Frame, node: Tree): Tree | undefined {
    const { isMap, key, keyStart, keyEnd } = frame;
    this.stack[this.top++] = isMap ? { key, keyStart, keyEnd, value: node } : node;
    const code = this.next();
    if (code === (isMap ? 0x7d : 0x5d)) return this.close(frame);
    if (code !== 0x2c) this.fail(isMap ? 'after object key:value pair' : 'after array element');
    this.position++;
    if (isMap) this.readKey(frame);
    return undefined;
  }

  private close(frame: Frame): Tree {
    const { isMap, start, base } = frame;
    const end = ++this.position;
    const children = this.stack.slice(base, this.top);
    this.top = base;
    this.frames.pop();
    return isMap
      ? { type: 'map', start, end, entries: children as Entry[] }
      : { type: 'list', start, end, items: children as Tree[] };
  }
}
