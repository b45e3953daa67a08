import type { Cluster } from '../../../cluster/index/cluster.ts';
import { storageGroup } from '../../../cluster/index/identity.ts';
import { namespaceOf } from '../../../cluster/index/object-index.ts';
import { person } from '../../../cluster/pods/creators.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { storedNamespace } from '../../../cluster/stored/stored-namespace.ts';
import { memo } from '../../../lang/memo.ts';
import { asWritten } from '../../../model/as-written.ts';
import { apiResource } from '../../../model/discovery.ts';
import { record, text } from '../../../model/json.ts';
import type { ManifestObject } from '../../../model/object.ts';
import { kyvernoExpressionPolicies, mutatingPolicies } from './expression-policies.ts';
import { gatekeeperPolicies } from './gatekeeper.ts';
import { kubewardenPolicies } from './kubewarden.ts';
import { kyvernoPolicies } from './kyverno.ts';
import { labelsOfName } from './match-labels.ts';
import type { NamespaceLabels, OtherDecider, OtherRequest } from './other-decider.ts';
import { webhooks } from './webhooks.ts';

/** A decider that takes a pod, or the workload that makes it. */
export interface TakenBy {
  readonly decider: OtherDecider;
  /** Whether the manifests show that it is asked; else it may be. */
  readonly isCertain: boolean;
}

/**
 * Who else decides about a pod: all that take its creation, or the creation of the workload that it is of, and whose answers are not
 * known. Those whose changes the configuration tells (`settings.assume.mutatedBy`) only refuse. Memoised per cluster and pod.
 */
export function othersOfPod(cluster: Cluster, source: PodSource): readonly TakenBy[] {
  return takersOfPod(cluster, source).filter(({ decider }) => decider.mayChange || decider.mayRefuse);
}

/** All that take a pod, also those whose changes the configuration tells. */
export function takersOfPod(cluster: Cluster, source: PodSource): readonly TakenBy[] {
  return memo(cluster, deciders).length === 0 ? [] : memo(cluster, collect, source);
}

/** The first of them that may change the pod before anybody judges it. */
export function changerOfPod(cluster: Cluster, source: PodSource): OtherDecider | undefined {
  return othersOfPod(cluster, source).find(({ decider }) => decider.mayChange)?.decider;
}

function deciders(cluster: Cluster): readonly OtherDecider[] {
  const told = cluster.settings.assume?.mutatedBy ?? {};
  return [
    ...webhooks(cluster),
    ...mutatingPolicies(cluster),
    ...kyvernoPolicies(cluster),
    ...kyvernoExpressionPolicies(cluster),
    ...gatekeeperPolicies(cluster),
    ...kubewardenPolicies(cluster),
  ].map((each) => (Object.hasOwn(told, each.name) ? { ...each, mayChange: false } : each));
}

function collect(cluster: Cluster, source: PodSource): readonly TakenBy[] {
  const requests = [podRequest(cluster, source)];
  const ofOwner = source.templatePath.length === 0 ? undefined : ownerRequest(cluster, source.owner);
  if (ofOwner !== undefined) requests.push(ofOwner);
  return memo(cluster, deciders).flatMap((decider): TakenBy[] => {
    const answers = requests.map((request) => decider.takes(request));
    if (answers.includes(true)) return [{ decider, isCertain: true }];
    return answers.includes('maybe') ? [{ decider, isCertain: false }] : [];
  });
}

function podRequest(cluster: Cluster, { pod, namespace, creator }: PodSource): OtherRequest {
  const name = text(record(pod.metadata).name);
  return request(cluster, { group: '', version: 'v1', kind: 'Pod', resource: 'pods' }, namespace, {
    name,
    object: pod,
    user: creator.user.value,
  });
}

/** Undefined for custom kinds, whose resource is not known. */
function ownerRequest(cluster: Cluster, owner: ManifestObject): OtherRequest | undefined {
  const { kind, version, name } = owner;
  const group = storageGroup(owner.group, kind);
  const served = apiResource(cluster.version.value, group, kind);
  if (served === undefined) return undefined;
  const { resource } = served;
  const user = person(cluster).user.value;
  const object = asWritten(owner);
  return request(cluster, { group, version, kind, resource }, namespaceOf(cluster, owner), { name, object, user });
}

function request(
  cluster: Cluster,
  { resource, ...kind }: OtherRequest['kind'] & { readonly resource: string },
  namespace: string,
  {
    name,
    object,
    user,
  }: Pick<OtherRequest, 'name' | 'object'> & { readonly user: PodSource['creator']['user']['value'] },
): OtherRequest {
  return {
    operation: 'CREATE',
    user: { name: user.name, uid: '', groups: user.groups, extra: {} },
    kind,
    resource: { group: kind.group, version: kind.version, resource },
    subresource: '',
    name,
    namespace,
    object,
    oldObject: undefined,
    dryRun: false,
    options: { kind: 'CreateOptions', apiVersion: 'meta.k8s.io/v1' },
    inNamespace: namespace === '' ? undefined : memo(cluster, labelsOfNamespace, namespace),
  };
}

function labelsOfNamespace(cluster: Cluster, name: string): NamespaceLabels {
  const found = storedNamespace(cluster, name);
  const labels = new Map([...labelsOfName(name), ...Object.entries(found?.labels ?? {})]);
  return { labels, isOpen: found === undefined || 'implicit' in found.object };
}
