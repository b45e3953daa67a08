import { isObject, record, text } from '../../../../model/json.ts';
import type { Json, JsonObject } from '../../../../model/object.ts';
import { type Check, declaratively, invalid, required, unsupported } from '../../check/check.ts';
import { metadataIn } from '../../check/metadata.ts';
import { field, fieldAt, type Place } from '../../check/place.ts';
import { atLeast, needed, oneOf, present, type Rule, table } from '../../check/rules.ts';
import { printedSelector } from '../../check/values.ts';
import { scheduleError } from './cron-schedule.ts';
import { kindCheck } from '../kind-check.ts';
import { isTimeZone } from './time-zones.ts';
import { checkJobSpec } from './job.ts';

/*
 * Jobs and CronJobs. Mirrors pkg/apis/batch/validation, v1.24 and v1.37.
 */

const SPEC = field(undefined, 'spec');

/** From here on a zone in the schedule is refused and the field for it is looked at. */
const FIRST_TIME_ZONE = 25;

const FIRST_NO_SCHEDULE_ZONE = 29;

const MOST_CRON_NAME = 52;

export const cronJobCheck = kindCheck(true, {
  rest: (check, object, old) => {
    checkCronSpec(check, record(object.spec), record(old?.spec));
    const name = text(metadataIn(object).name);
    if (old === undefined && name.length > MOST_CRON_NAME)
      invalid(check, fieldAt(undefined, 'metadata', 'name'), name, 'must be no more than 52 characters');
  },
});

function checkCronSpec(check: Check, spec: JsonObject, old: JsonObject): void {
  if (text(spec.schedule) === '')
    declaratively(check, (late) => {
      required(late, field(SPEC, 'schedule'));
    });
  else schedule(spec, old)(check, spec.schedule, field(SPEC, 'schedule'));
  present(atLeast(0))(check, spec.startingDeadlineSeconds, field(SPEC, 'startingDeadlineSeconds'));
  if (check.minor >= FIRST_TIME_ZONE && spec.timeZone !== old.timeZone)
    checkZone(check, spec.timeZone, field(SPEC, 'timeZone'));
  needed('', oneOf('Allow', 'Forbid', 'Replace'))(check, spec.concurrencyPolicy, field(SPEC, 'concurrencyPolicy'));
  const at = fieldAt(SPEC, 'jobTemplate', 'spec');
  const job = record(record(spec.jobTemplate).spec);
  checkJobSpec(check, job, at);
  if (isObject(job.selector))
    invalid(check, field(at, 'selector'), printedSelector(job.selector), '`selector` will be auto-generated');
  if (job.manualSelector === true) unsupported(check, field(at, 'manualSelector'), true, ['nil', 'false']);
  table(['successfulJobsHistoryLimit', present(atLeast(0))], ['failedJobsHistoryLimit', present(atLeast(0))])(
    check,
    spec,
    SPEC,
  );
}

function schedule(spec: JsonObject, old: JsonObject): Rule {
  return (check, value, at) => {
    const written = text(value);
    const error = scheduleError(written, isTimeZone);
    if (error !== undefined) invalid(check, at, written, error);
    const both = 'cannot use both timeZone field and TZ or CRON_TZ in schedule';
    const alone = 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead';
    if (!written.includes('TZ')) return;
    const hasZone = spec.timeZone !== undefined;
    if (check.minor < FIRST_NO_SCHEDULE_ZONE) {
      if (hasZone) invalid(check, at, written, both);
    } else if (hasZone) invalid(check, at, written, both);
    else if (!text(old.schedule).includes('TZ')) invalid(check, at, written, alone);
  };
}

function checkZone(check: Check, value: Json | undefined, at: Place): void {
  if (value === undefined) return;
  const name = text(value);
  if (name === '') {
    invalid(check, at, '', 'timeZone must be nil or non-empty string');
    return;
  }
  if (name.toLowerCase() === 'local')
    invalid(check, at, name, 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones');
  if (name !== 'Local' && !isTimeZone(name)) invalid(check, at, name, `unknown time zone ${name}`);
}
