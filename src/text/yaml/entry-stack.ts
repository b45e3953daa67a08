import type { Entry, Tree } from '../tree.ts';
import type { CollidingKey, DuplicateKey } from './duplicate-key.ts';
import type { Frame } from './frame.ts';
import { goSyntax } from './scan/go-syntax.ts';

/** From how many entries on a mapping is searched by an index. */
const INDEX_FROM = 16;
const MAX_DUPLICATES = 1000;
/** The identity of the key `.nan`. */
const NOT_A_NUMBER = 'float NaN';

/**
 * The items and entries of all collections that are being read, innermost last, so that finished collections get arrays that fit. Entries
 * keep Go's rules for maps: the same key again replaces the value, and is noted.
 */
export class EntryStack {
  top = 0;
  readonly duplicates: DuplicateKey[] = [];
  readonly collisions: CollidingKey[] = [];
  private readonly stack: (Tree | Entry)[] = [];
  private readonly merged = new Set<Entry>();
  /** The identities of entries whose key is not a string in YAML. */
  private readonly identities = new Map<Entry, string>();

  addItem(node: Tree): void {
    this.stack[this.top++] = node;
  }

  /** Sets the key that waits in the frame. `at` is where the value begins for the server. */
  setKey(frame: Frame, value: Tree, at: number): void {
    const entry: Entry = { key: frame.key, keyStart: frame.keyStart, keyEnd: frame.keyEnd, value };
    if (frame.identity !== '') this.identities.set(entry, frame.identity);
    this.set(frame, entry, at);
  }

  /** Adds an entry to the innermost mapping, or puts it in the place of the entry with the same key. */
  set(frame: Frame, entry: Entry, at: number): void {
    const place = this.placeOf(frame, entry.key);
    if (place === undefined) {
      frame.index?.set(entry.key, this.top);
      this.stack[this.top++] = entry;
      return;
    }
    const earlier = this.stack[place] as Entry;
    const identity = this.identities.get(entry) ?? '';
    const keySpan = { start: entry.keyStart, end: entry.keyEnd };
    const firstSpan = { start: earlier.keyStart, end: earlier.keyEnd };
    // Keys of different types are different to Go, and so is NaN from itself.
    const isSameKey = identity === (this.identities.get(earlier) ?? '') && identity !== NOT_A_NUMBER;
    if (isSameKey) {
      const key = identity === '' ? goSyntax(entry.key) : identity.slice(identity.indexOf(' ') + 1);
      this.noteDuplicate({ key, keySpan, firstSpan, at, overridesMerge: this.merged.has(earlier) });
    } else if (this.collisions.length < MAX_DUPLICATES) {
      this.collisions.push({ keySpan, firstSpan, values: [earlier.value, entry.value] });
    }
    this.stack[place] = entry;
  }

  /** Sets an entry that a merge key brings. */
  setMerged(frame: Frame, entry: Entry): void {
    this.set(frame, entry, entry.value.start);
    this.merged.add(entry);
  }

  noteDuplicate(duplicate: DuplicateKey): void {
    if (this.duplicates.length < MAX_DUPLICATES) this.duplicates.push(duplicate);
  }

  /** Takes off the items or entries from `base` on. */
  take(base: number): (Tree | Entry)[] {
    const taken = this.stack.slice(base, this.top);
    this.top = base;
    return taken;
  }

  private placeOf(frame: Frame, key: string): number | undefined {
    const { stack, top } = this;
    const { base, index } = frame;
    if (index !== undefined) return index.get(key);
    for (let place = base; place < top; place++) if ((stack[place] as Entry).key === key) return place;
    if (top - base >= INDEX_FROM) {
      frame.index = new Map();
      for (let place = base; place < top; place++) frame.index.set((stack[place] as Entry).key, place);
    }
    return undefined;
  }
}
