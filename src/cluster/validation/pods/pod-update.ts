import { goQuote } from '../../../lang/go-quote.ts';
import { isObject, list, record, text } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import { withoutFields } from '../../index/without-fields.ts';
import { isSame } from '../check/immutable.ts';
import { type Check, forbidden, invalid } from '../check/check.ts';
import { checkMetadataUpdate, metadataIn } from '../check/metadata.ts';
import { field, fieldAt, item } from '../check/place.ts';
import { numberOf } from '../check/values.ts';
import { checkAnnotationUpdates } from './pod-annotations.ts';
import { checkPodMetadataAndSpec } from './pod.ts';

/*
 * Changes of pods. Mirrors ValidatePodUpdate of pkg/apis/core/validation, v1.24 and v1.37; the difference of the two specs that the server
 * prints behind its complaint is left out.
 */

const SPEC = field(undefined, 'spec');
const FIRST_GATES = 27;
const MOST_SECONDS = 2147483647;
const CHANGEABLE = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
];

/** A changed pod. */
export function checkPodChange(check: Check, pod: JsonObject, old: JsonObject): void {
  checkMetadataUpdate(check, metadataIn(pod), metadataIn(old));
  checkPodMetadataAndSpec(check, pod);
  const [spec, before] = [record(pod.spec), record(old.spec)];
  const annotations = field(field(undefined, 'metadata'), 'annotations');
  checkAnnotationUpdates(check, metadataIn(pod).annotations, metadataIn(old).annotations, spec, annotations);
  if (!checkContainers(check, spec, before) || !checkDeadline(check, spec, before)) return;
  checkTolerations(check, spec, before);
  if (check.minor >= FIRST_GATES) checkGates(check, spec, before);
  if (isSame(spec, before)) return;
  const munged = withoutChangeable(spec, before);
  if (check.minor >= FIRST_GATES && list(before.schedulingGates).length > 0) checkGated(check, munged, before);
  if (isSame(munged, before)) return;
  const fields =
    check.minor >= FIRST_GATES
      ? CHANGEABLE.join(',')
      : `${CHANGEABLE.slice(0, -1).join(', ')} or ${CHANGEABLE.at(-1) ?? ''}`;
  forbidden(check, SPEC, `pod updates may not change fields other than ${fields}`);
}

function checkContainers(check: Check, spec: JsonObject, old: JsonObject): boolean {
  for (const name of ['containers', 'initContainers']) {
    const [now, before] = [list(spec[name]), list(old[name])];
    if (now.length !== before.length) {
      forbidden(check, field(SPEC, name), 'pod updates may not add or remove containers');
      return false;
    }
    for (const [index, container] of now.entries())
      if (text(record(container).image).trim() === '' && text(record(container).image) !== '')
        invalid(
          check,
          field(item(field(SPEC, name), index), 'image'),
          text(record(container).image),
          'must not be empty',
        );
  }
  return true;
}

function checkDeadline(check: Check, spec: JsonObject, old: JsonObject): boolean {
  const at = field(SPEC, 'activeDeadlineSeconds');
  const { activeDeadlineSeconds: now } = spec;
  const { activeDeadlineSeconds: before } = old;
  if (now === undefined) {
    if (before !== undefined) invalid(check, at, null, 'must not update from a positive integer to nil value');
    return true;
  }
  if (numberOf(now) < 0 || numberOf(now) > MOST_SECONDS)
    invalid(check, at, now, `must be between 0 and ${MOST_SECONDS}, inclusive`);
  else if (before !== undefined && numberOf(before) < numberOf(now))
    invalid(check, at, now, 'must be less than or equal to previous value');
  else return true;
  return false;
}

function checkTolerations(check: Check, spec: JsonObject, old: JsonObject): void {
  const now = list(spec.tolerations).map(record);
  for (const toleration of list(old.tolerations).map(record)) {
    const kept = now.some((one) => isSame(withoutSeconds(one), withoutSeconds(toleration)));
    if (kept) continue;
    const detail = 'existing toleration can not be modified except its tolerationSeconds';
    forbidden(check, field(SPEC, 'tolerations'), detail);
    return;
  }
}

function withoutSeconds(toleration: JsonObject): JsonObject {
  return withoutFields(toleration, ['tolerationSeconds']);
}

function checkGates(check: Check, spec: JsonObject, old: JsonObject): void {
  const before = new Set(list(old.schedulingGates).map((gate) => text(record(gate).name)));
  for (const [index, gate] of list(spec.schedulingGates).entries()) {
    const name = text(record(gate).name);
    if (before.has(name)) continue;
    const detail = `only deletion is allowed, but found new scheduling gate ${goQuote(name).slice(1, -1)}`;
    forbidden(check, fieldAt(item(field(SPEC, 'schedulingGates'), index), 'name'), detail.replace(name, `'${name}'`));
  }
}

function withoutChangeable(spec: JsonObject, old: JsonObject): JsonObject {
  const munged: JsonObject = { ...spec };
  for (const name of ['containers', 'initContainers']) {
    const before = list(old[name]);
    if (spec[name] === undefined) continue;
    munged[name] = list(spec[name]).map((one, index) => withImage(record(one), record(before[index]).image));
  }
  for (const name of ['activeDeadlineSeconds', 'tolerations', 'schedulingGates']) put(munged, name, old[name]);
  if (numberOf(old.terminationGracePeriodSeconds) < 0 && munged.terminationGracePeriodSeconds === 1)
    put(munged, 'terminationGracePeriodSeconds', old.terminationGracePeriodSeconds);
  return munged;
}

function withImage(container: JsonObject, image: Json | undefined): JsonObject {
  const copy = { ...container };
  put(copy, 'image', image);
  return copy;
}

function put(object: JsonObject, name: string, value: Json | undefined): void {
  if (value === undefined) Reflect.deleteProperty(object, name);
  else object[name] = value;
}

/** While gates hold a pod back, where it may go can be narrowed. */
function checkGated(check: Check, munged: JsonObject, old: JsonObject): void {
  const [now, before] = [record(munged.nodeSelector), record(old.nodeSelector)];
  if (!isSame(now, before)) {
    const isNarrower = Object.entries(before).every(([key, value]) => now[key] === value);
    if (!isNarrower)
      invalid(
        check,
        field(SPEC, 'nodeSelector'),
        munged.nodeSelector,
        'only additions to spec.nodeSelector are allowed (no mutations or deletions)',
      );
    put(munged, 'nodeSelector', old.nodeSelector);
  }
  const affinity = { ...record(munged.affinity) };
  put(affinity, 'nodeAffinity', record(old.affinity).nodeAffinity);
  if (Object.keys(affinity).length === 0 && !isObject(old.affinity)) put(munged, 'affinity', undefined);
  else munged.affinity = affinity;
}
