import { isObject, list, record, text } from '../../../../model/json.ts';
import type { JsonObject } from '../../../../model/object.ts';
import { type Check, declaratively, forbidden, goJson, invalid, required, unsupported } from '../../check/check.ts';
import { checkAnnotations, metadataIn } from '../../check/metadata.ts';
import { field, item, type Place } from '../../check/place.ts';
import { atLeast, filled, format, present, type Rule, table } from '../../check/rules.ts';
import { labels, printedIntOrString, printedSelector, trySelector } from '../../check/values.ts';
import { dnsLabelErrors, dnsSubdomainErrors } from '../../name-formats.ts';
import { checkPodAnnotations } from '../../pods/pod-annotations.ts';
import { claimSpec } from '../../pods/claim-spec.ts';
import { podTemplate } from '../../pods/pod.ts';
import { checkImmutable, isSame } from '../../check/immutable.ts';
import { checkAtMostAll, checkIntOrPercent, intOrPercent } from './int-or-percent.ts';
import { kindCheck, LAST_WHOLE } from '../kind-check.ts';
import { checkSelector, mustBeThere, checkRunning, checkMatch } from './selectors.ts';

/*
 * Workloads that keep pods running. Mirrors pkg/apis/apps/validation, v1.24 and v1.37.
 */

const SPEC = field(undefined, 'spec');

const TEMPLATE = field(SPEC, 'template');

/** From here on the whole template of a StatefulSet is looked at, and its name must be one label. */
const FIRST_WHOLE_TEMPLATE = 34;

export const statefulSetCheck = kindCheck(true, {
  wholeUntil: LAST_WHOLE,
  name: (value, minor) => (minor >= FIRST_WHOLE_TEMPLATE ? dnsLabelErrors(value, minor) : dnsSubdomainErrors(value)),
  rest: (check, object, old) => {
    if (old === undefined || check.minor >= FIRST_WHOLE_TEMPLATE) checkSet(check, record(object.spec), old);
  },
  change: (check, object, old) => {
    const [spec, before] = [record(object.spec), record(old.spec)];
    if (check.minor < FIRST_WHOLE_TEMPLATE) checkSetChange(check, spec, before);
    else
      declaratively(check, (late) => {
        checkSetStays(late, spec, before);
      });
  },
});

const CHANGEABLE = [
  'replicas',
  'template',
  'updateStrategy',
  'minReadySeconds',
  'persistentVolumeClaimRetentionPolicy',
];

function checkSetChange(check: Check, spec: JsonObject, old: JsonObject): void {
  const rest = (value: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(value).filter(([name]) => !CHANGEABLE.includes(name)));
  if (!isSame(rest(spec), rest(old))) {
    const allowed =
      "'replicas', 'template', 'updateStrategy', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds'";
    forbidden(check, SPEC, `updates to statefulset spec for fields other than ${allowed} are forbidden`);
  }
  table(['replicas', atLeast(0)], ['minReadySeconds', atLeast(0)], ['persistentVolumeClaimRetentionPolicy', retention])(
    check,
    spec,
    SPEC,
  );
}

function checkSetStays(check: Check, spec: JsonObject, old: JsonObject): void {
  for (const name of ['selector', 'volumeClaimTemplates', 'serviceName', 'podManagementPolicy']) {
    const printed = name === 'selector' ? printedSelector(spec.selector) : undefined;
    checkImmutable(check, spec[name], old[name], field(SPEC, name), printed);
  }
}

const retentionPolicy: Rule = (check, value, at) => {
  if (value !== 'Retain' && value !== 'Delete') unsupported(check, at, text(value), ['Retain', 'Delete']);
};

const retention: Rule = present(table(['whenDeleted', retentionPolicy], ['whenScaled', retentionPolicy]));

function checkSet(check: Check, spec: JsonObject, old: JsonObject | undefined): void {
  const isWhole = check.minor >= FIRST_WHOLE_TEMPLATE;
  const { podManagementPolicy: policy } = spec;
  const at = field(SPEC, 'podManagementPolicy');
  if (text(policy) === '') required(check, at);
  else if (policy !== 'OrderedReady' && policy !== 'Parallel')
    invalid(check, at, policy, "must be 'OrderedReady' or 'Parallel'");
  checkSetStrategy(check, record(spec.updateStrategy), field(SPEC, 'updateStrategy'));
  retention(check, spec.persistentVolumeClaimRetentionPolicy, field(SPEC, 'persistentVolumeClaimRetentionPolicy'));
  if (isWhole && old === undefined) {
    for (const [index, claim] of list(spec.volumeClaimTemplates).entries())
      claimSpec(check, record(claim).spec, field(item(field(SPEC, 'volumeClaimTemplates'), index), 'spec'));
  }
  table(['replicas', atLeast(0)], ['minReadySeconds', atLeast(0)])(check, spec, SPEC);
  if (isObject(spec.ordinals)) atLeast(0)(check, spec.ordinals.start, field(SPEC, 'ordinals.start'));
  if (isWhole && old === undefined) filled(format(dnsLabelErrors))(check, spec.serviceName, field(SPEC, 'serviceName'));
  checkSelector(check, spec.selector, 'statefulset', (inner) => {
    mustBeThere(inner);
  });
  if (!trySelector(spec.selector, undefined).usable)
    invalid(check, field(SPEC, 'selector'), printedSelector(spec.selector), '');
  else checkSetTemplate(check, spec);
  checkRunning(check, spec, 'StatefulSet');
}

function checkSetTemplate(check: Check, spec: JsonObject): void {
  checkMatch(check, spec);
  const template = record(spec.template);
  const metadata = metadataIn(template);
  if (check.minor >= FIRST_WHOLE_TEMPLATE) podTemplate(check, withClaims(template, spec), TEMPLATE);
  labels(check, metadata.labels, field(TEMPLATE, 'labels'));
  checkAnnotations(check, metadata.annotations, field(TEMPLATE, 'annotations'));
  checkPodAnnotations(check, metadata.annotations, record(template.spec), field(TEMPLATE, 'annotations'));
}

/** The template as its pods will be: with a volume for each claim, without names that the controller gives. */
function withClaims(template: JsonObject, spec: JsonObject): JsonObject {
  const inside = { ...record(template.spec) };
  delete inside.subdomain;
  delete inside.hostname;
  const names = list(spec.volumeClaimTemplates).map((claim) => text(metadataIn(record(claim)).name));
  if (names.length > 0) {
    const made = [...new Set(names)].map((name) => ({ name, persistentVolumeClaim: { claimName: name } }));
    inside.volumes = [...made, ...list(inside.volumes).filter((volume) => !names.includes(text(record(volume).name)))];
  }
  return { ...template, spec: inside };
}

function checkSetStrategy(check: Check, strategy: JsonObject, at: Place): void {
  const { type, rollingUpdate: update } = strategy;
  const rolling = field(at, 'rollingUpdate');
  const printed = { Partition: record(update).partition ?? 0, MaxUnavailable: record(update).maxUnavailable ?? null };
  if (text(type) === '') required(check, at);
  else if (type === 'OnDelete') {
    const value = { go: 'apps.RollingUpdateStatefulSetStrategy{...}', json: goJson(printed) };
    if (update !== undefined) invalid(check, rolling, value, "only allowed for updateStrategy 'RollingUpdate'");
  } else if (type === 'RollingUpdate') {
    if (update !== undefined) checkSetUpdate(check, record(update), rolling);
  } else {
    const json = goJson({ Type: type ?? '', RollingUpdate: update === undefined ? null : printed });
    const words = "must be 'RollingUpdate' or 'OnDelete'";
    invalid(check, at, { go: 'apps.StatefulSetUpdateStrategy{...}', json }, words);
  }
}

function checkSetUpdate(check: Check, { partition, maxUnavailable }: JsonObject, at: Place): void {
  atLeast(0)(check, partition, field(at, 'partition'));
  if (maxUnavailable === undefined) return;
  const place = field(at, 'maxUnavailable');
  checkIntOrPercent(check, maxUnavailable, place);
  if (intOrPercent(maxUnavailable) === 0) invalid(check, place, printedIntOrString(maxUnavailable), 'cannot be 0');
  checkAtMostAll(check, maxUnavailable, place);
}
