import type { Cluster } from '../../../cluster/index/cluster.ts';
import { namespaceOf, objectsOfKind } from '../../../cluster/index/object-index.ts';
import { isPluginOn } from '../../../cluster/components/plugins-in-force.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { podsOf } from '../../../cluster/pods/pods-of.ts';
import { storedObjects } from '../../../cluster/stored/stored-objects.ts';
import {
  claimLimitRefusal,
  limitChange,
  type LimitRefusal,
  podLimitRefusal,
} from '../../../engines/admission/limit-refusals.ts';
import { quotaTally, type QuotaFit } from '../../../engines/admission/quota-tally.ts';
import type { ManifestObject } from '../../../model/object.ts';
import { once } from '../../../lang/once.ts';
import type { FactContext } from '../fact-context.ts';

/** A linted pod or claim that the LimitRanges of its namespace keep out. */
export interface LimitedObject extends LimitRefusal {
  readonly object: ManifestObject;
  /** Undefined for a claim. */
  readonly source: PodSource | undefined;
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
  readonly limitRefusals: readonly LimitedObject[];
  /** The linted LimitRanges that fill in something. */
  readonly limitDefaults: readonly LimitDefaults[];
}

/** Answers by LimitRanger and ResourceQuota; of a plugin that is not on, nothing is said. */
export function quotaFacts({ cluster }: FactContext): QuotaFacts {
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
        ...pods().flatMap((source) => refused(source.owner, source, podLimitRefusal(cluster, source))),
        ...claims.flatMap((claim) => refused(claim.object, undefined, claimLimitRefusal(cluster, claim))),
      ];
    },
    get limitDefaults() {
      return storedObjects(cluster, '', 'LimitRange').stored.flatMap(({ object, namespace }) => {
        if (!isLinted(object) || !limited().includes(namespace)) return [];
        const filled = pods().filter(
          (source) => source.namespace === namespace && limitChange(cluster, source) !== undefined,
        );
        return filled.length === 0 ? [] : [{ range: object, pods: filled }];
      });
    },
  };
}

function namespacesWith(cluster: Cluster, kind: string): readonly string[] {
  return [...new Set(objectsOfKind(cluster, '', kind).map((object) => namespaceOf(cluster, object)))];
}

function refused(
  object: ManifestObject,
  source: PodSource | undefined,
  refusal: LimitRefusal | undefined,
): readonly LimitedObject[] {
  return refusal === undefined ? [] : [{ ...refusal, object, source }];
}
