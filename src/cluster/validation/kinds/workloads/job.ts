import { isObject, record, text } from '../../../../model/json.ts';
import type { JsonObject } from '../../../../model/object.ts';
import { type Check, invalid, required, stringMap, tooLong, unsupported } from '../../check/check.ts';
import { metadataIn } from '../../check/metadata.ts';
import { entry, field, fieldAt, type Place } from '../../check/place.ts';
import { atLeast, present, table } from '../../check/rules.ts';
import { labelSelector, numberOf, printedSelector, trySelector } from '../../check/values.ts';
import { dnsLabelErrors } from '../../name-formats.ts';
import { podTemplate } from '../../pods/pod.ts';
import { checkImmutable, isSame } from '../../check/immutable.ts';
import { kindCheck, LAST_WHOLE } from '../kind-check.ts';
import { domainPrefixedPath } from '../server/domain-names.ts';
import { checkPolicies } from './job-policies.ts';

/*
 * Jobs and CronJobs. Mirrors pkg/apis/batch/validation, v1.24 and v1.37.
 */

const SPEC = field(undefined, 'spec');

const MOST_PARALLEL = 100_000;

const FIRST_FAILURE_POLICY = 26;

/** From here on labels of Jobs have a prefix too. */
const FIRST_PREFIXED = 27;

export const jobCheck = kindCheck(true, {
  wholeUntil: LAST_WHOLE,
  rest: (check, object, old) => {
    const spec = record(object.spec);
    if (old === undefined) checkGenerated(check, object, spec);
    checkJobSpec(check, spec, SPEC);
    const selectorAt = field(SPEC, 'selector');
    if (!isObject(spec.selector)) required(check, selectorAt);
    else labelSelector(check, spec.selector, selectorAt);
    const labels = metadataIn(record(spec.template)).labels;
    const { usable, matches } = trySelector(spec.selector, labels);
    if (usable && !matches) {
      const at = fieldAt(SPEC, 'template', 'metadata', 'labels');
      invalid(check, at, stringMap(labels), '`selector` does not match template `labels`');
    }
    if (old === undefined) checkHostname(check, object, spec);
  },
  change: (check, object, old) => {
    const [spec, before] = [record(object.spec), record(old.spec)];
    checkCompletions(check, spec, before);
    checkImmutable(check, spec.selector, before.selector, field(SPEC, 'selector'), printedSelector(spec.selector));
    checkTemplateStays(check, spec, before);
    const at = (name: string): Place => field(SPEC, name);
    checkImmutable(check, spec.completionMode, before.completionMode, at('completionMode'));
    for (const name of ['podFailurePolicy', 'backoffLimitPerIndex', 'managedBy', 'successPolicy'])
      checkImmutable(check, spec[name], before[name], at(name));
    if (check.minor >= FIRST_PREFIXED) checkHostname(check, object, spec);
  },
});

/** From here on an indexed Job may grow with its parallelism. */
const FIRST_ELASTIC = 27;

function checkCompletions(check: Check, spec: JsonObject, old: JsonObject): void {
  const isElastic =
    check.minor >= FIRST_ELASTIC &&
    spec.completionMode === 'Indexed' &&
    spec.completions !== undefined &&
    old.completions !== undefined &&
    spec.completions === spec.parallelism;
  if (isElastic || spec.completions === old.completions) return;
  const at = field(SPEC, 'completions');
  invalid(check, at, spec.completions, 'field is immutable');
}

function checkTemplateStays(check: Check, spec: JsonObject, old: JsonObject): void {
  if (isSame(spec.template, old.template)) return;
  invalid(check, field(SPEC, 'template'), { go: 'core.PodTemplateSpec{...}', json: '{...}' }, 'field is immutable');
}

/** Mirrors ValidateGeneratedSelector. */
function checkGenerated(check: Check, object: JsonObject, spec: JsonObject): void {
  if (spec.manualSelector === true || !isObject(spec.selector)) return;
  const metadata = metadataIn(object);
  const [uid, name] = [text(metadata.uid), text(metadata.name)];
  const expected: JsonObject = { 'controller-uid': uid, 'job-name': name };
  if (check.minor >= FIRST_PREFIXED) {
    expected['batch.kubernetes.io/controller-uid'] = uid;
    expected['batch.kubernetes.io/job-name'] = name;
  }
  const labels = record(metadataIn(record(spec.template)).labels);
  const at = fieldAt(SPEC, 'template', 'metadata', 'labels');
  for (const [key, value] of Object.entries(expected)) {
    if (labels[key] === undefined) {
      required(check, entry(at, key), `must be '${text(value)}'`);
    } else if (labels[key] !== value) invalid(check, entry(at, key), stringMap(labels), `must be '${text(value)}'`);
  }
  if (!trySelector(spec.selector, expected).matches && trySelector(spec.selector, expected).usable)
    invalid(check, field(SPEC, 'selector'), printedSelector(spec.selector), '`selector` not auto-generated');
}

/** A pod of an indexed Job has its name as hostname. */
function checkHostname(check: Check, object: JsonObject, spec: JsonObject): void {
  if (spec.completionMode !== 'Indexed' || numberOf(spec.completions) <= 0) return;
  const name = text(metadataIn(object).name);
  const hostname = `${name}-${numberOf(spec.completions) - 1}`;
  if (dnsLabelErrors(hostname, check.minor).length === 0) return;
  const at = fieldAt(undefined, 'metadata', 'name');
  invalid(check, at, name, `will not able to create pod with invalid DNS label: ${hostname}`);
}

/** Mirrors validateJobSpec. */
export function checkJobSpec(check: Check, spec: JsonObject, at: Place): void {
  table(
    ['parallelism', present(atLeast(0))],
    ['completions', present(atLeast(0))],
    ['activeDeadlineSeconds', present(atLeast(0))],
    ['backoffLimit', present(atLeast(0))],
    ['ttlSecondsAfterFinished', present(atLeast(0))],
    ['backoffLimitPerIndex', present(atLeast(0))],
    ['maxFailedIndexes', present(atLeast(0))],
  )(check, spec, at);
  if (spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined)
    required(check, field(at, 'backoffLimitPerIndex'), 'when maxFailedIndexes is specified');
  if (spec.managedBy !== undefined) {
    domainPrefixedPath(check, spec.managedBy, field(at, 'managedBy'));
    if (text(spec.managedBy).length > 63) tooLong(check, field(at, 'managedBy'), 63);
  }
  checkMode(check, spec, at);
  if (check.minor >= FIRST_FAILURE_POLICY) checkPolicies(check, spec, at);
  podTemplate(check, spec.template, field(at, 'template'));
  checkRestart(check, spec, fieldAt(at, 'template', 'spec', 'restartPolicy'));
}

function checkMode(check: Check, spec: JsonObject, at: Place): void {
  const { completionMode: mode, completions, parallelism, maxFailedIndexes, backoffLimitPerIndex } = spec;
  if (mode !== undefined && mode !== 'NonIndexed' && mode !== 'Indexed')
    unsupported(check, field(at, 'completionMode'), mode, ['NonIndexed', 'Indexed']);
  if (mode === 'Indexed') {
    if (completions === undefined) required(check, field(at, 'completions'), 'when completion mode is Indexed');
    if (numberOf(parallelism) > MOST_PARALLEL) {
      const detail = `must be less than or equal to ${MOST_PARALLEL} when completion mode is Indexed`;
      invalid(check, field(at, 'parallelism'), parallelism, detail);
    }
    if (
      completions !== undefined &&
      maxFailedIndexes !== undefined &&
      numberOf(maxFailedIndexes) > numberOf(completions)
    )
      invalid(check, field(at, 'maxFailedIndexes'), maxFailedIndexes, 'must be less than or equal to completions');
    if (numberOf(maxFailedIndexes) > MOST_PARALLEL)
      invalid(check, field(at, 'maxFailedIndexes'), maxFailedIndexes, `must be less than or equal to ${MOST_PARALLEL}`);
    checkManyCompletions(check, spec, at);
  } else if (mode === undefined || mode === 'NonIndexed') {
    for (const [name, value] of [
      ['backoffLimitPerIndex', backoffLimitPerIndex],
      ['maxFailedIndexes', maxFailedIndexes],
    ] as const)
      if (value !== undefined) invalid(check, field(at, name), value, 'requires indexed completion mode');
  }
}

const MANY = 100_000;

const MOST_AT_ONCE = 10_000;

function checkManyCompletions(check: Check, spec: JsonObject, at: Place): void {
  const { completions, parallelism, maxFailedIndexes, backoffLimitPerIndex } = spec;
  if (numberOf(completions) <= MANY || backoffLimitPerIndex === undefined) return;
  if (maxFailedIndexes === undefined)
    required(check, field(at, 'maxFailedIndexes'), `must be specified when completions is above ${MANY}`);
  const detail = `must be less than or equal to ${MOST_AT_ONCE} when completions are above ${MANY} and used with backoff limit per index`;
  if (numberOf(parallelism) > MOST_AT_ONCE) invalid(check, field(at, 'parallelism'), parallelism, detail);
  if (numberOf(maxFailedIndexes) > MOST_AT_ONCE)
    invalid(check, field(at, 'maxFailedIndexes'), maxFailedIndexes, detail);
}

function checkRestart(check: Check, spec: JsonObject, at: Place): void {
  const policy = text(record(record(spec.template).spec).restartPolicy);
  if (policy === 'Always' || policy === '') required(check, at, 'valid values: "OnFailure", "Never"');
  else if (policy !== 'OnFailure' && policy !== 'Never') unsupported(check, at, policy, ['OnFailure', 'Never']);
  else if (isObject(spec.podFailurePolicy) && policy !== 'Never')
    invalid(check, at, policy, 'only "Never" is supported when podFailurePolicy is specified');
}
