import { goGeneral } from './go-numbers.ts';
import { CelList, CelMap, Duration, Timestamp, Uint, type Value } from './value.ts';

/** A list of values that are there. */
export class ArrayList extends CelList {
  protected readonly items: readonly Value[];

  constructor(items: readonly Value[]) {
    super();
    this.items = items;
  }

  get size(): number {
    return this.items.length;
  }

  item(index: number): Value {
    return this.items[index] ?? null;
  }
}

/** The list that a loop gathers; `append` changes it, which nobody else can see. */
export class GrowingList extends ArrayList {
  private readonly grown: Value[];

  constructor() {
    const grown: Value[] = [];
    super(grown);
    this.grown = grown;
  }

  append(list: CelList): this {
    for (const item of list) this.grown.push(item);
    return this;
  }

  /** The list as it is when the loop ends. */
  finished(): ArrayList {
    return new ArrayList(this.grown);
  }
}

/** The whole numbers from 0 up to a size. */
export class RangeList extends CelList {
  readonly size: number;

  constructor(size: number) {
    super();
    this.size = size;
  }

  item(index: number): Value {
    return BigInt(index);
  }
}

class Concatenation extends CelList {
  override readonly isConcatenation = true;
  readonly size: number;
  private readonly first: CelList;
  private readonly second: CelList;

  constructor(first: CelList, second: CelList) {
    super();
    this.first = first;
    this.second = second;
    this.size = first.size + second.size;
  }

  item(index: number): Value {
    return index < this.first.size ? this.first.item(index) : this.second.item(index - this.first.size);
  }
}

/** Two lists put together, without copying. */
export function concatenate(first: CelList, second: CelList): CelList {
  if (first.size === 0) return second;
  return second.size === 0 ? first : new Concatenation(first, second);
}

/** A map of values that are there. Numbers that are equal are one key when they are looked up, though not when they are written. */
export class ValueMap extends CelMap {
  protected readonly entries: ReadonlyMap<string, readonly [key: Value, value: Value]>;

  constructor(entries: ReadonlyMap<string, readonly [key: Value, value: Value]>) {
    super();
    this.entries = entries;
  }

  get size(): number {
    return this.entries.size;
  }

  find(key: Value): Value | undefined {
    for (const spelling of spellingsOf(key)) {
      const entry = this.entries.get(spelling);
      if (entry !== undefined) return entry[1];
    }
    // Lists and maps are keys by their identity.
    if (typeof key !== 'object' || key === null) return undefined;
    for (const [each, value] of this.entries.values()) if (each === key) return value;
    return undefined;
  }

  *keys(): Generator<Value> {
    for (const [key] of this.entries.values()) yield key;
  }
}

/** The map that a loop gathers; `insert` changes it, which nobody else can see. */
export class GrowingMap extends ValueMap {
  private readonly grown: Map<string, readonly [Value, Value]>;

  constructor() {
    const grown = new Map<string, readonly [Value, Value]>();
    super(grown);
    this.grown = grown;
  }

  insert(key: Value, value: Value): void {
    this.grown.set(keyOf(key, this.grown.size), [key, value]);
  }

  /** The map as it is when the loop ends. */
  finished(): ValueMap {
    return new ValueMap(this.grown);
  }
}

/** A map of entries; later ones replace earlier ones with the very same key. */
export function mapOf(entries: Iterable<readonly [key: Value, value: Value]>): ValueMap {
  const map = new Map<string, readonly [Value, Value]>();
  for (const entry of entries) map.set(keyOf(entry[0], map.size), entry);
  return new ValueMap(map);
}

/** A text that is the same for the same key; `salt` keeps apart those that equal none, such as NaN. */
export function keyOf(key: Value, salt: number): string {
  switch (typeof key) {
    case 'string':
      return `s${key}`;
    case 'bigint':
      return `i${key}`;
    case 'boolean':
      return `b${String(key)}`;
    case 'number':
      return Number.isNaN(key) ? `n${salt}` : `d${key}`;
    default:
      return objectKey(key) ?? `o${salt}`;
  }
}

function objectKey(key: Value): string | undefined {
  if (key === null) return 'null';
  if (key instanceof Uint) return `u${key.value}`;
  if (key instanceof Duration) return `t${key.nanos}`;
  return key instanceof Timestamp ? `z${key.seconds}.${key.nanos}.${key.offset}` : undefined;
}

const MAX_INT = 2n ** 63n - 1n;
const MAX_UINT = 2n ** 64n - 1n;

/** The keys that equal one. Mirrors refValMapAccessor.Find. */
function spellingsOf(key: Value): readonly string[] {
  if (typeof key === 'string') return [`s${key}`];
  if (typeof key === 'bigint') return key < 0n ? [`i${key}`] : [`i${key}`, `u${key}`];
  if (key instanceof Uint) return key.value > MAX_INT ? [`u${key.value}`] : [`u${key.value}`, `i${key.value}`];
  if (typeof key === 'number') {
    if (!Number.isInteger(key)) return [`d${key}`];
    const whole = BigInt(key);
    const spellings = [`d${key}`];
    if (whole > -MAX_INT - 1n && whole <= MAX_INT) spellings.push(`i${whole}`);
    if (whole >= 0n && whole <= MAX_UINT) spellings.push(`u${whole}`);
    return spellings;
  }
  if (typeof key === 'boolean') return [keyOf(key, 0)];
  const spelling = objectKey(key);
  return spelling === undefined ? [] : [spelling];
}

/** A key as Go's `%v` prints it. */
export function keyText(key: Value): string {
  if (key instanceof Uint) return String(key.value);
  if (typeof key === 'number') return goGeneral(key);
  return typeof key === 'object' && key !== null ? '' : String(key ?? 0);
}
