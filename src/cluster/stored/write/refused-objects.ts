import { goQuote } from '../../../lang/go-quote.ts';
import { memo } from '../../../lang/memo.ts';
import { apiStatus } from '../../../model/api-versions.ts';
import { builtInProblems } from '../../../model/check-objects.ts';
import { type APIResource, apiResources } from '../../../model/discovery.ts';
import { isObject, text } from '../../../model/json.ts';
import { kindFacts } from '../../../model/kind-facts.ts';
import type { ModelProblem } from '../../../model/model-problem.ts';
import { objectValue } from '../../../model/object-value.ts';
import type { JsonObject, ManifestObject } from '../../../model/object.ts';
import { formatApiVersion } from '../../../model/type-meta.ts';
import { structReference } from '../../../model/types/schemas.ts';
import { decodeAs } from '../../../model/types/strict-decode.ts';
import { mayDecide, unknownAt, unknownValues } from '../../../model/unknown-values.ts';
import type { FieldPath } from '../../../text/tree.ts';
import type { Cluster } from '../../index/cluster.ts';
import { podServer, type PodServer } from '../../index/feature-gates.ts';
import { stringAt } from '../../index/field-node.ts';
import { storageGroup } from '../../index/identity.ts';
import type { Refusal } from '../../index/refusal.ts';
import type { Check, ObjectError } from '../../validation/check/check.ts';
import { metadataOf } from '../object-metadata.ts';
import { decodedObject } from '../object-kinds/server-object.ts';
import { invalidAnswer } from './invalid-answer.ts';
import { throughStorage } from './storage-form.ts';
import { create, type Target, update, type WriteServer } from './write-steps.ts';

/** What an API server refuses of manifests. */
export interface Refusals {
  /** Why it creates nothing of a manifest; undefined where it does. */
  created(object: ManifestObject): Refusal | undefined;
  /** Why it does not change what the first manifest made into what the second one says; both are of one identity, and created where they come first. */
  changed(before: ManifestObject, object: ManifestObject): Refusal | undefined;
}

/**
 * What the API server of a cluster refuses, as far as manifests tell: complaints that depend on the cluster's addresses and ports, or on a
 * value that is not known, are left out, and containers may be privileged. Custom resources are refused for nothing here.
 */
export function refusals(cluster: Pick<Cluster, 'settings' | 'version'>): Refusals {
  return memo(apiResources(cluster.version.value), refusalsOf, podServer(cluster));
}

function refusalsOf(served: readonly APIResource[], server: PodServer): Refusals {
  const { minor } = server;
  const own: WriteServer = { ...server, allowPrivileged: true };
  // What came and went in servers that nobody has measured is not known: they are taken to check as the first measured one does.
  const measured = minor < FIRST_MEASURED ? { ...own, minor: FIRST_MEASURED } : own;
  const resources = measuredResources(served, minor);
  const targets = new Map<string, Written | undefined>();
  const targetOf = ({ apiVersion, kind, group: writtenGroup }: ManifestObject): Written | undefined => {
    const name = `${apiVersion} ${kind}`;
    const resource = resources.get(name);
    if (resource === undefined || targets.has(name)) return targets.get(name);
    const { namespaced } = resource;
    const group = writtenGroup === 'extensions' ? storageGroup(writtenGroup, kind) : writtenGroup;
    const target = { group, kind, resource: resource.resource, apiVersion, namespaced };
    const server = apiStatus(apiVersion, kind, measured.minor).status === 'served' ? measured : own;
    const written = { target, server };
    targets.set(name, written);
    return written;
  };
  const make = (object: ManifestObject, { target, server }: Written): Made | undefined => {
    const check = newCheck(server);
    const outcome = create(decoded(objectValue(object, server), target, server), target, check, server, nothing);
    return 'message' in outcome ? undefined : { internal: outcome.internal, check };
  };
  const creation = (object: ManifestObject): Refusal | undefined => {
    const [problem] = builtInProblems(object, minor).filter(({ severity }) => severity === 'error');
    if (problem !== undefined) return unread(object, problem, minor);
    const written = targetOf(object);
    const made = written && make(object, written);
    return made && refusalOf(object, written, made);
  };
  const known = new WeakMap<ManifestObject, { readonly refusal: Refusal | undefined }>();
  const created = (object: ManifestObject): Refusal | undefined => {
    // What is context is in many clusters.
    let answer = known.get(object);
    if (answer === undefined) {
      // What is wrong with a copy is wrong at its own places.
      const isFine = object.copyOf !== undefined && created(object.copyOf) === undefined;
      known.set(object, (answer = { refusal: isFine ? undefined : creation(object) }));
    }
    return answer.refusal;
  };
  return {
    created,
    changed(before, object) {
      // What says the same is not even sent.
      if ((object.copyOf ?? object) === (before.copyOf ?? before)) return undefined;
      const written = targetOf(object);
      if (written === undefined || before.apiVersion !== object.apiVersion) return undefined;
      const { target, server } = written;
      const first = make(before, written);
      if (first === undefined) return undefined;
      const old = throughStorage(first.internal, target.group, server);
      const merged = applied(objectValue(before, server), objectValue(object, server), old);
      const check = newCheck(server);
      // By the time of the change a volume is bound to it.
      if (target.kind === 'PersistentVolumeClaim') old.status = { phase: 'Bound' };
      const there = { internal: old, hasResourceVersion: true };
      const outcome = update(decoded(merged, target, server), there, target, check, server, nothing);
      if ('message' in outcome) return undefined;
      const refusal = refusalOf(object, written, { internal: outcome.internal, check }, before);
      return refusal && { ...refusal, why: 'unchangeable', before };
    },
  };
}

/** As what a manifest is checked, and by which server. */
interface Written {
  readonly target: Target;
  readonly server: WriteServer;
}

/** An object on its way into the server, and what validation finds wrong with it. */
interface Made {
  readonly internal: JsonObject;
  readonly check: Check;
}

function newCheck({ minor }: WriteServer): Check {
  return { minor, allowPrivileged: true, errors: [], late: [] };
}

function nothing(): undefined {
  return undefined;
}

function decoded(value: JsonObject, { group, namespaced }: Target, server: WriteServer): JsonObject {
  const object = decodedObject(value, group, server);
  const metadata = metadataOf(object);
  if (!namespaced) Reflect.deleteProperty(metadata, 'namespace');
  else if (text(metadata.namespace) === '') metadata.namespace = 'default';
  return object;
}

/** Why an object is not even validated. */
function unread(object: ManifestObject, { rule, message, span }: ModelProblem, minor: number): Refusal {
  if (rule !== 'schema') return { why: 'unserved', message, causes: [{ path: ['apiVersion'], message }] };
  const { kind, version, apiVersion, node, document } = object;
  const facts = kindFacts(apiVersion, kind);
  const isYAML = document.format === 'yaml';
  const decoding =
    facts && decodeAs(node, structReference(facts.struct), { minor, duplicates: !isYAML, sorted: isYAML });
  const fault = decoding?.decodeError ?? message;
  return {
    why: 'undecodable',
    message: `${kind} in version ${goQuote(version)} cannot be handled as a ${kind}: ${fault}`,
    causes: [{ path: pathAt(object, span.start), message: fault }],
  };
}

/** The top field that a place is in: deeper ones are for those who report the problem itself. */
function pathAt({ node }: ManifestObject, offset: number): readonly string[] {
  const entry = node.entries.find(({ keyStart, value }) => keyStart <= offset && offset <= value.end);
  return entry === undefined ? [] : [entry.key];
}

function refusalOf(
  object: ManifestObject,
  { target: { group, kind }, server: { minor } }: Written,
  { internal, check }: Made,
  before?: ManifestObject,
): Refusal | undefined {
  const errors = [...check.errors, ...check.late];
  if (errors.length === 0) return undefined;
  const certain = errors.filter(
    (error) =>
      !dependsOnCluster(kind, error) &&
      holdsForKnown(object, error) &&
      (before === undefined || unknownAt(before, error.path, true) === undefined),
  );
  const answer = invalidAnswer({ kind, group, name: text(metadataOf(internal).name) }, certain, minor);
  return answer && { why: 'invalid', ...answer };
}

/**
 * What `kubectl apply` sends of a manifest where another one was applied before: what neither of them says stays as the server has it.
 * Mirrors the three-way merge of apimachinery's jsonmergepatch; lists are replaced.
 */
function applied(before: JsonObject, object: JsonObject, stored: JsonObject): JsonObject {
  const merged: JsonObject = { ...object };
  for (const [name, value] of Object.entries(stored)) {
    const [written, old] = [object[name], before[name]];
    if (isObject(value) && (isObject(written) || (written === undefined && isObject(old))))
      merged[name] = applied(isObject(old) ? old : {}, isObject(written) ? written : {}, value);
    else if (written === undefined && old === undefined) merged[name] = value;
  }
  return merged;
}

/** The minors whose answers the checks are held to. */
const MEASURED = [24, 37];
const FIRST_MEASURED = 24;

/** Kinds that are written in other words than those they are checked in. */
const CONVERTED = new Set(['autoscaling/v2beta1']);

/** Versions that no measured server has, and whose kinds are written as in those that it has. */
const ALIKE = new Set(['rbac.authorization.k8s.io/v1beta1', 'extensions/v1beta1 PodSecurityPolicy']);

/** The kinds that a server of that minor stores, and is known to read as a measured server does; by API version and kind. */
function measuredResources(resources: readonly APIResource[], minor: number): ReadonlyMap<string, APIResource> {
  const byKind = new Map<string, APIResource>();
  for (const resource of resources) {
    const { kind, verbs } = resource;
    const apiVersion = formatApiVersion(resource);
    const serves = (by: number): boolean => apiStatus(apiVersion, kind, by).status === 'served';
    // What is only created, like a SubjectAccessReview, is a question and not stored.
    const isStored = verbs.includes('get') && serves(minor);
    const isMeasured = MEASURED.some(serves) || ALIKE.has(apiVersion) || ALIKE.has(`${apiVersion} ${kind}`);
    if (isStored && isMeasured && !CONVERTED.has(apiVersion)) byKind.set(`${apiVersion} ${kind}`, resource);
  }
  return byKind;
}

/** What another cluster, with other ranges of addresses and ports or both families, may well take. */
function dependsOnCluster(kind: string, { detail }: ObjectError): boolean {
  return (
    kind === 'Service' && /not configured (?:on this cluster|for dual-stack)|is not in the valid range/.test(detail)
  );
}

/**
 * Whether a complaint holds whatever the unknown values of its object are: nothing is unknown at its place, above or below. No other field
 * matters for metadata, and only those beside or below it for a field that is missing; an unknown number or quantity counts as absent.
 */
export function holdsForKnown(
  object: ManifestObject,
  { path, type }: Pick<ObjectError, 'path'> & Partial<Pick<ObjectError, 'type'>>,
): boolean {
  const unknown = unknownValues(object);
  if (unknown.length === 0) return true;
  if (unknownAt(object, path, true) !== undefined) return false;
  if (path[0] === 'metadata' || !unknown.some((value) => mayDecide(object, value))) return true;
  // Two known values are the same whatever others are, and what is looked for by its name is only an unknown name away.
  if (type === 'FieldValueDuplicate') return true;
  if (type === 'FieldValueNotFound') {
    const name = stringAt(object.node, path);
    return unknown.every((value) => value.path.at(-1) !== 'name' && !isWithin(object, value.path, name));
  }
  return type === 'FieldValueRequired' && unknownAt(object, path.slice(0, -1), true) === undefined;
}

/** Whether a place is in an entry of that name: one with a value that is not known may look as if it were not there. */
function isWithin({ node }: ManifestObject, path: FieldPath, name: string): boolean {
  return path.some((segment, depth) => {
    return typeof segment === 'number' && stringAt(node, [...path.slice(0, depth + 1), 'name']) === name;
  });
}
