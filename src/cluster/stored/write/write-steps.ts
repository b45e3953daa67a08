import { withoutFields } from '../../index/without-fields.ts';
import { goQuote } from '../../../lang/go-quote.ts';
import { record, text } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import type { PodServer } from '../../index/feature-gates.ts';
import type { Check } from '../../validation/check/check.ts';
import { checkCommonUpdate, checkMetadata } from '../../validation/check/metadata.ts';
import { pathSegmentErrors } from '../../validation/name-formats.ts';
import { kindCheckOf } from '../../validation/kinds/kinds.ts';
import { metadataOf } from '../object-metadata.ts';
import { objectKind } from '../object-kinds/object-kinds.ts';
import { createdObject, updatedObject } from '../object-kinds/server-object.ts';
import { sameJson } from '../object-kinds/strategy.ts';
import { allocate } from './service-allocation.ts';

/** The API server that is asked, as far as its answer depends on it. */
export interface WriteServer extends PodServer {
  /** kube-apiserver --allow-privileged. */
  readonly allowPrivileged: boolean;
}

/** What was there before, as an answer says; with what resource version the change comes. */
export interface Existing {
  readonly internal: JsonObject;
  readonly hasResourceVersion: boolean;
}

/** From here on the server warns of unknown fields unless it is told otherwise. */
const FIRST_FIELD_WARNINGS = 25;

/** Older servers print unsigned numbers in base 16. */
const FIRST_DECIMAL = 34;

export interface Target {
  readonly group: string;
  readonly kind: string;
  readonly resource: string;
  readonly apiVersion: string;
  readonly namespaced: boolean;
}

/** Why an object does not come as far as to be validated. */
export interface WriteRefusal {
  readonly code: number;
  readonly reason: string;
  readonly message: string;
  readonly causes?: readonly WriteCause[];
}

/** An object to be stored unless something is wrong with it. */
type Outcome = { readonly internal: JsonObject } | WriteRefusal;

/** What the server's Status says about one complaint. */
export interface WriteCause {
  readonly type: string;
  readonly field: string;
  readonly detail: string;
}

const BAD_PORT = `failed to allocate requested HealthCheck NodePort -1: provided port is not in the valid range. The range of valid ports is 30000-32767`;

export function create(
  object: JsonObject,
  target: Target,
  check: Check,
  server: WriteServer,
  before: () => WriteRefusal | undefined,
): Outcome {
  const { group, kind } = target;
  const refusal = before();
  if (refusal !== undefined) return refusal;
  if (group === '' && kind === 'Pod') giveAccount(object, server.minor);
  if (group === '' && kind === 'Service') {
    allocate(check, object);
    if (check.errors.length > 0) return { internal: object };
    const { type, externalTrafficPolicy, healthCheckNodePort } = record(object.spec);
    if (type === 'LoadBalancer' && externalTrafficPolicy === 'Local' && numberOf(healthCheckNodePort) < 0)
      return {
        code: 500,
        reason: 'InternalError',
        message: `Internal error occurred: ${BAD_PORT}`,
        causes: [{ type: '', field: '', detail: BAD_PORT }],
      };
  }
  const internal = createdObject(object, group, server);
  if (counts(group, kind, server.minor)) metadataOf(internal).generation = 1;
  // What is stored has one anyway; before that only the labels of Jobs are held against it.
  if (kind === 'Job') metadataOf(internal).uid = 'UID';
  checkCreation(check, internal, target);
  return { internal };
}

/** Looks at a new object as its strategy has left it. Mirrors the end of rest.BeforeCreate. */
export function checkCreation(
  check: Check,
  internal: JsonObject,
  { group, kind, namespaced }: Pick<Target, 'group' | 'kind' | 'namespaced'>,
): void {
  kindCheckOf(group, kind, namespaced).create(check, internal);
  if (check.errors.length === 0)
    checkMetadata(check, metadataOf(internal), { namespaced, name: pathSegmentErrors, finalizers: false });
}

function counts(group: string, kind: string, minor: number): boolean {
  return minor >= (objectKind(group, kind)?.generation ?? Infinity);
}

function numberOf(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0;
}

/** Mirrors what plugin/pkg/admission/serviceaccount does first: it runs before validation, and some pods are valid only with an account. */
function giveAccount(pod: JsonObject, minor: number): void {
  const spec = record(pod.spec);
  if (text(spec.serviceAccountName) !== '') return;
  if ('kubernetes.io/config.mirror' in record(metadataOf(pod).annotations)) return;
  spec.serviceAccountName = 'default';
  if (minor >= FIRST_FIELD_WARNINGS) spec.serviceAccount = 'default';
}

/** Kinds that are only changed by who knows their resource version. */
const CONDITIONAL = new Set([
  'APIService',
  'ClusterTrustBundle',
  'CSIDriver',
  'CSINode',
  'CSIStorageCapacity',
  'CustomResourceDefinition',
  'MutatingWebhookConfiguration',
  'PodDisruptionBudget',
  'RuntimeClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
]);

export function update(
  object: JsonObject,
  old: Existing,
  target: Target,
  check: Check,
  server: WriteServer,
  beforeAll: () => WriteRefusal | undefined,
): Outcome {
  const { group, kind } = target;
  const before = old.internal;
  const [metadata, oldMetadata] = [metadataOf(object), metadataOf(before)];
  const name = text(oldMetadata.name);
  if (text(metadata.name) === '') {
    const message = `the name of the object (${name} based on URL) was undeterminable: name must be provided`;
    return { code: 400, reason: 'BadRequest', message };
  }
  if (metadata.name !== name) {
    const message = `the name of the object (${text(metadata.name)}) does not match the name on the URL (${name})`;
    return { code: 400, reason: 'BadRequest', message };
  }
  const refusal = beforeAll();
  if (refusal !== undefined) return refusal;
  if (text(metadata.resourceVersion) === '') {
    if (old.hasResourceVersion || !CONDITIONAL.has(kind)) metadata.resourceVersion = text(oldMetadata.resourceVersion);
    else {
      const detail = `Invalid value: ${server.minor < FIRST_DECIMAL ? '0x0' : '0'}: must be specified for an update`;
      const place = 'metadata.resourceVersion';
      const message = `${target.resource}${group === '' ? '' : `.${group}`} ${goQuote(name)} is invalid: ${place}: ${detail}`;
      return { code: 422, reason: 'Invalid', message, causes: [{ type: 'FieldValueInvalid', field: place, detail }] };
    }
  } else if (!/^\d+$/.test(text(metadata.resourceVersion))) {
    const message = `strconv.ParseUint: parsing ${goQuote(text(metadata.resourceVersion))}: invalid syntax`;
    return { code: 500, reason: '', message };
  } else if (metadata.resourceVersion !== oldMetadata.resourceVersion) {
    const message = `Operation cannot be fulfilled on ${target.resource}${group === '' ? '' : `.${group}`} ${goQuote(name)}: the object has been modified; please apply your changes to the latest version and try again`;
    return { code: 409, reason: 'Conflict', message };
  }
  if (group === '' && kind === 'Service') {
    allocate(check, object, before);
    if (check.errors.length > 0) return { internal: object };
  }
  const internal = updatedObject(object, before, group, '', server);
  if (counts(group, kind, server.minor) && hasChanged(kind, internal, before))
    metadataOf(internal).generation = numberOf(oldMetadata.generation) + 1;
  checkCommonUpdate(check, internal, before, target.namespaced);
  kindCheckOf(group, kind, target.namespaced).update(check, internal, before);
  return { internal };
}

/** Deployments and daemon sets count changes of their annotations too; priority classes count none. */
function hasChanged(kind: string, object: JsonObject, old: JsonObject): boolean {
  if (kind === 'PriorityClass') return false;
  const rest = (from: JsonObject): JsonObject => withoutFields(from, ['metadata', 'status']);
  if (!sameJson(rest(object), rest(old))) return true;
  if (kind !== 'Deployment') return false;
  return !sameJson(record(metadataOf(object).annotations), record(metadataOf(old).annotations));
}
