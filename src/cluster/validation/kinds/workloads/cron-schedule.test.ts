import { expect, it } from 'vitest';
import { scheduleError } from './cron-schedule.ts';
import { isTimeZone } from './time-zones.ts';

it('reads schedules as robfig/cron does', () => {
  for (const good of ['* * * * *', '*/5 0-3,7 1 jan mon', '@midnight', '@every 5m', '0 0 31 2 ?'])
    expect(scheduleError(good, isTimeZone)).toBe(undefined);
  expect(scheduleError('* * * *', isTimeZone)).toBe('expected exactly 5 fields, found 4: [* * * *]');
  expect(scheduleError('60 * * * *', isTimeZone)).toContain('above maximum');
  expect(scheduleError('* * * * 7', isTimeZone)).toContain('above maximum');
});

it('knows the names of the database of time zones', () => {
  expect(['Etc/UTC', 'Europe/Berlin', 'UTC', 'Local', ''].map(isTimeZone)).toEqual([true, true, true, true, true]);
  expect(['europe/berlin', 'Mars/Base', '+01:00'].map(isTimeZone)).toEqual([false, false, false]);
});
