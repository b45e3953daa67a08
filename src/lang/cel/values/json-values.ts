import { CelList, CelMap, type Value } from './value.ts';

/** JSON as a host holds it. A `bigint` is an int; what a `number` is the host says. */
export type HostJson =
  null | boolean | string | number | bigint | readonly HostJson[] | { readonly [key: string]: HostJson | undefined };

/** How the numbers of a host are read. */
export type NumberReading = (number: number) => Value;

/** Whole numbers are ints, as in objects whose schema has no other numbers; others are doubles. */
export function wholeNumbersAreInts(number: number): Value {
  return Number.isSafeInteger(number) ? BigInt(number) : number;
}

/** JSON as a value of CEL, converted where it is looked at. Mirrors cel-go's DefaultTypeAdapter for unstructured objects. */
export function fromJson(json: HostJson | undefined, read: NumberReading = wholeNumbersAreInts): Value {
  if (json === undefined || json === null) return null;
  if (typeof json === 'number') return read(json);
  if (typeof json !== 'object') return json;
  return isArray(json) ? new JsonList(json, read) : new JsonMap(json, read);
}

function isArray(json: object): json is readonly HostJson[] {
  return Array.isArray(json);
}

class JsonList extends CelList {
  private readonly json: readonly HostJson[];
  private readonly read: NumberReading;

  constructor(json: readonly HostJson[], read: NumberReading) {
    super();
    this.json = json;
    this.read = read;
  }

  get size(): number {
    return this.json.length;
  }

  item(index: number): Value {
    return fromJson(this.json[index], this.read);
  }
}

class JsonMap extends CelMap {
  private readonly json: Readonly<Record<string, HostJson | undefined>>;
  private readonly read: NumberReading;

  constructor(json: Readonly<Record<string, HostJson | undefined>>, read: NumberReading) {
    super();
    this.json = json;
    this.read = read;
  }

  get size(): number {
    return Object.keys(this.json).length;
  }

  find(key: Value): Value | undefined {
    return typeof key === 'string' && Object.hasOwn(this.json, key) ? fromJson(this.json[key], this.read) : undefined;
  }

  keys(): string[] {
    return Object.keys(this.json);
  }
}
