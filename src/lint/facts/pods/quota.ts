import { admissionRequestOf } from '../../../cluster/pods/admission-request.ts';
import type { Cluster } from '../../../cluster/index/cluster.ts';
import { namespaceOf, objectsOfKind } from '../../../cluster/index/object-index.ts';
import { isPluginOn } from '../../../cluster/components/plugins-in-force.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { podsOf } from '../../../cluster/pods/pods-of.ts';
import { storedIn, storedObjects } from '../../../cluster/stored/stored-objects.ts';
import { runAdmission } from '../../../engines/admission/chain.ts';
import { quotaTally, type QuotaFit } from '../../../engines/admission/quota-tally.ts';
import type { Reason } from '../../../engines/verdict.ts';
import type { ManifestObject } from '../../../model/object.ts';
import { once } from '../once.ts';

/** A pod or claim that the LimitRanges of its namespace keep out. */
export interface LimitRefusal {
  readonly object: ManifestObject;
  /** Undefined for a claim. */
  readonly source: PodSource | undefined;
  /** The server's words. */
  readonly message: string;
  readonly because: readonly Reason[];
  /** `invalid`: the defaults that are filled in make the pod one that the API refuses. */
  readonly cause: 'broken' | 'invalid';
}

/** What one LimitRange fills into pods. */
export interface LimitDefaults {
  readonly range: ManifestObject;
  readonly pods: readonly PodSource[];
}

/** What quotas and LimitRanges make of what the tree puts into their namespaces. */
export interface QuotaFacts {
  /** How much of each linted manifest its namespace's quotas admit, quotas of other manifests' namespaces left out. */
  readonly fits: readonly QuotaFit[];
  /** Linted pods and claims that a LimitRange keeps out. */
  readonly limitRefusals: readonly LimitRefusal[];
  /** The linted LimitRanges that fill in something. */
  readonly limitDefaults: readonly LimitDefaults[];
}

const LIMITS = { plugins: ['LimitRanger'] };

/** Answers by LimitRanger and ResourceQuota; of a plugin that is not on, nothing is said. */
export function quotaFacts(cluster: Cluster): QuotaFacts {
  const isLinted = (object: ManifestObject) => !cluster.context.has(object);
  const fits = once(() =>
    isPluginOn(cluster, 'ResourceQuota')
      ? namespacesWith(cluster, 'ResourceQuota').flatMap((namespace) => quotaTally(cluster, namespace))
      : [],
  );
  const limited = once(() => (isPluginOn(cluster, 'LimitRanger') ? namespacesWith(cluster, 'LimitRange') : []));
  const pods = once(() =>
    podsOf(cluster).filter(({ owner, namespace }) => isLinted(owner) && limited().includes(namespace)),
  );
  return {
    get fits() {
      return fits().filter(({ object }) => isLinted(object));
    },
    get limitRefusals() {
      const claims = storedObjects(cluster, '', 'PersistentVolumeClaim').stored.filter(
        ({ object, namespace }) => isLinted(object) && limited().includes(namespace),
      );
      return [
        ...pods().flatMap((source) => podRefusal(cluster, source)),
        ...claims.flatMap(({ object }) => claimRefusal(cluster, object)),
      ];
    },
    get limitDefaults() {
      return storedObjects(cluster, '', 'LimitRange').stored.flatMap(({ object, namespace }) => {
        if (!isLinted(object) || !limited().includes(namespace)) return [];
        const filled = pods().filter((source) => source.namespace === namespace && isFilled(cluster, source));
        return filled.length === 0 ? [] : [{ range: object, pods: filled }];
      });
    },
  };
}

function namespacesWith(cluster: Cluster, kind: string): readonly string[] {
  return [...new Set(objectsOfKind(cluster, '', kind).map((object) => namespaceOf(cluster, object)))];
}

function podRefusal(cluster: Cluster, source: PodSource): LimitRefusal[] {
  const request = admissionRequestOf(source);
  const { deniedBy, message, because: bounds, validationErrors } = runAdmission(cluster, request, LIMITS);
  const base = { object: source.owner, source };
  if (deniedBy === 'LimitRanger') return [{ ...base, message, because: bounds, cause: 'broken' }];
  const unlimited = runAdmission(cluster, request, { plugins: [] });
  const before = new Set(unlimited.validationErrors.map((error) => error.message));
  const error = validationErrors.find((each) => !before.has(each.message));
  if (error === undefined) return [];
  const because = storedIn(cluster, '', 'LimitRange', source.namespace).map(({ object }) => ({
    object,
    path: ['spec', 'limits'],
    sentence: 'it fills in what the pod leaves out',
  }));
  return [{ ...base, message: error.message, because, cause: 'invalid' }];
}

function claimRefusal(cluster: Cluster, object: ManifestObject): LimitRefusal[] {
  const namespace = namespaceOf(cluster, object);
  const stored = storedIn(cluster, '', 'PersistentVolumeClaim', namespace).find((each) => each.object === object);
  const request = {
    operation: 'CREATE' as const,
    user: { name: '', groups: [] },
    namespace,
    resource: 'persistentvolumeclaims',
    subresource: '',
    object: stored?.value ?? {},
  };
  const { deniedBy, message, because } = runAdmission(cluster, request, LIMITS);
  return deniedBy === 'LimitRanger' ? [{ object, source: undefined, message, because, cause: 'broken' }] : [];
}

function isFilled(cluster: Cluster, source: PodSource): boolean {
  const { object } = runAdmission(cluster, admissionRequestOf(source), LIMITS);
  const { annotations = {} } = object.metadata as { annotations?: Record<string, string> };
  return annotations['kubernetes.io/limit-ranger'] !== undefined;
}
