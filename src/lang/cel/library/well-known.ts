import {
  ANY,
  BOOL,
  BYTES,
  type CelType,
  DOUBLE,
  DURATION,
  DYN,
  INT,
  listType,
  mapType,
  nullableType,
  STRING,
  type StructFields,
  TIMESTAMP,
  UINT,
} from '../types/cel-type.ts';
import { ArrayList, mapOf } from '../values/collections.ts';
import { durationOf, timestampOf } from '../values/times.ts';
import { CelError, Uint, type Value } from '../values/value.ts';

interface Message {
  readonly type: CelType;
  readonly fields: Readonly<Record<string, CelType>>;
  readonly build: (fields: ReadonlyMap<string, Value>) => Value;
}

function wrapper(type: CelType, zero: Value, fits: (value: bigint) => boolean = () => true): Message {
  return {
    type: nullableType(type),
    fields: { value: type },
    build: (fields) => {
      const value = fields.has('value') ? (fields.get('value') ?? null) : zero;
      if (typeof value === 'bigint' && !fits(value)) return new CelError('integer overflow');
      return value instanceof Uint && !fits(value.value) ? new CelError('unsigned integer overflow') : value;
    },
  };
}

function whole(fields: ReadonlyMap<string, Value>, name: string): bigint {
  const value = fields.get(name);
  return typeof value === 'bigint' ? value : 0n;
}

const PREFIX = 'google.protobuf.';
const VALUE_FIELDS = {
  null_value: INT,
  number_value: DOUBLE,
  string_value: STRING,
  bool_value: BOOL,
  struct_value: mapType(STRING, DYN),
  list_value: listType(DYN),
};
const MESSAGES: Readonly<Record<string, Message>> = {
  Any: { type: ANY, fields: { type_url: STRING, value: BYTES }, build: () => new CelError('conversion error') },
  BoolValue: wrapper(BOOL, false),
  BytesValue: wrapper(BYTES, new Uint8Array()),
  DoubleValue: wrapper(DOUBLE, 0),
  FloatValue: wrapper(DOUBLE, 0),
  Int32Value: wrapper(INT, 0n, (value) => value === BigInt.asIntN(32, value)),
  Int64Value: wrapper(INT, 0n),
  StringValue: wrapper(STRING, ''),
  UInt32Value: wrapper(UINT, new Uint(0n), (value) => value === BigInt.asUintN(32, value)),
  UInt64Value: wrapper(UINT, new Uint(0n)),
  Timestamp: {
    type: TIMESTAMP,
    fields: { seconds: INT, nanos: INT },
    build: (fields) => timestampOf(Number(whole(fields, 'seconds')), Number(whole(fields, 'nanos'))),
  },
  Duration: {
    type: DURATION,
    fields: { seconds: INT, nanos: INT },
    build: (fields) => durationOf(whole(fields, 'seconds') * 1_000_000_000n + whole(fields, 'nanos')),
  },
  Value: {
    type: DYN,
    fields: VALUE_FIELDS,
    build: (fields) => [...fields].findLast(([name]) => name !== 'null_value')?.[1] ?? null,
  },
  Struct: {
    type: mapType(STRING, DYN),
    fields: { fields: mapType(STRING, DYN) },
    build: (fields) => fields.get('fields') ?? mapOf([]),
  },
  ListValue: {
    type: listType(DYN),
    fields: { values: listType(DYN) },
    build: (fields) => fields.get('values') ?? new ArrayList([]),
  },
};

/** The well-known messages of protocol buffers as types that can be named. */
export const WELL_KNOWN_TYPES: readonly (readonly [name: string, type: CelType])[] = Object.entries(MESSAGES).map(
  ([name, { type }]) => [`${PREFIX}${name}`, type],
);

function messageOf(name: string): Message | undefined {
  const short = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : '';
  return Object.hasOwn(MESSAGES, short) ? MESSAGES[short] : undefined;
}

/** The fields of a well-known message. */
export function wellKnownFields(name: string): StructFields | undefined {
  const message = messageOf(name);
  return message && ((field) => (Object.hasOwn(message.fields, field) ? message.fields[field] : undefined));
}

/** The value that a well-known message stands for; undefined where it is none. */
export function buildWellKnown(name: string, fields: ReadonlyMap<string, Value>): Value | undefined {
  return messageOf(name)?.build(fields);
}
