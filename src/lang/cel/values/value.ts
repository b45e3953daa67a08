import {
  BOOL,
  BYTES,
  CelType,
  DOUBLE,
  DURATION,
  ERROR,
  INT,
  LIST,
  MAP,
  NULL,
  OPTIONAL,
  STRING,
  TIMESTAMP,
  TYPE,
  UINT,
} from '../types/cel-type.ts';

/** A value of CEL: `bigint` is int, `number` is double. An error is a value too, until it is the answer. */
export type Value =
  | null
  | boolean
  | bigint
  | number
  | string
  | Uint8Array
  | Uint
  | Timestamp
  | Duration
  | CelList
  | CelMap
  | Optional
  | CelType
  | Opaque
  | CelError;

/** An unsigned integer below 2^64. */
export class Uint {
  readonly value: bigint;

  constructor(value: bigint) {
    this.value = value;
  }
}

/** An instant: seconds since 1970 and nanoseconds, with the offset of its zone in seconds, which only its text shows. */
export class Timestamp {
  readonly seconds: number;
  readonly nanos: number;
  readonly offset: number;

  constructor(seconds: number, nanos: number, offset = 0) {
    this.seconds = seconds;
    this.nanos = nanos;
    this.offset = offset;
  }
}

export class Duration {
  readonly nanos: bigint;

  constructor(nanos: bigint) {
    this.nanos = nanos;
  }
}

/** A value that may be absent. */
export class Optional {
  readonly value: Value | undefined;

  constructor(value?: Value) {
    this.value = value;
  }
}

/** The failure of an evaluation: its message, and the place in the text where it arose (-1 until known). */
export class CelError {
  readonly message: string;
  readonly at: number;

  constructor(message: string, at = -1) {
    this.message = message;
    this.at = at;
  }
}

/** A list; items may be made when they are asked for. */
export abstract class CelList {
  abstract readonly size: number;
  /** The item at an index within the size. */
  abstract item(index: number): Value;
  /** Whether the list is two put together, which compares by rules of its own. */
  readonly isConcatenation: boolean = false;
  /** Whether a whole number of another type is no index, as in lists of Go structs. */
  readonly wantsInt: boolean = false;

  /** How it compares with a list, where it has rules of its own. */
  sameAs?(other: CelList): boolean | CelError | undefined;

  /** What it and another list make together, where it has rules of its own. */
  joined?(other: CelList): CelList | undefined;

  *[Symbol.iterator](): Generator<Value> {
    for (let index = 0; index < this.size; index++) yield this.item(index);
  }
}

/** A map; values may be made when they are asked for. */
export abstract class CelMap {
  abstract readonly size: number;
  /** The value of a key; an error where a key of its type cannot be; undefined where there is none. */
  abstract find(key: Value): Value | undefined;
  abstract keys(): Iterable<Value>;
  /** Whether comparing with what is no map is an error, as for Go structs. */
  readonly isStrict: boolean = false;
}

/** A value of a type that only its own functions can look into. */
export abstract class Opaque {
  abstract readonly type: CelType;
  /** What Go calls the type. */
  abstract readonly goType: string;
  /** Equality; an error where the other value is of another type. */
  abstract equals(other: Value): boolean | CelError;

  /** How many bytes it counts in costs; undefined where it has no size. */
  get byteSize(): number | undefined {
    return undefined;
  }
}

/** What most operations answer for values that they are not made for. */
export function noSuchOverload(): CelError {
  return new CelError('no such overload');
}

/** The type of a value at run time. */
export function typeOf(value: Value): CelType {
  switch (typeof value) {
    case 'boolean':
      return BOOL;
    case 'bigint':
      return INT;
    case 'number':
      return DOUBLE;
    case 'string':
      return STRING;
    default:
      return value === null ? NULL : typeOfObject(value);
  }
}

function typeOfObject(value: Exclude<Value, null | boolean | bigint | number | string>): CelType {
  if (value instanceof CelMap) return MAP;
  if (value instanceof CelList) return LIST;
  if (value instanceof Optional) return OPTIONAL;
  if (value instanceof CelError) return ERROR;
  if (value instanceof Uint) return UINT;
  if (value instanceof Timestamp) return TIMESTAMP;
  if (value instanceof Duration) return DURATION;
  if (value instanceof Uint8Array) return BYTES;
  return value instanceof CelType ? TYPE : value.type;
}

/** What Go calls the type of a value, which some messages tell. */
export function goTypeOf(value: Value): string {
  if (value instanceof Opaque) return value.goType;
  if (value instanceof CelMap) return '*types.baseMap';
  if (value instanceof CelList) return value.isConcatenation ? '*types.concatList' : '*types.baseList';
  if (value instanceof Optional) return '*types.Optional';
  if (value instanceof CelError) return '*types.Err';
  if (value instanceof CelType) return '*types.Type';
  const { kind } = typeOf(value);
  return `types.${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
}
