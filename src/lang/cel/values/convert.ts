import { CelType, typeText } from '../types/cel-type.ts';
import { utf8 } from './text.ts';
import { intOf, uintOf } from './arithmetic.ts';
import { goGeneral } from './go-numbers.ts';
import { formatDuration, formatTimestamp, parseDuration, parseTimestamp, timestampOf } from './times.ts';
import { CelError, Duration, Opaque, Timestamp, typeOf, Uint, type Value } from './value.ts';

const MAX_INT = 2n ** 63n - 1n;
const TRUE = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const FALSE = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False']);

/** A value as another type, or the error that it cannot be. Mirrors the ConvertToType methods of cel-go's types. */
export function convert(value: Value, to: CelType): Value {
  if (value instanceof CelError) return value;
  const from = typeOf(value);
  if (to.kind === 'type') return from;
  if (from.kind === to.kind && from.name === to.name) return value;
  return converted(value, to) ?? new CelError(`type conversion error from '${typeText(from)}' to '${typeText(to)}'`);
}

function converted(value: Value, to: CelType): Value | undefined {
  switch (to.kind) {
    case 'string':
      return textOf(value);
    case 'int':
      return asInt(value);
    case 'uint':
      return asUint(value);
    case 'double':
      return asDouble(value);
    case 'bool':
      return typeof value === 'string' ? parseBool(value) : undefined;
    case 'bytes':
      return typeof value === 'string' ? utf8(value) : undefined;
    case 'duration':
      return typeof value === 'string' ? parseDuration(value) : undefined;
    case 'timestamp':
      if (typeof value === 'bigint') return timestampOf(Number(value), 0);
      return typeof value === 'string' ? parseTimestamp(value) : undefined;
    default:
      return undefined;
  }
}

/** The text of a value; undefined where its type has none. */
function textOf(value: Value): Value | undefined {
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return goGeneral(value);
  if (value === null) return 'null';
  if (value instanceof Uint) return String(value.value);
  if (value instanceof Timestamp) return formatTimestamp(value);
  if (value instanceof Duration) return formatDuration(value);
  if (value instanceof Uint8Array)
    return decodeUtf8(value) ?? new CelError('invalid UTF-8 in bytes, cannot convert to string');
  if (value instanceof CelType) return value.name;
  return value instanceof Opaque && 'text' in value && typeof value.text === 'string' ? value.text : undefined;
}

function asInt(value: Value): Value | undefined {
  if (value instanceof Uint) return intOf(value.value);
  if (typeof value === 'number')
    return Number.isNaN(value) || value <= -(2 ** 63) || value >= 2 ** 63
      ? new CelError('integer overflow')
      : BigInt(Math.trunc(value));
  if (value instanceof Timestamp) return BigInt(value.seconds);
  if (value instanceof Duration) return value.nanos;
  if (typeof value !== 'string' || !/^[+-]?\d+$/.test(value)) return undefined;
  const parsed = BigInt(value.replace(/^\+/, ''));
  return parsed > MAX_INT || parsed < -MAX_INT - 1n ? undefined : parsed;
}

function asUint(value: Value): Value | undefined {
  if (typeof value === 'bigint') return uintOf(value);
  if (typeof value === 'number')
    return Number.isNaN(value) || value < 0 || value >= 2 ** 64
      ? new CelError('unsigned integer overflow')
      : new Uint(BigInt(Math.trunc(value)));
  if (typeof value !== 'string' || !/^\d+$/.test(value)) return undefined;
  const parsed = uintOf(BigInt(value));
  return parsed instanceof CelError ? undefined : parsed;
}

function asDouble(value: Value): Value | undefined {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Uint) return Number(value.value);
  return typeof value === 'string' ? parseFloat64(value) : undefined;
}

/** Mirrors strconv.ParseFloat. */
function parseFloat64(text: string): number | undefined {
  const word = /^([+-]?)(?:(inf(?:inity)?)|(nan))$/i.exec(text);
  if (word !== null) return word[3] === undefined ? (word[1] === '-' ? -Infinity : Infinity) : NaN;
  // Go takes underscores between digits.
  if (/(?:^|[^\da-fx])_|_(?:[^\da-f]|$)/i.test(text)) return undefined;
  const digits = text.replaceAll('_', '');
  const hex = /^([+-]?)0x([\da-f]*)(?:\.([\da-f]*))?p([+-]?\d+)$/i.exec(digits);
  if (hex !== null) {
    const [, sign, whole = '', fraction = '', exponent] = hex;
    if (whole + fraction === '') return undefined;
    const value = Number(BigInt(`0x${whole}${fraction}`)) * 2 ** (Number(exponent) - 4 * fraction.length);
    return Number.isFinite(value) ? (sign === '-' ? -value : value) : undefined;
  }
  if (!/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(digits)) return undefined;
  const value = Number(digits);
  return Number.isFinite(value) ? value : undefined;
}

function parseBool(text: string): boolean | undefined {
  return TRUE.has(text) ? true : FALSE.has(text) ? false : undefined;
}

/** The text of UTF-8 bytes; undefined where they are none. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  let text = '';
  for (let index = 0; index < bytes.length;) {
    const first = bytes[index] ?? 0;
    const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    let rune = length === 1 ? first : first & (0xff >> (length + 1));
    for (let at = 1; at < length; at++) {
      const next = bytes[index + at] ?? 0;
      if ((next & 0xc0) !== 0x80) return undefined;
      rune = (rune << 6) | (next & 0x3f);
    }
    const least = [0, 0, 0x80, 0x800, 0x10000][length] ?? 0;
    if (rune < least || rune > 0x10ffff || (rune >= 0xd800 && rune <= 0xdfff) || (first >= 0x80 && first < 0xc2))
      return undefined;
    text += String.fromCodePoint(rune);
    index += length;
  }
  return text;
}
