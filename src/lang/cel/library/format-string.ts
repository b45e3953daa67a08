import { compareBytes } from '../../byte-order.ts';
import { goQuote } from '../../go-quote.ts';
import { utf8 } from '../values/text.ts';
import { convert } from '../values/convert.ts';
import { STRING } from '../types/cel-type.ts';
import { goFixedDigits, roundedQuotient } from '../values/go-numbers.ts';
import { formatDuration, formatTimestamp } from '../values/times.ts';
import { CelError, CelList, CelMap, Duration, Timestamp, typeOf, Uint, type Value } from '../values/value.ts';
import { CelType } from '../types/cel-type.ts';

/** A part of a format: plain text, or what an argument becomes. */
export type FormatPart = { readonly text: string } | { readonly verb: string; readonly precision: number | undefined };

const VERBS = 'sdfebxXo';
const DEFAULT_PRECISION = 6;

/** What each verb wants, as messages say it. */
export const VERB_WANTS: Readonly<Record<string, string>> = {
  s: 'string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps',
  d: 'decimal clause can only be used on integers',
  f: 'fixed-point clause can only be used on doubles',
  e: 'scientific clause can only be used on doubles',
  b: 'only integers and bools can be formatted as binary',
  x: 'only integers, byte buffers, and strings can be formatted as hex',
  X: 'only integers, byte buffers, and strings can be formatted as hex',
  o: 'octal clause can only be used on integers',
};

/** The error that an argument does not suit its verb. */
export function wrongArgument(verb: string, type: string): string {
  return `error during formatting: ${VERB_WANTS[verb] ?? ''}, was given ${type}`;
}

/** Reads a format piece by piece; an error ends it. `count` is how many arguments there are. Mirrors ext/formatting.go. */
export function* formatParts(format: string, count: number): Generator<FormatPart | { readonly error: string }> {
  let used = 0;
  for (let at = 0; at < format.length;) {
    const percent = format.indexOf('%', at);
    if (percent < 0) {
      yield { text: format.slice(at) };
      return;
    }
    if (percent > at) yield { text: format.slice(at, percent) };
    if (format.charAt(percent + 1) === '%') {
      yield { text: '%' };
      at = percent + 2;
      continue;
    }
    const clause = used >= count ? { error: `index ${used} out of range` } : clauseAt(format, percent + 1);
    yield clause;
    if ('error' in clause) return;
    used++;
    at = clause.end;
  }
}

interface Clause {
  readonly verb: string;
  readonly precision: number | undefined;
  readonly end: number;
}

function clauseAt(format: string, at: number): Clause | { readonly error: string } {
  if (at >= format.length) return { error: 'unexpected end of string' };
  const failed = (why: string): { readonly error: string } => ({
    error: `could not parse formatting clause: ${why}`,
  });
  let precision: number | undefined;
  let end = at;
  if (format.charAt(at) === '.') {
    const digits = /^\d*/.exec(format.slice(at + 1))?.[0] ?? '';
    end = at + 1 + digits.length;
    if (end >= format.length) return failed('error while parsing precision: could not find end of precision specifier');
    if (digits === '')
      return failed(
        'error while parsing precision: error while converting precision to integer: strconv.Atoi: parsing "": invalid syntax',
      );
    precision = Number(digits);
  }
  const verb = format.charAt(end);
  if (VERBS.includes(verb)) return { verb, precision, end: end + 1 };
  // Go reads bytes here, and shows the first one as a character.
  const [first = 0] = utf8(String.fromCodePoint(format.codePointAt(end) ?? 0));
  return failed(`unrecognized formatting clause "${String.fromCharCode(first)}"`);
}

/** The text of a format with its arguments in place. */
export function formatString(format: string, args: CelList): Value {
  let text = '';
  let used = 0;
  for (const part of formatParts(format, args.size)) {
    if ('error' in part) return new CelError(part.error);
    if ('text' in part) {
      text += part.text;
      continue;
    }
    const written = formatArgument(part.verb, part.precision, args.item(used++));
    if (typeof written !== 'string') return written;
    text += written;
  }
  return text;
}

function formatArgument(verb: string, precision: number | undefined, value: Value): string | CelError {
  const written =
    verb === 's' ? plain(value) : verb === 'f' || verb === 'e' ? double(verb, precision, value) : digits(verb, value);
  if (written === undefined) return new CelError(wrongArgument(verb, typeOf(value).name));
  return typeof written === 'string' ? written : new CelError(`error during formatting: ${written.message}`);
}

/** `%s`. */
function plain(value: Value): string | CelError | undefined {
  if (value instanceof CelList) return listText(value);
  if (value instanceof CelMap) return mapText(value);
  if (value === null) return 'null';
  if (typeof value === 'object' && !isPlain(value)) return undefined;
  const text = convert(value, STRING);
  return typeof text === 'string'
    ? text
    : new CelError(`could not convert argument ${goQuote(text instanceof CelError ? text.message : '')} to string`);
}

function isPlain(value: object): boolean {
  return [Uint, Uint8Array, Timestamp, Duration, CelType].some((type) => value instanceof type);
}

function listText(list: CelList): string | CelError {
  const texts: string[] = [];
  for (const item of list) {
    const text = nested(item);
    if (typeof text !== 'string') return text;
    texts.push(text);
  }
  return `[${texts.join(', ')}]`;
}

function mapText(map: CelMap): string | CelError {
  const entries: (readonly [string, string])[] = [];
  for (const key of map.keys()) {
    const isKey = typeof key === 'string' || typeof key === 'boolean' || typeof key === 'bigint' || key instanceof Uint;
    if (!isKey) return new CelError(`no formatting function for map key of type ${typeOf(key).name}`);
    const name = nested(key);
    if (typeof name !== 'string') return name;
    const text = nested(map.find(key) ?? null);
    if (typeof text !== 'string') return text;
    entries.push([name, text]);
  }
  entries.sort(([left], [right]) => compareBytes(left, right));
  return `{${entries.map(([key, text]) => `${key}:${text}`).join(', ')}}`;
}

/** A value inside a list or map. */
function nested(value: Value): string | CelError {
  if (typeof value === 'string') return goQuote(value);
  if (typeof value === 'number') {
    if (Number.isNaN(value)) return '"NaN"';
    if (!Number.isFinite(value)) return value > 0 ? '"+Inf"' : '"-Inf"';
    const sign = value < 0 || Object.is(value, -0) ? '-' : '';
    return `${sign}${goFixedDigits(Math.abs(value), DEFAULT_PRECISION)}`;
  }
  if (value instanceof Timestamp) return `timestamp(${goQuote(formatTimestamp(value))})`;
  if (value instanceof Duration) return `duration(${goQuote(formatDuration(value))})`;
  const text = plain(value);
  if (text === undefined) return new CelError(`no formatting function for ${typeOf(value).name}`);
  return value instanceof Uint8Array && typeof text === 'string' ? `b${goQuote(text)}` : text;
}

const NAMED_DOUBLES: Readonly<Record<string, number>> = { NaN, Infinity, '-Infinity': -Infinity };

/** `%f` and `%e`, in the manner of American English. What is the precision of `%e` to cel-go is the width to the printer it uses. */
function double(verb: string, precision = DEFAULT_PRECISION, value: Value): string | undefined {
  const number = typeof value === 'string' ? NAMED_DOUBLES[value] : value;
  if (typeof number !== 'number') return undefined;
  const sign = number < 0 || Object.is(number, -0) ? '-' : '';
  const magnitude = Math.abs(number);
  if (verb === 'f') return `${sign}${Number.isFinite(number) ? fixed(magnitude, precision) : named(magnitude)}`;
  return `${sign}${Number.isFinite(number) ? scientific(magnitude) : named(magnitude)}`.padStart(precision);
}

function named(magnitude: number): string {
  return Number.isNaN(magnitude) ? 'NaN' : '∞';
}

function fixed(value: number, precision: number): string {
  const [whole = '', fraction] = goFixedDigits(value, precision).split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function scientific(value: number): string {
  const [mantissa = '', exponent = '0'] = exactExponential(value).split('e');
  const power = String(Math.abs(Number(exponent)))
    .padStart(2, '0')
    .replace(/\d/g, (digit) => SUPERSCRIPTS.charAt(Number(digit)));
  return `${mantissa}×10${Number(exponent) < 0 ? '⁻' : ''}${power}`;
}

/** A number with six decimals and an exponent, exact halves to the even digit. */
function exactExponential(value: number): string {
  let exponent = value === 0 ? 0 : Number(value.toExponential().split('e')[1]);
  let rounded = roundedQuotient(value, BigInt(DEFAULT_PRECISION - exponent));
  if (rounded >= 10n ** BigInt(DEFAULT_PRECISION + 1)) {
    exponent++;
    rounded = roundedQuotient(value, BigInt(DEFAULT_PRECISION - exponent));
  }
  const digits = rounded.toString().padStart(DEFAULT_PRECISION + 1, '0');
  return `${digits.slice(0, -DEFAULT_PRECISION)}.${digits.slice(-DEFAULT_PRECISION)}e${exponent}`;
}

/** `%d`, `%b`, `%o`, `%x` and `%X`. */
function digits(verb: string, value: Value): string | undefined {
  const whole = typeof value === 'bigint' ? value : value instanceof Uint ? value.value : undefined;
  switch (verb) {
    case 'd':
      return whole?.toString();
    case 'b':
      return typeof value === 'boolean' ? String(Number(value)) : whole?.toString(2);
    case 'o':
      return whole?.toString(8);
    default: {
      const bytes = typeof value === 'string' ? utf8(value) : value;
      const hex =
        bytes instanceof Uint8Array
          ? Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
          : whole?.toString(16);
      return verb === 'X' ? hex?.toUpperCase() : hex;
    }
  }
}
