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
import { groupBy } from '../../../lang/group-by.ts';
import { once } from '../../../lang/once.ts';
import type { FactContext } from '../fact-context.ts';

/** A linted pod or claim that the LimitRanges of its namespace keep out. */
export interface LimitedObject extends LimitRefusal {
  readonly object: ManifestObject;
  /** Undefined for a claim. */
  readonly source: PodSource | undefined;
}

/** What quotas and LimitRanges make of what the tree puts into their namespaces. */
export interface QuotaFacts {
  /** The namespaces with ResourceQuotas that are enforced. */
  readonly withQuotas: readonly string[];
  /** The namespaces with LimitRanges that are enforced. */
  readonly withLimits: readonly string[];
  /** How much of a manifest the quotas of its namespace admit: one entry for its pods, one for itself. */
  fitsOf(object: ManifestObject): readonly QuotaFit[];
  /** What a LimitRange keeps out: the pods of a manifest, or a claim. */
  limitRefusalsOf(object: ManifestObject): readonly LimitedObject[];
  /** The linted pods into which a LimitRange fills requests or limits. */
  podsFilledBy(range: ManifestObject): readonly PodSource[];
}

/** Answers by LimitRanger and ResourceQuota; of a plugin that is not on, nothing is said. */
export function quotaFacts({ cluster }: FactContext): QuotaFacts {
  const isLinted = (object: ManifestObject) => !cluster.context.has(object);
  const counted = once(() => (isPluginOn(cluster, 'ResourceQuota') ? namespacesWith(cluster, 'ResourceQuota') : []));
  const fits = once(() =>
    groupBy(
      counted().flatMap((namespace) => quotaTally(cluster, namespace)),
      ({ object }) => object,
    ),
  );
  const limited = once(() => (isPluginOn(cluster, 'LimitRanger') ? namespacesWith(cluster, 'LimitRange') : []));
  const pods = once(() =>
    podsOf(cluster).filter(({ owner, namespace }) => isLinted(owner) && limited().includes(namespace)),
  );
  const limitRefusals = once(() => {
    const claims = storedObjects(cluster, '', 'PersistentVolumeClaim').filter(
      ({ object, namespace }) => isLinted(object) && limited().includes(namespace),
    );
    const all = [
      ...pods().flatMap((source) => refused(source.owner, source, podLimitRefusal(cluster, source))),
      ...claims.flatMap((claim) => refused(claim.object, undefined, claimLimitRefusal(cluster, claim))),
    ];
    return groupBy(all, ({ object }) => object);
  });
  return {
    get withQuotas() {
      return counted();
    },
    get withLimits() {
      return limited();
    },
    fitsOf: (object) => fits().get(object) ?? [],
    limitRefusalsOf: (object) => limitRefusals().get(object) ?? [],
    podsFilledBy: (range) => {
      const stored = storedObjects(cluster, '', 'LimitRange').find(({ object }) => object === range);
      if (stored === undefined || !limited().includes(stored.namespace)) return [];
      return pods().filter(
        (source) => source.namespace === stored.namespace && limitChange(cluster, source) !== undefined,
      );
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
