import type { Cluster } from '../../cluster/index/cluster.ts';
import type { PodSource } from '../../cluster/pods/pod-source.ts';
import { podsOf } from '../../cluster/pods/pods-of.ts';
import { type Replicas, replicasOf } from '../../cluster/pods/replicas.ts';
import { storedIn, type StoredObject } from '../../cluster/stored/stored-objects.ts';
import { memo } from '../../lang/memo.ts';
import { addLists, multiplyList, subtractLists } from '../../lang/resource-list.ts';
import type { PersistentVolumeClaim } from '../../model/kinds/persistent-volume-claim.ts';
import { objectValue } from '../../model/object-value.ts';
import type { JsonObject, ManifestObject } from '../../model/object.ts';
import type { AdmissionVerdict } from './chain.ts';
import { claimAdmission, objectAdmission } from './object-admission.ts';
import { podAdmission, refusalBy } from './pod-admission.ts';
import type { AdmissionAttributes, Rejection } from './request/plugin.ts';
import { checkQuotas, type QuotaOutcome, type QuotaRefusal } from './quota/quota-check.ts';
import { quotaEvaluator } from './quota/quota-evaluators.ts';
import type { QuotaState } from './quota/quota-state.ts';
import { countedResources, unusedQuota } from './quota/quota-usage.ts';
import { quotaRejection } from './quota/resource-quota.ts';

/** How much of what a manifest asks for the quotas of its namespace admit. */
export interface QuotaFit {
  /** The manifest; of pods, their owner. */
  readonly object: ManifestObject;
  /** Undefined for an object that is no pod. */
  readonly source: PodSource | undefined;
  /** How many pods (or objects: 1) it asks for at one time. */
  readonly wanted: number;
  /** How many of them are admitted beside what comes before it in the tree. */
  readonly admitted: number;
  /** How many would be if nothing else were there. */
  readonly alone: number;
  /** The first refusal, in the server's words; undefined where all are admitted. */
  readonly rejection: Rejection | undefined;
}

/**
 * What the quotas of a namespace admit of all that the manifests put into it, taken in the order of the cluster's objects: claims, services
 * and other objects as they are, workloads with all their replicas. Nothing else is taken to exist. Whatever refuses a manifest `alone`
 * refuses it in any order. Empty where the namespace has no quota. Memoised per cluster and namespace.
 */
export function quotaTally(cluster: Cluster, namespace: string): readonly QuotaFit[] {
  return memo(cluster, tallyOf, namespace);
}

function tallyOf(cluster: Cluster, namespace: string): QuotaFit[] {
  const quotas = storedIn(cluster, '', 'ResourceQuota', namespace).map((stored) => unusedQuota(cluster, stored));
  if (quotas.length === 0) return [];
  let used: readonly QuotaState[] = quotas;
  return charges(cluster, namespace, quotas).flatMap((charge) => {
    const alone = fill(cluster, quotas, charge);
    const beside = fill(cluster, used, charge);
    if (charge.replicas.lasting) used = beside.quotas;
    const { object, source, replicas } = charge;
    if (replicas.count === 0) return [];
    const { rejection } = alone.rejection === undefined ? beside : alone;
    return [{ object, source, wanted: replicas.count, admitted: beside.admitted, alone: alone.admitted, rejection }];
  });
}

/** Something that is created a number of times. */
interface Charge {
  readonly object: ManifestObject;
  readonly source: PodSource | undefined;
  readonly replicas: Replicas;
  readonly attributes: AdmissionAttributes;
}

/** As many of them as fit. Each one is charged the same, so the first that does not is found by halving, however many replicas there are. */
function fill(
  cluster: Cluster,
  quotas: readonly QuotaState[],
  { attributes, replicas: { count } }: Charge,
): { quotas: readonly QuotaState[]; admitted: number; rejection: Rejection | undefined } {
  const { minor } = cluster.version.value;
  const { group, resource, object } = attributes;
  const evaluator = quotaEvaluator(group, resource, minor);
  const request = (at: readonly QuotaState[]): QuotaOutcome =>
    evaluator === undefined ? { quotas: at } : checkQuotas(at, { object, evaluator, minor });
  const refused = (at: readonly QuotaState[], admitted: number, refusal: QuotaRefusal) => ({
    quotas: at,
    admitted,
    rejection: quotaRejection(attributes, refusal),
  });
  if (count < 1) return { quotas, admitted: count, rejection: undefined };
  const first = request(quotas);
  if ('refusal' in first) return refused(quotas, 0, first.refusal);
  const after = (admitted: number) => grown(quotas, first.quotas, admitted);
  let [fitting, most] = [1, count];
  while (fitting < most) {
    const tried = Math.ceil((fitting + most) / 2);
    if ('refusal' in request(after(tried - 1))) most = tried - 1;
    else fitting = tried;
  }
  const filled = after(fitting);
  const next = fitting === count ? { quotas: filled } : request(filled);
  return 'refusal' in next
    ? refused(filled, fitting, next.refusal)
    : { quotas: filled, admitted: count, rejection: undefined };
}

/** The quotas after some charges, told from none and one of them. */
function grown(none: readonly QuotaState[], one: readonly QuotaState[], times: number): readonly QuotaState[] {
  return one.map((quota, index) => {
    const used = none[index]?.used ?? quota.used;
    return used === quota.used
      ? quota
      : { ...quota, used: addLists(quota.used, multiplyList(subtractLists(quota.used, used), times - 1)) };
  });
}

/** All that is created in a namespace and that its quotas count, in the order of the cluster's objects. */
function charges(cluster: Cluster, namespace: string, quotas: readonly QuotaState[]): readonly Charge[] {
  const { minor } = cluster.version.value;
  const place = new Map(cluster.objects.map((object, index) => [object, index]));
  const names = quotas.flatMap(({ hard }) => [...hard.keys()]);
  const isCounted = ({ attributes: { group, resource } }: Charge): boolean =>
    (quotaEvaluator(group, resource, minor)?.matching(names) ?? []).length > 0;
  const pods = podsOf(cluster)
    .filter((source) => source.namespace === namespace && place.has(source.owner))
    .flatMap((source) => [...claimCharges(cluster, source), ...podCharge(cluster, source)]);
  const others = countedResources(cluster, names).flatMap(({ group, resource, kind }) =>
    kind === 'Pod'
      ? []
      : storedIn(cluster, group, kind, namespace).flatMap((stored) => objectCharge(cluster, stored, group, resource)),
  );
  return [...others, ...pods]
    .filter(isCounted)
    .sort((left, right) => (place.get(left.object) ?? 0) - (place.get(right.object) ?? 0));
}

/** What a request comes to be charged for; nothing where a LimitRange keeps its object out. */
function charge(verdict: AdmissionVerdict, of: Omit<Charge, 'attributes'>): readonly Charge[] {
  return refusalBy(verdict, 'LimitRanger') === undefined ? [{ ...of, attributes: verdict.request }] : [];
}

function podCharge(cluster: Cluster, source: PodSource): readonly Charge[] {
  return charge(podAdmission(cluster, source), { object: source.owner, source, replicas: replicasOf(cluster, source) });
}

/** The claims that a StatefulSet makes for each of its pods. */
function claimCharges(cluster: Cluster, source: PodSource): readonly Charge[] {
  const { owner, namespace } = source;
  if (owner.kind !== 'StatefulSet') return [];
  const { spec } = objectValue(owner, cluster.version.value) as StatefulSet;
  return (spec?.volumeClaimTemplates ?? []).flatMap((template) => {
    const name = `${template.metadata?.name ?? ''}-${owner.name}-0`;
    const value = { ...template, metadata: { ...template.metadata, name, namespace } } as unknown as JsonObject;
    const claim = { object: owner, namespace, name, value };
    const verdict = objectAdmission(cluster, claim, '', 'persistentvolumeclaims');
    return charge(verdict, { object: owner, source: undefined, replicas: replicasOf(cluster, source) });
  });
}

interface StatefulSet {
  readonly spec?: { readonly volumeClaimTemplates?: readonly PersistentVolumeClaim[] };
}

function objectCharge(cluster: Cluster, stored: StoredObject, group: string, resource: string): readonly Charge[] {
  const isClaim = group === '' && resource === 'persistentvolumeclaims';
  const verdict = isClaim ? claimAdmission(cluster, stored) : objectAdmission(cluster, stored, group, resource);
  return charge(verdict, { object: stored.object, source: undefined, replicas: { count: 1, lasting: true } });
}
