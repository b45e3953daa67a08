import { isObject, list, record, text } from '../../../../model/json.ts';
import type { Json, JsonObject } from '../../../../model/object.ts';
import { type Check, forbidden, invalid, required, stringMap, unsupported } from '../../check/check.ts';
import { metadataIn } from '../../check/metadata.ts';
import { field, fieldAt, item } from '../../check/place.ts';
import { labelSelector, numberOf, printedSelector, trySelector } from '../../check/values.ts';
import { podTemplate } from '../../pods/pod.ts';
import { checkImmutable } from '../../check/immutable.ts';

/*
 * Workloads that keep pods running. Mirrors pkg/apis/apps/validation, v1.24 and v1.37.
 */

const SPEC = field(undefined, 'spec');

const TEMPLATE = field(SPEC, 'template');

export const MISMATCH = '`selector` does not match template `labels`';

/** Until here disks that only one machine can write had to be mounted for reading. */
const LAST_DISK_RULE = 26;

/** The selector of a workload: there, well formed and not empty. */
export function checkSelector(
  check: Check,
  selector: Json | undefined,
  kind: string,
  missing: (check: Check) => void,
): void {
  const at = field(SPEC, 'selector');
  if (!isObject(selector)) {
    missing(check);
    return;
  }
  labelSelector(check, selector, at);
  if (trySelector(selector, undefined).empty)
    invalid(check, at, printedSelector(selector), `empty selector is invalid for ${kind}`);
}

export function mustBeThere(check: Check): void {
  required(check, field(SPEC, 'selector'));
}

/** Whether the selector takes the pods of the template; said at the template. */
export function checkMatch(check: Check, spec: JsonObject): void {
  const templateLabels = metadataIn(record(spec.template)).labels;
  const { matches, empty } = trySelector(spec.selector, templateLabels);
  if (!matches && !empty) invalid(check, fieldAt(TEMPLATE, 'metadata', 'labels'), stringMap(templateLabels), MISMATCH);
}

export function checkRunning(check: Check, spec: JsonObject, kind: string): void {
  const inside = record(record(spec.template).spec);
  if (inside.restartPolicy !== 'Always')
    unsupported(check, fieldAt(TEMPLATE, 'spec', 'restartPolicy'), text(inside.restartPolicy), ['Always']);
  if (inside.activeDeadlineSeconds !== undefined)
    forbidden(
      check,
      fieldAt(TEMPLATE, 'spec', 'activeDeadlineSeconds'),
      `activeDeadlineSeconds in ${kind} is not Supported`,
    );
}

export function checkDisks(check: Check, spec: JsonObject): void {
  if (check.minor > LAST_DISK_RULE) return;
  for (const [index, volume] of list(record(record(spec.template).spec).volumes).entries()) {
    const disk = record(volume).gcePersistentDisk;
    if (!isObject(disk) || disk.readOnly === true) continue;
    const at = fieldAt(item(fieldAt(TEMPLATE, 'spec', 'volumes'), index), 'gcePersistentDisk', 'readOnly');
    const detail =
      'must be true for replicated pods > 1; GCE PD can only be mounted on multiple machines if it is read-only';
    invalid(check, at, false, detail);
  }
}

/** Mirrors ValidatePodTemplateSpecForReplicaSet. */
export function checkReplicated(check: Check, spec: JsonObject): void {
  const { usable } = trySelector(spec.selector, undefined);
  if (!usable) {
    invalid(check, field(SPEC, 'selector'), printedSelector(spec.selector), 'invalid label selector');
    return;
  }
  checkMatch(check, spec);
  podTemplate(check, spec.template, TEMPLATE);
  if (numberOf(spec.replicas) > 1) checkDisks(check, spec);
  checkRunning(check, spec, 'ReplicaSet');
}

export function printedRolling(value: Json | undefined, names: readonly string[]): Json {
  if (!isObject(value)) return null;
  return Object.fromEntries(names.map((name) => [name, value[name.charAt(0).toLowerCase() + name.slice(1)] ?? 0]));
}

export function checkSelectorStays(check: Check, object: JsonObject, old: JsonObject): void {
  const [now, before] = [record(object.spec).selector, record(old.spec).selector];
  checkImmutable(check, now, before, field(SPEC, 'selector'), printedSelector(now));
}
