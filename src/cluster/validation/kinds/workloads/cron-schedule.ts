/*
 * Schedules of CronJobs, as github.com/robfig/cron v3 reads them (ParseStandard): five fields, or a descriptor.
 */

const FIELDS = [
  { least: 0, most: 59, names: [] },
  { least: 0, most: 23, names: [] },
  { least: 1, most: 31, names: [] },
  {
    least: 1,
    most: 12,
    names: ['', 'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  { least: 0, most: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
] as const;
const DESCRIPTORS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];

type Bounds = (typeof FIELDS)[number];

/** What is wrong with a schedule in the reader's words, or undefined. `isZone` tells which names of time zones are known. */
export function scheduleError(schedule: string, isZone: (name: string) => boolean): string | undefined {
  let rest = schedule;
  if (rest === '') return 'empty spec string';
  if (rest.startsWith('TZ=') || rest.startsWith('CRON_TZ=')) {
    const space = rest.indexOf(' ');
    // Without a space the reader takes the last character off and goes on with it.
    const name = rest.slice(rest.indexOf('=') + 1, space < 0 ? rest.length - 1 : space);
    if (!isZone(name)) return `provided bad location ${name}: unknown time zone ${name}`;
    rest = rest.slice(space < 0 ? rest.length - 1 : space).trim();
  }
  if (rest.startsWith('@')) return descriptorError(rest);
  const fields = rest.split(/\s+/).filter((each) => each !== '');
  if (fields.length !== FIELDS.length)
    return `expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`;
  for (const [index, bounds] of FIELDS.entries()) {
    const error = fieldError(fields[index] ?? '', bounds);
    if (error !== undefined) return error;
  }
  return undefined;
}

function descriptorError(descriptor: string): string | undefined {
  if (DESCRIPTORS.includes(descriptor)) return undefined;
  if (!descriptor.startsWith('@every ')) return `unrecognized descriptor: ${descriptor}`;
  const written = descriptor.slice('@every '.length);
  const error = durationError(written);
  return error === undefined ? undefined : `failed to parse duration ${descriptor}: ${error}`;
}

/** What Go's time.ParseDuration says. */
function durationError(written: string): string | undefined {
  const quoted = JSON.stringify(written);
  const unsigned = written.replace(/^[+-]/, '');
  if (unsigned === '0') return undefined;
  if (unsigned === '') return `time: invalid duration ${quoted}`;
  let rest = unsigned;
  while (rest !== '') {
    const number = /^(?:\d+(?:\.\d*)?|\.\d+)/.exec(rest);
    if (number === null) return `time: invalid duration ${quoted}`;
    rest = rest.slice(number[0].length);
    const unit = /^[^.\d]*/.exec(rest)?.[0] ?? '';
    if (unit === '') return `time: missing unit in duration ${quoted}`;
    if (!['ns', 'us', 'µs', 'μs', 'ms', 's', 'm', 'h'].includes(unit))
      return `time: unknown unit ${JSON.stringify(unit)} in duration ${quoted}`;
    rest = rest.slice(unit.length);
  }
  return undefined;
}

function fieldError(field: string, bounds: Bounds): string | undefined {
  for (const range of field.split(',').filter((each) => each !== '')) {
    const error = rangeError(range, bounds);
    if (error !== undefined) return error;
  }
  return undefined;
}

function rangeError(range: string, bounds: Bounds): string | undefined {
  const [span = '', ...steps] = range.split('/');
  const [low = '', ...highs] = span.split('-');
  let { least: start, most: end }: { least: number; most: number } = bounds;
  if (low !== '*' && low !== '?') {
    const first = numberOrName(low, bounds);
    if (typeof first === 'string') return first;
    start = first;
    if (highs.length > 1) return `too many hyphens: ${range}`;
    const last = highs.length === 0 ? first : numberOrName(highs[0] ?? '', bounds);
    if (typeof last === 'string') return last;
    end = last;
  }
  let step = 1;
  if (steps.length > 1) return `too many slashes: ${range}`;
  if (steps.length === 1) {
    const number = plainNumber(steps[0] ?? '');
    if (typeof number === 'string') return number;
    step = number;
    if (highs.length === 0 && low !== '*' && low !== '?') end = bounds.most;
  }
  if (start < bounds.least) return `beginning of range (${start}) below minimum (${bounds.least}): ${range}`;
  if (end > bounds.most) return `end of range (${end}) above maximum (${bounds.most}): ${range}`;
  if (start > end) return `beginning of range (${start}) beyond end of range (${end}): ${range}`;
  return step === 0 ? `step of range should be a positive number: ${range}` : undefined;
}

function numberOrName(written: string, { names }: Bounds): number | string {
  const name = written.toLowerCase();
  const index = name === '' ? -1 : (names as readonly string[]).indexOf(name);
  return index >= 0 ? index : plainNumber(written);
}

/** A number that is not negative, or the error of Go's strconv.Atoi. */
function plainNumber(written: string): number | string {
  if (!/^[+-]?\d+$/.test(written))
    return `failed to parse int from ${written}: strconv.Atoi: parsing ${JSON.stringify(written)}: invalid syntax`;
  const number = Number(written);
  if (!Number.isSafeInteger(number))
    return `failed to parse int from ${written}: strconv.Atoi: parsing ${JSON.stringify(written)}: value out of range`;
  return number < 0 ? `negative number (${number}) not allowed: ${written}` : number;
}
