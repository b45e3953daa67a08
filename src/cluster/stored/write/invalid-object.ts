import { memo } from '../../../lang/memo.ts';
import { apiStatus } from '../../../model/api-versions.ts';
import { type APIResource, apiResources } from '../../../model/discovery.ts';
import { text } from '../../../model/json.ts';
import { objectValue } from '../../../model/object-value.ts';
import type { ManifestObject } from '../../../model/object.ts';
import { mayDecide, unknownAt, unknownValues } from '../../../model/unknown-values.ts';
import type { Cluster } from '../../index/cluster.ts';
import { podServer } from '../../index/feature-gates.ts';
import type { Check, ObjectError } from '../../validation/check/check.ts';
import { metadataOf } from '../object-metadata.ts';
import { decodedObject } from '../object-kinds/server-object.ts';
import { type InvalidAnswer, invalidAnswer } from './invalid-answer.ts';
import { create, type WriteServer } from './write-steps.ts';

/**
 * Which objects the API server of a cluster refuses to create because its validation finds them wrong, as far as manifests tell: complaints
 * that depend on the cluster's addresses and ports, or on a value that is not known, are left out, and containers may be
 * privileged. An object must decode; of what the server does not serve nothing is said.
 */
export function invalidObjects(cluster: Cluster): (object: ManifestObject) => InvalidAnswer<ObjectError> | undefined {
  const server: WriteServer = { ...podServer(cluster), allowPrivileged: true };
  const resources = memo(apiResources(cluster.version.value), measuredResources, server.minor);
  return (object) => {
    const { group, kind, apiVersion } = object;
    const resource = resources.get(`${apiVersion} ${kind}`);
    if (resource === undefined) return undefined;
    const { namespaced } = resource;
    const decoded = decodedObject(objectValue(object, cluster.version.value), group, server);
    const metadata = metadataOf(decoded);
    if (!namespaced) Reflect.deleteProperty(metadata, 'namespace');
    else if (text(metadata.namespace) === '') metadata.namespace = 'default';
    const check: Check = { minor: server.minor, allowPrivileged: true, errors: [], late: [] };
    const target = { group, kind, resource: resource.resource, apiVersion, namespaced };
    const outcome = create(decoded, target, check, server, () => undefined);
    if ('message' in outcome) return undefined;
    const errors = [...check.errors, ...check.late];
    if (errors.length === 0) return undefined;
    const certain = errors.filter((error) => !dependsOnCluster(kind, error) && holdsForKnown(object, error));
    return invalidAnswer({ kind, group, name: text(metadataOf(outcome.internal).name) }, certain, server.minor);
  };
}

/** The minors whose answers the checks are held to. */
const MEASURED = [24, 37];

/** Kinds that are written in other words than those they are checked in. */
const CONVERTED = new Set(['autoscaling/v2beta1']);

/** The kinds that a server of that minor stores, and is known to read as a measured server does; by API version and kind. */
function measuredResources(resources: readonly APIResource[], minor: number): ReadonlyMap<string, APIResource> {
  const byKind = new Map<string, APIResource>();
  for (const resource of resources) {
    const { group, version, kind, verbs } = resource;
    const apiVersion = group === '' ? version : `${group}/${version}`;
    const serves = (by: number): boolean => apiStatus(apiVersion, kind, by).status === 'served';
    // What is only created, like a SubjectAccessReview, is a question and not stored.
    const isStored = verbs.includes('get') && serves(minor);
    if (isStored && MEASURED.some(serves) && !CONVERTED.has(apiVersion)) byKind.set(`${apiVersion} ${kind}`, resource);
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
  return type === 'FieldValueRequired' && unknownAt(object, path.slice(0, -1), true) === undefined;
}
