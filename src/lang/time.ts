import { goQuote } from './go-quote.ts';

/** An instant: seconds since 1970 and nanoseconds of the second, with the offset of the zone it was written in, in seconds. */
export interface ZonedTime {
  readonly seconds: number;
  readonly micros: number;
  readonly nanos: number;
  readonly offset: number;
}

/** A time; or what Go says is wrong with the text. */
export type TimeResult = ZonedTime | { readonly error: string };

const RFC3339 = '2006-01-02T15:04:05Z07:00';
const RFC3339_MICRO = '2006-01-02T15:04:05.000000Z07:00';
/** What the layout asks for, in its own spelling; `needs` digits, or up to that many where `loose`. */
const PARTS = [
  { layout: '2006', needs: 4, loose: false },
  { layout: '-', needs: 0, loose: false },
  { layout: '01', needs: 2, loose: false },
  { layout: '-', needs: 0, loose: false },
  { layout: '02', needs: 2, loose: false },
  { layout: 'T', needs: 0, loose: false },
  { layout: '15', needs: 2, loose: true },
  { layout: ':', needs: 0, loose: false },
  { layout: '04', needs: 2, loose: false },
  { layout: ':', needs: 0, loose: false },
  { layout: '05', needs: 2, loose: false },
] as const;

const RANGES: Readonly<Record<string, readonly [string, number, number]>> = {
  '01': ['month', 1, 12],
  '15': ['hour', 0, 23],
  '04': ['minute', 0, 59],
  '05': ['second', 0, 59],
};

/**
 * Reads an RFC 3339 time as the API server does. Mirrors Go's time.Parse with RFC3339 (metav1.Time) or, with `micro`, the layout
 * of metav1.MicroTime, which wants exactly six decimals: an hour of one digit and a comma before decimals pass, offsets go to 24:60.
 */
export function parseTime(text: string, micro = false): TimeResult {
  const layout = micro ? RFC3339_MICRO : RFC3339;
  const fail = (element: string, rest: string): TimeResult => ({
    error: `parsing time ${goQuote(text)} as ${goQuote(layout)}: cannot parse ${goQuote(rest)} as ${goQuote(element)}`,
  });
  const outOfRange = (what: string): TimeResult => ({ error: `parsing time ${goQuote(text)}: ${what} out of range` });
  const numbers: number[] = [];
  let rest = text;
  for (const part of PARTS) {
    if (part.needs === 0) {
      if (!rest.startsWith(part.layout)) return fail(part.layout, rest);
      rest = rest.slice(1);
      continue;
    }
    const digits = (part.loose ? /^\d\d?/ : part.needs === 4 ? /^\d{4}/ : /^\d\d/).exec(rest)?.[0];
    if (digits === undefined) return fail(part.layout, rest);
    const value = Number(digits);
    const [what = '', least = 0, most = 9999] = RANGES[part.layout] ?? [];
    if (value < least || value > most) return outOfRange(what);
    numbers.push(value);
    rest = rest.slice(digits.length);
  }
  const fraction = (micro ? /^[.,]\d{6}/ : /^(?:[.,]\d+)?/).exec(rest)?.[0];
  if (fraction === undefined) return fail('.000000', rest);
  rest = rest.slice(fraction.length);
  const zone = zoneOf(rest);
  if (zone === undefined) return fail('Z07:00', rest);
  if (typeof zone.offset === 'string') return outOfRange(zone.offset);
  if (zone.rest !== '') return { error: `parsing time ${goQuote(text)}: extra text: ${goQuote(zone.rest)}` };
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = numbers;
  if (day < 1 || day > daysIn(month, year)) return outOfRange('day');
  const seconds = daysSinceEpoch(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - zone.offset;
  const nanos = Number(fraction.slice(1, 10).padEnd(9, '0'));
  return { seconds, micros: Math.floor(nanos / 1000), nanos, offset: zone.offset };
}

/** The zone at the start of the text: its offset in seconds (or what is out of range in it) and what follows it. */
function zoneOf(text: string): { readonly offset: number | string; readonly rest: string } | undefined {
  if (text.startsWith('Z')) return { offset: 0, rest: text.slice(1) };
  const match = /^([+-])(\d\d):(\d\d)/.exec(text);
  if (match === null) return undefined;
  const [whole, sign, hours, minutes] = match;
  const rest = text.slice(whole.length);
  if (Number(minutes) > 60) return { offset: 'time zone offset minute', rest };
  if (Number(hours) > 24) return { offset: 'time zone offset hour', rest };
  const offset = Number(hours) * 3600 + Number(minutes) * 60;
  return { offset: sign === '-' ? -offset : offset, rest };
}

/** The time in UTC as the server writes it; undefined for Go's zero time (the first second of year 1), which it writes as null. */
export function formatTime(seconds: number, micros: number, micro = false): string | undefined {
  if (seconds === ZERO_TIME && micros === 0) return undefined;
  const days = Math.floor(seconds / 86_400);
  const [year, month, day] = civilDate(days);
  const inDay = seconds - days * 86_400;
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = `${two(Math.floor(inDay / 3600))}:${two(Math.floor(inDay / 60) % 60)}:${two(inDay % 60)}`;
  const decimals = micro ? `.${String(micros).padStart(6, '0')}` : '';
  const years = `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}`;
  return `${years}-${two(month)}-${two(day)}T${clock}${decimals}Z`;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function daysIn(month: number, year: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days from 1970-01-01, in the proleptic Gregorian calendar; years count from March so that the leap day comes last. */
export function daysSinceEpoch(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

/** The inverse of `daysSinceEpoch`: year, month from 1 and day from 1. */
export function civilDate(days: number): readonly [number, number, number] {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthIndex = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthIndex + 2) / 5) + 1;
  const month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9;
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day];
}

const ZERO_TIME = daysSinceEpoch(1, 1, 1) * 86_400;
