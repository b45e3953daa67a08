import { civilDate, daysSinceEpoch, parseTime } from '../../time.ts';
import { goPlain } from './go-numbers.ts';
import { CelError, Duration, Timestamp } from './value.ts';

const SECOND = 1_000_000_000n;
const MAX_INT = 2n ** 63n - 1n;
/** The first second of year 1 and the last of year 9999. */
const MIN_SECONDS = -62_135_596_800;
const MAX_SECONDS = 253_402_300_799;
const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1000n,
  '\u00b5s': 1000n,
  '\u03bcs': 1000n,
  ms: 1_000_000n,
  s: SECOND,
  m: 60n * SECOND,
  h: 3600n * SECOND,
};

function timestampOverflow(): CelError {
  return new CelError('timestamp overflow');
}

/** A timestamp, or the error that it is beyond the years 1 to 9999. */
export function timestampOf(seconds: number, nanos: number, offset = 0): Timestamp | CelError {
  return seconds < MIN_SECONDS || seconds > MAX_SECONDS ? timestampOverflow() : new Timestamp(seconds, nanos, offset);
}

/** Reads an RFC 3339 time; undefined where Go refuses it. */
export function parseTimestamp(text: string): Timestamp | CelError | undefined {
  const time = parseTime(text);
  return 'error' in time ? undefined : timestampOf(time.seconds, time.nanos, time.offset);
}

/** A timestamp as Go's RFC3339Nano writes it, in the zone it was written in. */
export function formatTimestamp({ seconds, nanos, offset }: Timestamp): string {
  const { year, month, day, hour, minute, second } = clockOf(seconds + offset);
  const two = (value: number): string => String(value).padStart(2, '0');
  const fraction = nanos === 0 ? '' : `.${String(nanos).padStart(9, '0').replace(/0+$/, '')}`;
  const minutes = Math.floor(Math.abs(offset) / 60);
  const zone = offset === 0 ? 'Z' : `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  const years = `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}`;
  return `${years}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${fraction}${zone}`;
}

/** A date and time of day. `month` and `day` count from 1, `yearDay` and `weekDay` (Sunday) from 0. */
export interface Clock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly yearDay: number;
  readonly weekDay: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** What a clock shows at a count of seconds since 1970 at its place. */
export function clockOf(seconds: number): Clock {
  const days = Math.floor(seconds / 86_400);
  const [year, month, day] = civilDate(days);
  const inDay = seconds - days * 86_400;
  return {
    year,
    month,
    day,
    yearDay: days - daysSinceEpoch(year, 1, 1),
    weekDay: (((days + 4) % 7) + 7) % 7,
    hour: Math.floor(inDay / 3600),
    minute: Math.floor(inDay / 60) % 60,
    second: inDay % 60,
  };
}

/** Nanoseconds in an int64, or the error that they overflow it. */
export function durationOf(nanos: bigint): Duration | CelError {
  return nanos > MAX_INT || nanos < -MAX_INT - 1n ? new CelError('integer overflow') : new Duration(nanos);
}

/** Reads `1h30m`; undefined where Go refuses it. Mirrors time.ParseDuration. */
export function parseDuration(text: string): Duration | undefined {
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  let rest = text.slice(sign.length);
  if (rest === '0') return new Duration(0n);
  if (rest === '') return undefined;
  let total = 0n;
  while (rest !== '') {
    const [whole = '', digits = '', point, decimals = '', unit = ''] = /^(\d*)(\.(\d*))?([^\d.]+)/.exec(rest) ?? [];
    const size = Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined;
    if (size === undefined || (digits === '' && (point === undefined || decimals === ''))) return undefined;
    total += BigInt(digits === '' ? '0' : digits) * size + fractionOf(decimals, size);
    if (total > MAX_INT + 1n) return undefined;
    rest = rest.slice(whole.length);
  }
  if (sign === '-') return new Duration(-total);
  return total > MAX_INT ? undefined : new Duration(total);
}

/** Go reckons the part after the point in floating point, and only as many digits as fit. */
function fractionOf(decimals: string, unit: bigint): bigint {
  let value = 0n;
  let scale = 1;
  for (const digit of decimals) {
    const next = value * 10n + BigInt(digit);
    if (next > MAX_INT) break;
    value = next;
    scale *= 10;
  }
  return value === 0n ? 0n : BigInt(Math.trunc(Number(value) * (Number(unit) / scale)));
}

/** A duration as cel-go writes it: seconds. */
export function formatDuration({ nanos }: Duration): string {
  return `${goPlain(Number(nanos / SECOND) + Number(nanos % SECOND) / 1e9)}s`;
}

/** An instant some time later. Mirrors addTimeDurationChecked. */
export function addDuration(time: Timestamp, { nanos }: Duration): Timestamp | CelError {
  const sum = BigInt(time.seconds) * SECOND + BigInt(time.nanos) + nanos;
  let seconds = sum / SECOND;
  let rest = sum % SECOND;
  if (rest < 0n) {
    seconds -= 1n;
    rest += SECOND;
  }
  return timestampOf(Number(seconds), Number(rest), time.offset);
}

/** The time from one instant to another. Mirrors subtractTimeChecked. */
export function timeBetween(from: Timestamp, to: Timestamp): Duration | CelError {
  const seconds = BigInt(to.seconds - from.seconds) * SECOND;
  if (seconds > MAX_INT || seconds < -MAX_INT - 1n) return new CelError('integer overflow');
  return durationOf(seconds + BigInt(to.nanos - from.nanos));
}
