import { parseQuantity } from '../../../../lang/quantity.ts';
import { isObject, list, record, text } from '../../../../model/json.ts';
import type { Json, JsonObject } from '../../../../model/object.ts';
import { type Check, declaratively, forbidden, invalid, required, unsupported } from '../../check/check.ts';
import { field, item, type Place } from '../../check/place.ts';
import { format, type Rule } from '../../check/rules.ts';
import { numberOf } from '../../check/values.ts';
import { dnsLabelErrors, pathSegmentErrors } from '../../name-formats.ts';
import { containerResource } from '../../pods/resources.ts';
import { kindCheck } from '../kind-check.ts';

/*
 * Autoscalers, in the form of autoscaling/v2. Mirrors pkg/apis/autoscaling/validation, v1.24 and v1.37.
 */

const SPEC = field(undefined, 'spec');
const FIRST_DECLARATIVE = 36;
const FIRST_SCALE_TO_ZERO = 36;
const FIRST_API_GROUP = 35;

const referenceTo =
  (isTarget: boolean): Rule =>
  (check, value, at) => {
    const { kind, name, apiVersion } = record(value);
    for (const [field2, written] of [
      ['kind', kind],
      ['name', name],
    ] as const) {
      const place = field(at, field2);
      if (text(written) === '') required(check, place);
      else format(pathSegmentErrors)(check, written, place);
    }
    if (check.minor < FIRST_API_GROUP) return;
    const version = text(apiVersion);
    const parts = version.split('/');
    if (parts.length > 2)
      invalid(check, field(at, 'apiVersion'), version, `unexpected GroupVersion string: ${version}`);
    else if (isTarget && parts.length < 2 && !(version === 'v1' && kind === 'ReplicationController'))
      invalid(check, field(at, 'apiVersion'), version, 'apiVersion must specify API group');
  };

const TYPES: Readonly<Record<string, string>> = {
  ContainerResource: 'containerResource',
  External: 'external',
  Object: 'object',
  Pods: 'pods',
  Resource: 'resource',
};
const NAMES = Object.keys(TYPES);
const INFORMATION = 'must populate information for the given metric source';

function isPositive(value: Json | undefined): boolean {
  const quantity = parseQuantity(text(value));
  return quantity === undefined || quantity.value > 0n;
}

function checkTarget(check: Check, value: Json | undefined, at: Place): void {
  const { type, value: amount, averageValue, averageUtilization } = record(value);
  if (text(type) === '') required(check, field(at, 'type'), 'must specify a metric target type');
  if (!['Utilization', 'Value', 'AverageValue'].includes(text(type)))
    invalid(check, field(at, 'type'), text(type), 'must be either Utilization, Value, or AverageValue');
  for (const [name, quantity] of [
    ['value', amount],
    ['averageValue', averageValue],
  ] as const)
    if (quantity !== undefined && !isPositive(quantity)) {
      const printed = { go: `resource.Quantity{...}`, json: JSON.stringify(quantity) };
      invalid(check, field(at, name), printed, 'must be positive');
    }
  if (averageUtilization !== undefined && numberOf(averageUtilization) < 1)
    invalid(check, field(at, 'averageUtilization'), averageUtilization, 'must be greater than 0');
}

function checkIdentifier(check: Check, value: Json | undefined, at: Place): void {
  const { name } = record(value);
  if (text(name) === '') required(check, field(at, 'name'), 'must specify a metric name');
  else for (const message of pathSegmentErrors(text(name))) invalid(check, field(at, 'name'), text(name), message);
}

type Source = (check: Check, source: JsonObject, at: Place) => void;

const object: Source = (check, source, at) => {
  referenceTo(false)(check, source.describedObject, field(at, 'describedObject'));
  checkIdentifier(check, source.metric, field(at, 'metric'));
  checkTarget(check, source.target, field(at, 'target'));
  const { value, averageValue } = record(source.target);
  if (value === undefined && averageValue === undefined)
    required(check, field(field(at, 'target'), 'averageValue'), 'must set either a target value or averageValue');
};

const external: Source = (check, source, at) => {
  checkIdentifier(check, source.metric, field(at, 'metric'));
  checkTarget(check, source.target, field(at, 'target'));
  const { value, averageValue } = record(source.target);
  const target = field(at, 'target');
  if (value === undefined && averageValue === undefined)
    required(check, field(target, 'averageValue'), 'must set either a target value for metric or a per-pod target');
  if (value !== undefined && averageValue !== undefined)
    forbidden(check, field(target, 'value'), 'may not set both a target value for metric and a per-pod target');
};

const pods: Source = (check, source, at) => {
  checkIdentifier(check, source.metric, field(at, 'metric'));
  checkTarget(check, source.target, field(at, 'target'));
  if (record(source.target).averageValue === undefined)
    required(check, field(field(at, 'target'), 'averageValue'), 'must specify a positive target averageValue');
};

const resource =
  (ofContainer: boolean): Source =>
  (check, source, at) => {
    const name = text(source.name);
    if (name === '') required(check, field(at, 'name'), 'must specify a resource name');
    else if (ofContainer) containerResource(check, name, field(at, 'name'));
    if (ofContainer) {
      if (text(source.container) === '') required(check, field(at, 'container'), 'must specify a container');
      else format(dnsLabelErrors)(check, source.container, field(at, 'container'));
    }
    checkTarget(check, source.target, field(at, 'target'));
    const { averageUtilization, averageValue } = record(source.target);
    const target = field(at, 'target');
    if (averageUtilization === undefined && averageValue === undefined)
      required(
        check,
        field(target, 'averageUtilization'),
        'must set either a target raw value or a target utilization',
      );
    if (averageUtilization !== undefined && averageValue !== undefined)
      forbidden(check, field(target, 'averageValue'), 'may not set both a target raw value and a target utilization');
  };

const SOURCES: readonly (readonly [name: string, check: Source])[] = [
  ['object', object],
  ['external', external],
  ['pods', pods],
  ['resource', resource(false)],
  ['containerResource', resource(true)],
];
const FIRST_CONTAINER_METRICS = 27;

function checkMetric(check: Check, metric: JsonObject, at: Place): void {
  const type = text(metric.type);
  const place = field(at, 'type');
  if (type === '') required(check, place, 'must specify a metric source type');
  if (!NAMES.includes(type)) unsupported(check, place, type, NAMES);
  const there = SOURCES.filter(([name]) => isObject(metric[name]));
  const [first] = there;
  if (first !== undefined) first[1](check, record(metric[first[0]]), field(at, first[0]));
  const expected = TYPES[type];
  if (expected === undefined) unsupported(check, place, type, NAMES);
  else if (!isObject(metric[expected])) {
    const detail =
      type === 'ContainerResource' && check.minor < FIRST_CONTAINER_METRICS
        ? `${INFORMATION} (only allowed when HPAContainerMetrics feature is enabled)`
        : INFORMATION;
    required(check, field(at, expected), detail);
  }
  if (there.length === 1) return;
  for (const [name] of there)
    if (name !== expected) forbidden(check, field(at, name), 'must populate the given metric source only');
}

function checkRules(check: Check, value: Json | undefined, at: Place): void {
  if (!isObject(value)) return;
  const { stabilizationWindowSeconds: seconds, selectPolicy, policies } = value;
  const window = field(at, 'stabilizationWindowSeconds');
  if (seconds !== undefined && numberOf(seconds) < 0)
    invalid(check, window, seconds, 'must be greater than or equal to zero');
  if (seconds !== undefined && numberOf(seconds) > 3600)
    invalid(check, window, seconds, 'must be less than or equal to 3600');
  if (selectPolicy !== undefined && !['Disabled', 'Max', 'Min'].includes(text(selectPolicy)))
    unsupported(check, field(at, 'selectPolicy'), text(selectPolicy), ['Disabled', 'Max', 'Min']);
  if (list(policies).length === 0) required(check, field(at, 'policies'), 'must specify at least one Policy');
  for (const [index, policy] of list(policies).entries())
    checkPolicy(check, record(policy), item(field(at, 'policies'), index));
}

function checkPolicy(check: Check, { type, value, periodSeconds }: JsonObject, at: Place): void {
  if (type !== 'Pods' && type !== 'Percent') unsupported(check, field(at, 'type'), text(type), ['Percent', 'Pods']);
  if (numberOf(value) <= 0) invalid(check, field(at, 'value'), numberOf(value), 'must be greater than zero');
  const period = field(at, 'periodSeconds');
  if (numberOf(periodSeconds) <= 0) invalid(check, period, numberOf(periodSeconds), 'must be greater than zero');
  if (numberOf(periodSeconds) > 1800)
    invalid(check, period, numberOf(periodSeconds), 'must be less than or equal to 1800');
}

/** The spec in the form of autoscaling/v2; the other metrics of a v1 object are left where they are, in an annotation. */
function laterSpec(scaler: JsonObject): JsonObject {
  const spec = record(scaler.spec);
  const { targetCPUUtilizationPercentage: averageUtilization } = spec;
  if (averageUtilization === undefined) return spec;
  const target = { type: 'Utilization', averageUtilization };
  return { ...spec, metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }] };
}

export const scalerCheck = kindCheck(true, {
  rest: (check, scaler, old) => {
    const spec = laterSpec(scaler);
    const { minReplicas: least, maxReplicas: most } = spec;
    const lowest = check.minor >= FIRST_SCALE_TO_ZERO || record(old?.spec).minReplicas === 0 ? 0 : 1;
    const at = field(SPEC, 'maxReplicas');
    const isLate = check.minor >= FIRST_DECLARATIVE;
    const replicas = (inner: Check): void => {
      if (least !== undefined && numberOf(least) < lowest)
        invalid(inner, field(SPEC, 'minReplicas'), least, `must be greater than or equal to ${lowest}`);
      if (!isLate) {
        if (numberOf(most) < 1) invalid(inner, at, numberOf(most), 'must be greater than 0');
      } else if (numberOf(most) === 0) required(inner, at);
      else if (numberOf(most) < 0) invalid(inner, at, most, 'must be greater than or equal to 1');
    };
    if (!isLate) replicas(check);
    if (least !== undefined && numberOf(most) < numberOf(least))
      invalid(check, at, numberOf(most), 'must be greater than or equal to `minReplicas`');
    referenceTo(true)(check, spec.scaleTargetRef, field(SPEC, 'scaleTargetRef'));
    if (isLate) declaratively(check, replicas);
    const metrics = list(spec.metrics).map(record);
    for (const [index, metric] of metrics.entries()) checkMetric(check, metric, item(field(SPEC, 'metrics'), index));
    if (least === 0 && !metrics.some(({ type }) => type === 'Object' || type === 'External')) {
      const detail = 'must specify at least one Object or External metric to support scaling to zero replicas';
      forbidden(check, field(SPEC, 'metrics'), detail);
    }
    const behavior = record(spec.behavior);
    for (const name of ['scaleUp', 'scaleDown'])
      checkRules(check, behavior[name], field(field(SPEC, 'behavior'), name));
  },
});
