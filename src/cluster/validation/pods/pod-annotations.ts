import { isObject, record, text, textFields } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import { type Check, forbidden, invalid } from '../check/check.ts';
import { entry, field, type Place } from '../check/place.ts';
import { SECCOMP_CONTAINER, SECCOMP_POD } from '../../index/pod-profiles.ts';
import { containersOf } from './each-container.ts';
import { descendingPath } from './volume-sources.ts';
import { tolerations } from './scheduling.ts';

const MIRROR = 'kubernetes.io/config.mirror';
const TOLERATIONS = 'scheduler.alpha.kubernetes.io/tolerations';
const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';
const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/';

/** What annotations mean to pods and their templates. Mirrors ValidatePodSpecificAnnotations. */
export function checkPodAnnotations(check: Check, value: Json | undefined, spec: JsonObject, at: Place): void {
  if (!isObject(value)) return;
  const annotations = new Map(textFields(value));
  const mirror = annotations.get(MIRROR);
  if (mirror !== undefined && text(spec.nodeName) === '')
    invalid(check, entry(at, MIRROR), mirror, 'must set spec.nodeName if mirror pod annotation is set');
  const written = annotations.get(TOLERATIONS) ?? '';
  if (written !== '') checkTolerations(check, written, at);
  const cost = annotations.get(DELETION_COST);
  if (cost !== undefined && !isInt32(cost)) invalid(check, entry(at, DELETION_COST), cost, 'must be a 32bit integer');
  checkSeccomp(check, annotations, at);
  checkAppArmor(check, annotations, spec, at);
}

function checkTolerations(check: Check, written: string, at: Place): void {
  let parsed: Json;
  try {
    parsed = JSON.parse(written) as Json;
  } catch {
    invalid(check, at, TOLERATIONS, syntaxError(written));
    return;
  }
  tolerations(check, parsed, field(at, TOLERATIONS));
}

/** What Go's reader of JSON says about the first character that cannot begin a value. */
export function syntaxError(written: string): string {
  const first = written.trimStart().charAt(0);
  if (first === '') return 'unexpected end of JSON input';
  return `invalid character '${first}' looking for beginning of value`;
}

function isInt32(value: string): boolean {
  // A leading plus or zero is refused, so that the text has one spelling.
  if (!/^(?:0|-?[1-9]\d*)$/.test(value)) return false;
  return BigInt(value) >= -(2n ** 31n) && BigInt(value) < 2n ** 31n;
}

function checkSeccomp(check: Check, annotations: ReadonlyMap<string, string>, at: Place): void {
  const pod = annotations.get(SECCOMP_POD);
  if (pod !== undefined) checkSeccompProfile(check, pod, field(at, SECCOMP_POD));
  for (const [key, profile] of annotations)
    if (key.startsWith(SECCOMP_CONTAINER)) checkSeccompProfile(check, profile, field(at, key));
}

const PLAIN_PROFILES = ['runtime/default', 'docker/default', 'unconfined'];

/** A profile as an annotation spells it. Mirrors ValidateSeccompProfile. */
export function checkSeccompProfile(check: Check, profile: string, at: Place): void {
  if (PLAIN_PROFILES.includes(profile)) return;
  if (profile.startsWith('localhost/')) descendingPath(check, profile.slice('localhost/'.length), at);
  else invalid(check, at, profile, 'must be a valid seccomp profile');
}

function checkAppArmor(check: Check, annotations: ReadonlyMap<string, string>, spec: JsonObject, at: Place): void {
  for (const [key, profile] of annotations) {
    if (!key.startsWith(APP_ARMOR)) continue;
    const name = key.slice(APP_ARMOR.length);
    const isThere = containersOf(spec, undefined).some(({ container }) => text(container.name) === name);
    if (!isThere) invalid(check, entry(at, key), name, 'container not found');
    if (!isAppArmorProfile(profile))
      invalid(check, entry(at, key), profile, `invalid AppArmor profile name: ${JSON.stringify(profile)}`);
  }
}

/** Mirrors ValidateAppArmorProfileFormat. */
export function isAppArmorProfile(profile: string): boolean {
  return ['', 'runtime/default', 'unconfined'].includes(profile) || profile.startsWith('localhost/');
}

/** Annotations that say otherwise than fields. Mirrors validateSeccompAnnotationsAndFields and its like for AppArmor. */
export function checkProfilesAgree(check: Check, value: Json | undefined, spec: JsonObject, at: Place): void {
  const annotations = new Map(textFields(value));
  if (annotations.size === 0) return;
  const context = record(spec.securityContext);
  agree(
    check,
    annotations.get(SECCOMP_POD),
    context.seccompProfile,
    field(field(at, 'securityContext'), 'seccompProfile'),
  );
  for (const { container, place } of containersOf(spec, at)) {
    const inside = field(place, 'securityContext');
    const own = record(container.securityContext);
    const annotation = annotations.get(`${SECCOMP_CONTAINER}${text(container.name)}`);
    agree(check, annotation, own.seccompProfile, field(inside, 'seccompProfile'));
  }
  if (check.minor < FIRST_APP_ARMOR || record(spec.os).name === 'windows') return;
  for (const { container, place } of containersOf(spec, at)) {
    const own = record(container.securityContext).appArmorProfile ?? context.appArmorProfile;
    const annotation = annotations.get(`${APP_ARMOR}${text(container.name)}`);
    agree(check, annotation, own, field(field(place, 'securityContext'), 'appArmorProfile'), 'apparmor');
  }
}

const FIRST_APP_ARMOR = 30;

function agree(
  check: Check,
  annotation: string | undefined,
  profile: Json | undefined,
  at: Place,
  kind = 'seccomp',
): void {
  if (annotation === undefined || !isObject(profile)) return;
  const { type, localhostProfile } = profile;
  const isDefault = annotation === 'runtime/default' || (kind === 'seccomp' && annotation === 'docker/default');
  const isLocal = annotation.startsWith('localhost/');
  const fits =
    type === 'Unconfined'
      ? annotation === 'unconfined'
      : type === 'RuntimeDefault'
        ? isDefault
        : type === 'Localhost'
          ? isLocal
          : true;
  if (!fits) forbidden(check, field(at, 'type'), `${kind} type in annotation and field must match`);
  else if (type === 'Localhost' && annotation.slice('localhost/'.length) !== localhostProfile)
    forbidden(check, field(at, 'localhostProfile'), `${kind} profile in annotation and field must match`);
}

/** What may not change. Mirrors ValidatePodSpecificAnnotationUpdates. */
export function checkAnnotationUpdates(
  check: Check,
  value: Json | undefined,
  old: Json | undefined,
  spec: JsonObject,
  at: Place,
): void {
  const now = new Map(textFields(value));
  const before = new Map(textFields(old));
  for (const [key, each] of before) {
    if (now.get(key) === each) continue;
    if (key.startsWith(APP_ARMOR)) forbidden(check, entry(at, key), 'may not remove or update AppArmor annotations');
    if (key === MIRROR) forbidden(check, entry(at, key), 'may not remove or update mirror pod annotation');
  }
  for (const key of now.keys()) {
    if (before.has(key)) continue;
    if (key.startsWith(APP_ARMOR)) forbidden(check, entry(at, key), 'may not add AppArmor annotations');
    if (key === MIRROR) forbidden(check, entry(at, key), 'may not add mirror pod annotation');
  }
  checkPodAnnotations(check, value, spec, at);
}
