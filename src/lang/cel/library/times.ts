import { DURATION, INT, STRING, TIMESTAMP } from '../types/cel-type.ts';
import { clockOf, type Clock } from '../values/times.ts';
import { CelError, Duration, noSuchOverload, Timestamp, type Value } from '../values/value.ts';
import { fn, type FunctionDecl, member, type Overload } from './declare.ts';

/** The zones of a time zone database: the seconds east of UTC at an instant; undefined where there is no such zone. */
export type TimeZones = (name: string) => ((seconds: number) => number) | undefined;

type Part = (clock: Clock, nanos: number) => number;

const PARTS: readonly (readonly [name: string, id: string, part: Part, unit?: bigint])[] = [
  ['getFullYear', 'year', ({ year }) => year],
  ['getMonth', 'month', ({ month }) => month - 1],
  ['getDayOfYear', 'day_of_year', ({ yearDay }) => yearDay],
  ['getDayOfMonth', 'day_of_month', ({ day }) => day - 1],
  ['getDate', 'day_of_month_1_based', ({ day }) => day],
  ['getDayOfWeek', 'day_of_week', ({ weekDay }) => weekDay],
  ['getHours', 'hours', ({ hour }) => hour, 3_600_000_000_000n],
  ['getMinutes', 'minutes', ({ minute }) => minute, 60_000_000_000n],
  ['getSeconds', 'seconds', ({ second }) => second, 1_000_000_000n],
  ['getMilliseconds', 'milliseconds', (_, nanos) => Math.floor(nanos / 1_000_000), 1_000_000n],
];

/** The parts of times and durations. Mirrors the time functions of cel-go's common/stdlib. */
export function timeFunctions(zones: TimeZones): readonly FunctionDecl[] {
  return PARTS.map(([name, id, part, unit]) => {
    const overloads: Overload[] = [
      member(`timestamp_to_${id}`, [TIMESTAMP], INT, (time = null) => partOf(time, 'UTC', part, zones)),
      member(`timestamp_to_${id}_with_tz`, [TIMESTAMP, STRING], INT, (time = null, zone = null) =>
        partOf(time, zone, part, zones),
      ),
    ];
    if (unit !== undefined)
      overloads.push(
        member(`duration_to_${id}`, [DURATION], INT, (duration = null) =>
          duration instanceof Duration ? duration.nanos / unit : noSuchOverload(),
        ),
      );
    return fn(name, ...overloads);
  });
}

function partOf(time: Value, zone: Value, part: Part, zones: TimeZones): Value {
  if (!(time instanceof Timestamp) || typeof zone !== 'string') return noSuchOverload();
  const offset = offsetOf(zone, time.seconds, zones);
  return typeof offset === 'number' ? BigInt(part(clockOf(time.seconds + offset), time.nanos)) : offset;
}

/** A zone is a name, or hours and minutes (`-08:30`, `02:00`), which may be any. */
function offsetOf(zone: string, seconds: number, zones: TimeZones): number | CelError {
  const colon = zone.indexOf(':');
  if (colon < 0) {
    if (zone === '' || zone === 'UTC' || zone === 'Local') return 0;
    if (zone.includes('..') || /^[/\\]/.test(zone) || zone.includes('\\'))
      return new CelError('time: invalid location name');
    return zones(zone)?.(seconds) ?? new CelError(`unknown time zone ${zone}`);
  }
  const hours = wholeNumber(zone.slice(0, colon));
  if (typeof hours !== 'number') return hours;
  const minutes = wholeNumber(zone.slice(colon + 1));
  if (typeof minutes !== 'number') return minutes;
  return (zone.startsWith('-') ? hours * 60 - minutes : hours * 60 + minutes) * 60;
}

function wholeNumber(text: string): number | CelError {
  if (!/^[+-]?\d+$/.test(text)) return new CelError(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
  return Number(text);
}
