import { isObject, list, record, text } from '../../../../model/json.ts';
import type { JsonObject } from '../../../../model/object.ts';
import { type Check, duplicate, goJson, invalid, required, tooMany, unsupported } from '../../check/check.ts';
import { field, item, type Place } from '../../check/place.ts';
import { atLeast, needed, oneOf } from '../../check/rules.ts';
import { labelName, numberOf } from '../../check/values.ts';

/*
 * Jobs and CronJobs. Mirrors pkg/apis/batch/validation, v1.24 and v1.37.
 */

export function checkPolicies(check: Check, spec: JsonObject, at: Place): void {
  const { podFailurePolicy, successPolicy, podReplacementPolicy: replacement } = spec;
  if (isObject(podFailurePolicy)) checkFailurePolicy(check, podFailurePolicy, spec, field(at, 'podFailurePolicy'));
  if (isObject(successPolicy)) checkSuccessPolicy(check, successPolicy, spec, field(at, 'successPolicy'));
  if (replacement === undefined) return;
  const place = field(at, 'podReplacementPolicy');
  if (isObject(podFailurePolicy)) {
    if (replacement !== 'Failed') unsupported(check, place, replacement, ['Failed']);
  } else oneOf('Failed', 'TerminatingOrFailed')(check, replacement, place);
}

const ACTIONS = ['Count', 'FailIndex', 'FailJob', 'Ignore'];

const STATUSES = ['False', 'True', 'Unknown'];

const BARE = { go: '', json: '' };

function quoted(values: readonly string[]): string {
  return `valid values: [${values.map((value) => JSON.stringify(value)).join(' ')}]`;
}

function checkFailurePolicy(check: Check, policy: JsonObject, spec: JsonObject, at: Place): void {
  const rules = list(policy.rules).map(record);
  if (rules.length > 20) tooMany(check, field(at, 'rules'), rules.length, 20);
  const inside = record(record(spec.template).spec);
  const names = [...list(inside.containers), ...list(inside.initContainers)].map((one) => text(record(one).name));
  for (const [index, rule] of rules.entries()) {
    const place = item(field(at, 'rules'), index);
    const action = text(rule.action);
    if (action === '') required(check, field(place, 'action'), quoted(ACTIONS));
    else if (action === 'FailIndex') {
      if (spec.backoffLimitPerIndex === undefined)
        invalid(check, field(place, 'action'), action, 'requires the backoffLimitPerIndex to be set');
    } else if (!ACTIONS.includes(action)) unsupported(check, field(place, 'action'), action, ACTIONS);
    if (isObject(rule.onExitCodes)) checkExitCodes(check, rule.onExitCodes, names, field(place, 'onExitCodes'));
    for (const [number, pattern] of list(rule.onPodConditions).entries()) {
      const where = item(field(place, 'onPodConditions'), number);
      labelName(check, record(pattern).type, field(where, 'type'));
      needed(quoted(STATUSES), oneOf(...STATUSES))(check, record(pattern).status, field(where, 'status'));
    }
    const has = [isObject(rule.onExitCodes), list(rule.onPodConditions).length > 0];
    if (has[0] === has[1]) {
      const detail =
        has[0] === true
          ? 'specifying both OnExitCodes and OnPodConditions is not supported'
          : 'specifying one of OnExitCodes and OnPodConditions is required';
      bare(check, place, detail);
    }
  }
}

/** A complaint that shows no value. */
function bare(check: Check, at: Place, detail: string): void {
  const before = check.errors.length;
  invalid(check, at, BARE, detail);
  const made = check.errors[before];
  if (made === undefined) return;
  const text2 = `Invalid value: ${detail}`;
  check.errors[before] = { ...made, detail: text2, message: `${made.field}: ${text2}` };
}

function checkExitCodes(check: Check, codes: JsonObject, names: readonly string[], at: Place): void {
  const { operator, containerName, values } = codes;
  needed(quoted(['In', 'NotIn']), oneOf('In', 'NotIn'))(check, operator, field(at, 'operator'));
  if (containerName !== undefined && !names.includes(text(containerName))) {
    const detail = 'must be one of the container or initContainer names in the pod template';
    invalid(check, field(at, 'containerName'), containerName, detail);
  }
  const place = field(at, 'values');
  const numbers = list(values).map(numberOf);
  if (numbers.length === 0)
    invalid(
      check,
      place,
      values === undefined ? null : { go: '[]int32{}', json: '[]' },
      'at least one value is required',
    );
  else if (numbers.length > 255) tooMany(check, place, numbers.length, 255);
  const seen = new Set<number>();
  let isOrdered = true;
  for (const [index, code] of numbers.entries()) {
    if (operator === 'In' && code === 0) invalid(check, item(place, index), code, 'must not be 0 for the In operator');
    if (seen.has(code)) duplicate(check, item(place, index), code);
    seen.add(code);
    if (index > 0 && (numbers[index - 1] ?? 0) > code) isOrdered = false;
  }
  if (!isOrdered) invalid(check, place, { go: '[]int32{...}', json: goJson([...numbers]) }, 'must be ordered');
}

function checkSuccessPolicy(check: Check, policy: JsonObject, spec: JsonObject, at: Place): void {
  const rules = list(policy.rules).map(record);
  if (spec.completionMode !== 'Indexed') {
    const printed = {
      go: 'batch.SuccessPolicy{...}',
      json: goJson({
        Rules:
          policy.rules === undefined || rules.length === 0
            ? policy.rules === undefined
              ? null
              : []
            : rules.map((rule) => ({
                SucceededIndexes: rule.succeededIndexes ?? null,
                SucceededCount: rule.succeededCount ?? null,
              })),
      }),
    };
    invalid(check, at, printed, 'requires indexed completion mode');
    return;
  }
  const place = field(at, 'rules');
  if (rules.length === 0)
    required(check, place, 'at least one rules must be specified when the successPolicy is specified');
  if (rules.length > 20) tooMany(check, place, rules.length, 20);
  for (const [index, rule] of rules.entries()) checkSuccessRule(check, rule, spec, item(place, index));
}

function checkSuccessRule(check: Check, rule: JsonObject, spec: JsonObject, at: Place): void {
  const { succeededCount: count, succeededIndexes: indexes } = rule;
  if (count === undefined && indexes === undefined)
    required(check, at, 'at least one of succeededCount or succeededIndexes must be specified');
  let total: number | undefined;
  if (indexes !== undefined) {
    const place = field(at, 'succeededIndexes');
    const result = countIndexes(text(indexes), numberOf(spec.completions));
    if (typeof result === 'string') invalid(check, place, indexes, `error parsing succeededIndexes: ${result}`);
    else total = result;
  }
  if (count === undefined) return;
  const place = field(at, 'succeededCount');
  atLeast(0)(check, count, place);
  if (spec.completions !== undefined && numberOf(count) > numberOf(spec.completions))
    invalid(
      check,
      place,
      count,
      `must be less than or equal to ${numberOf(spec.completions)} (the number of specified completions)`,
    );
  if (total !== undefined && numberOf(count) > total)
    invalid(
      check,
      place,
      count,
      `must be less than or equal to ${total} (the number of indexes in the specified succeededIndexes field)`,
    );
}

/** How many indexes `1,3-5` names, or why it cannot be read. Mirrors validateIndexesFormat. */
function countIndexes(written: string, completions: number): number | string {
  if (written === '') return 0;
  let total = 0;
  let last: number | undefined;
  for (const interval of written.split(',')) {
    const limits = interval.split('-');
    if (limits.length > 2)
      return `the fragment ${JSON.stringify(interval)} violates the requirement that an index interval can have at most two parts separated by '-'`;
    const numbers = limits.map((each) => (/^\d+$/.test(each) ? Number(each) : undefined));
    if (numbers.includes(undefined))
      return `cannot convert string to integer for index: ${JSON.stringify(limits[numbers.indexOf(undefined)])}`;
    const [start = 0, end = start] = numbers;
    if (start >= completions || end >= completions)
      return `too large index: ${JSON.stringify(String(start >= completions ? start : end))}`;
    if (last !== undefined && last >= start) return `non-increasing order, previous: ${last}, current: ${start}`;
    if (numbers.length === 2 && start >= end) return `non-increasing order, previous: ${start}, current: ${end}`;
    total += end - start + 1;
    last = end;
  }
  return total;
}
