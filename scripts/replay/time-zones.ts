import type { TimeZones } from '../../src/lang/cel/library/times.ts';

/** Zones that are a fixed offset in the oracle's database, and others in newer ones. */
const FIXED = new Map([
  ['EST', -5],
  ['MST', -7],
  ['HST', -10],
]);

/** The zones that the runtime knows. */
export const runtimeTimeZones: TimeZones = (name) => {
  const fixed = FIXED.get(name);
  if (fixed !== undefined) return () => fixed * 3600;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      hourCycle: 'h23',
    });
  } catch {
    return undefined;
  }
  return (seconds) => {
    const parts = new Map(format.formatToParts(seconds * 1000).map(({ type, value }) => [type, value]));
    const number = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
    const year = parts.get('era') === 'BC' ? 1 - number('year') : number('year');
    const shown = new Date(0);
    shown.setUTCFullYear(year, number('month') - 1, number('day'));
    shown.setUTCHours(number('hour'), number('minute'), number('second'));
    return shown.getTime() / 1000 - seconds;
  };
};
