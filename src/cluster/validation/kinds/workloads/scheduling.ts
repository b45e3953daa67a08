import { isObject, list, record, text } from '../../../../model/json.ts';
import type { Json, JsonObject } from '../../../../model/object.ts';
import { type Check, declaratively, duplicate, forbidden, goJson, invalid, required } from '../../check/check.ts';
import { checkImmutable } from '../../check/immutable.ts';
import { metadataIn } from '../../check/metadata.ts';
import { field, fieldAt, item, type Place } from '../../check/place.ts';
import { oneOf, present, type Rule, table } from '../../check/rules.ts';
import { labels, labelSelector, numberOf } from '../../check/values.ts';
import { dnsLabelErrors } from '../../name-formats.ts';
import { checkRequirements } from '../../pods/resources.ts';
import { tolerations } from '../../pods/scheduling.ts';
import { checkAtMostAll, checkIntOrPercent } from './int-or-percent.ts';
import { kindCheck, type KindCheck } from '../kind-check.ts';

/*
 * Kinds with little to check. Mirrors pkg/apis/{policy,scheduling,storage,node,coordination,certificates}/validation and kube-aggregator's, v1.24 and v1.37.
 */

const SPEC = field(undefined, 'spec');

const METADATA = field(undefined, 'metadata');

const FIRST_DECLARATIVE = 36;

const amount: Rule = present((check, value, at) => {
  checkIntOrPercent(check, value, at);
  checkAtMostAll(check, value, at);
});

/** Nobody looks at the metadata of budgets but for what is common to all kinds. */
export const budgetCheck: KindCheck = {
  create: checkBudget,
  update: checkBudget,
};

function checkBudget(check: Check, object: JsonObject): void {
  {
    const spec = record(object.spec);
    if (spec.minAvailable !== undefined && spec.maxUnavailable !== undefined) {
      const json = goJson({
        MinAvailable: spec.minAvailable,
        Selector: spec.selector ?? null,
        MaxUnavailable: spec.maxUnavailable,
        UnhealthyPodEvictionPolicy: spec.unhealthyPodEvictionPolicy ?? null,
      });
      invalid(
        check,
        SPEC,
        { go: 'policy.PodDisruptionBudgetSpec{...}', json },
        'minAvailable and maxUnavailable cannot be both set',
      );
    }
    table(
      ['minAvailable', amount],
      ['maxUnavailable', amount],
      ['selector', labelSelector],
      ['unhealthyPodEvictionPolicy', present(oneOf('AlwaysAllow', 'IfHealthyBudget')), 26],
    )(check, spec, SPEC);
  }
}

const SYSTEM_CLASSES: Readonly<Record<string, number>> = {
  'system-cluster-critical': 2000000000,
  'system-node-critical': 2000001000,
};

const HIGHEST = 1000000000;

function systemClassError(name: string, value: number, isDefault: boolean): string {
  const known = SYSTEM_CLASSES[name];
  if (known === undefined) return `${name} is not a known system priority class`;
  if (value !== known) return `value of ${name} PriorityClass must be ${known}`;
  return isDefault ? `globalDefault of ${name} PriorityClass must be false` : '';
}

/** Upstream's slip was corrected here. */
const FIRST_SMALL_VALUE = 27;

export const priorityClassCheck = kindCheck(false, {
  again: 'nothing',
  rest: (check, object) => {
    const name = text(metadataIn(object).name);
    const value = numberOf(object.value);
    if (name.startsWith('system-')) {
      const error = systemClassError(name, value, object.globalDefault === true);
      const detail = `priority class names with 'system-' prefix are reserved for system use only. error: ${error}`;
      if (error !== '') forbidden(check, field(METADATA, 'name'), detail);
    } else if (value > HIGHEST)
      forbidden(check, field(undefined, 'value'), `maximum allowed value of a user defined priority is ${HIGHEST}`);
    const at = field(undefined, 'preemptionPolicy');
    const policy = object.preemptionPolicy;
    if (policy === undefined) return;
    if (policy === '') required(check, at);
    else oneOf('Never', 'PreemptLowerPriority')(check, policy, at);
  },
  change: (check, object, old) => {
    if (numberOf(object.value) !== numberOf(old.value))
      forbidden(
        check,
        field(undefined, check.minor < FIRST_SMALL_VALUE ? 'Value' : 'value'),
        'may not be changed in an update.',
      );
    checkImmutable(check, object.preemptionPolicy, old.preemptionPolicy, field(undefined, 'preemptionPolicy'));
  },
});

export const runtimeClassCheck = kindCheck(false, {
  wholeUntil: Infinity,
  again: 'nothing',
  rest: (check, object) => {
    const handler = text(object.handler);
    const at = field(undefined, 'handler');
    if (check.minor >= FIRST_DECLARATIVE && handler === '')
      declaratively(check, (late) => {
        required(late, at);
      });
    else
      declaratively(check, (late) => {
        for (const message of dnsLabelErrors(handler, check.minor)) invalid(late, at, handler, message);
      });
    if (isObject(object.overhead))
      checkRequirements(check, { limits: record(object.overhead.podFixed) }, field(undefined, 'overhead'));
    if (!isObject(object.scheduling)) return;
    const place = field(undefined, 'scheduling');
    if (object.scheduling.nodeSelector !== undefined)
      labels(check, object.scheduling.nodeSelector, field(place, 'nodeSelector'));
    tolerations(check, object.scheduling.tolerations, fieldAt(place, 'tolerations', 'tolerations'));
    checkSameTolerations(check, object.scheduling.tolerations, field(place, 'tolerations'));
  },
  change: (check, object, old) => {
    declaratively(check, (late) => {
      checkImmutable(late, text(object.handler), text(old.handler), field(undefined, 'handler'));
    });
  },
});

function checkSameTolerations(check: Check, value: Json | undefined, at: Place): void {
  const seen = new Set<string>();
  for (const [index, one] of list(value).entries()) {
    const { key, operator, value: written, effect, tolerationSeconds } = record(one);
    const parts = { Key: text(key), Operator: text(operator), Value: text(written), Effect: text(effect) };
    const id = JSON.stringify(parts);
    if (seen.has(id)) {
      const go = Object.entries(parts)
        .map(([name, each]) => `${name}:${JSON.stringify(each)}`)
        .join(', ');
      const json = goJson({ ...parts, TolerationSeconds: tolerationSeconds ?? null });
      duplicate(check, item(at, index), { go: `core.Toleration{${go}, TolerationSeconds:(*int64)(nil)}`, json });
    }
    seen.add(id);
  }
}

export const leaseCheck = kindCheck(true, {
  finalizers: false,
  rest: (check, object) => {
    const { leaseDurationSeconds, leaseTransitions, strategy, preferredHolder } = record(object.spec);
    if (leaseDurationSeconds !== undefined && numberOf(leaseDurationSeconds) <= 0)
      invalid(check, field(SPEC, 'leaseDurationSeconds'), leaseDurationSeconds, 'must be greater than 0');
    if (leaseTransitions !== undefined && numberOf(leaseTransitions) < 0)
      invalid(check, field(SPEC, 'leaseTransitions'), leaseTransitions, 'must be greater than or equal to 0');
    if (check.minor < 31) return;
    if (text(preferredHolder) !== '' && text(strategy) === '')
      forbidden(check, field(SPEC, 'preferredHolder'), 'may only be specified if `strategy` is defined');
  },
});
