import { CelError, CelList, CelMap, goTypeOf, type Value } from './value.ts';

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
  return converted(json, read, false);
}

/**
 * JSON of a kind that the server has as a Go struct: keys of maps are strings, indexes ints, and a comparison with what is no map or list is
 * an error. Mirrors the apiserver's pkg/cel/common/valuesschemalesstyped.go.
 */
export function fromStruct(json: HostJson | undefined, read: NumberReading = wholeNumbersAreInts): Value {
  return converted(json, read, true);
}

function converted(json: HostJson | undefined, read: NumberReading, isStrict: boolean): Value {
  if (json === undefined || json === null) return null;
  if (typeof json === 'number') return read(json);
  if (typeof json !== 'object') return json;
  return isArray(json) ? new JsonList(json, read, isStrict) : new JsonMap(json, read, isStrict);
}

function isArray(json: object): json is readonly HostJson[] {
  return Array.isArray(json);
}

class JsonList extends CelList {
  override readonly wantsInt: boolean;
  private readonly json: readonly HostJson[];
  private readonly read: NumberReading;
  /** Lists and maps in it, each converted once: many expressions look at the same objects. */
  private readonly made: Value[] = [];

  constructor(json: readonly HostJson[], read: NumberReading, isStrict: boolean) {
    super();
    this.json = json;
    this.read = read;
    this.wantsInt = isStrict;
  }

  get size(): number {
    return this.json.length;
  }

  item(index: number): Value {
    const json = this.json[index];
    if (typeof json !== 'object' || json === null) return converted(json, this.read, this.wantsInt);
    return (this.made[index] ??= converted(json, this.read, this.wantsInt));
  }
}

class JsonMap extends CelMap {
  override readonly isStrict: boolean;
  private readonly json: Readonly<Record<string, HostJson | undefined>>;
  private readonly read: NumberReading;
  /** Lists and maps in it, each converted once. */
  private made: Map<string, Value> | undefined;

  constructor(json: Readonly<Record<string, HostJson | undefined>>, read: NumberReading, isStrict: boolean) {
    super();
    this.json = json;
    this.read = read;
    this.isStrict = isStrict;
  }

  get size(): number {
    return Object.keys(this.json).length;
  }

  find(key: Value): Value | undefined {
    if (typeof key !== 'string')
      return this.isStrict ? new CelError(`unsupported map key type: ${goTypeOf(key)}`) : undefined;
    const known = this.made?.get(key);
    if (known !== undefined) return known;
    if (!Object.hasOwn(this.json, key)) return undefined;
    const value = converted(this.json[key], this.read, this.isStrict);
    if (value instanceof CelMap || value instanceof CelList) (this.made ??= new Map()).set(key, value);
    return value;
  }

  keys(): string[] {
    return Object.keys(this.json);
  }
}
