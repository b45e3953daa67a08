import type { Cluster } from '../../../cluster/index/cluster.ts';
import { namespacesOf, serviceAccountsOf } from '../../../cluster/stored/existing.ts';
import { storageGroup } from '../../../cluster/index/identity.ts';
import { manifestsOf, namespaceOf, supersededBy } from '../../../cluster/index/object-index.ts';
import { podBlocks } from '../../../cluster/pods/pod-blocks.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { podsOf } from '../../../cluster/pods/pods-of.ts';
import { memo } from '../../../lang/memo.ts';
import { once } from '../../../lang/once.ts';
import { record } from '../../../model/json.ts';
import { isCalicoGroup, isNetworkPolicy } from '../../../model/kinds/network-policy.ts';
import { asWritten } from '../../../model/as-written.ts';
import type { JsonObject, ManifestObject } from '../../../model/object.ts';
import type { FieldPath } from '../../../text/tree.ts';
import { buildNetwork } from './build-network.ts';
import { readKubernetesObject } from '../objects/kubernetes-object.ts';
import type { NetworkObject, Unsaid } from '../objects/network-objects.ts';
import type { Network } from './network.ts';
import type { Endpoint } from '../form/owner.ts';
import { readPod } from '../objects/read-pod.ts';
import type { RefusedBy } from '../objects/reading.ts';

/** A policy, set or other object that has no effect (or not all of it), in the words of who refuses it. */
export interface NetworkProblem {
  readonly object: ManifestObject;
  /** The field that the words begin with; `[]` for the object as a whole. */
  readonly path: FieldPath;
  readonly by: RefusedBy;
  readonly message: string;
}

/** What decides traffic in a cluster. */
export interface ClusterNetwork {
  readonly network: Network;
  readonly problems: readonly NetworkProblem[];
  readonly pods: readonly PodSource[];
  /** Those on their node's network have none. */
  readonly endpoints: ReadonlyMap<PodSource, Endpoint>;
}

const known = new WeakMap<Cluster, ClusterNetwork>();

/**
 * Whether a cluster has objects of the groups that restrict traffic: without one it has no policy and no host endpoint, and no refusal of
 * either, so that questions about them need no network.
 */
export function restrictsTraffic(cluster: Cluster): boolean {
  return memo(cluster, findRestrictions);
}

function findRestrictions(cluster: Cluster): boolean {
  return manifestsOf(cluster).some(
    ({ group, kind }) => group === 'policy.networking.k8s.io' || isCalicoGroup(group) || isNetworkPolicy(group, kind),
  );
}

/**
 * The network of a cluster: one endpoint for the pods of each workload and for each declared Pod. What the manifests leave open (labels of
 * undeclared namespaces and accounts, members of empty network sets, addresses of pods) is open in it, unless they are complete.
 */
export function networkOf(cluster: Cluster): ClusterNetwork {
  let answer = known.get(cluster);
  if (answer === undefined) known.set(cluster, (answer = makeNetwork(cluster)));
  return answer;
}

/** The pods of a cluster that send and receive, those on their node's network included: manifests that only hold a template make none. */
export function networkPods(cluster: Cluster): readonly PodSource[] {
  return memo(cluster, findPods);
}

function findPods(cluster: Cluster): readonly PodSource[] {
  return podsOf(cluster).filter(
    ({ owner }) => owner.kind !== 'PodTemplate' && supersededBy(cluster, owner) === undefined,
  );
}

/** Whether policies act on a pod: it has its own network, and is not finished. */
export function isEndpoint(pod: PodSource): boolean {
  return readPod(readKubernetesObject(podObject(pod))).isEndpoint;
}

/**
 * The network, for questions about its policies and host endpoints: an empty one where nothing restricts traffic, since most clusters of a tree
 * of examples are like that.
 */
export function policyNetworkOf(cluster: Cluster): Network {
  return restrictsTraffic(cluster) ? networkOf(cluster).network : unrestricted();
}

const unrestricted = once(() => buildNetwork({ objects: [] }).network);

function makeNetwork(cluster: Cluster): ClusterNetwork {
  const pods = networkPods(cluster);
  const objects = [...cluster.objects.flatMap((object) => plainObject(cluster, object)), ...pods.map(podObject)];
  const { blocks } = podBlocks(cluster);
  const { network, refused } = buildNetwork({
    objects,
    unsaid: unsaid(cluster, blocks),
    // NamespaceDefaultLabelName, on by default since 1.21.
    labelsNamespaces: cluster.version.value.minor >= 21,
  });
  const endpoints = new Map<PodSource, Endpoint>();
  for (const pod of network.pods) if (pod.object.source !== undefined) endpoints.set(pod.object.source, pod);
  const problems = [
    ...refusedManifests(cluster),
    ...refused.flatMap(({ object: { manifest }, by, path, message }) =>
      manifest === undefined ? [] : [{ object: manifest, path, by, message }],
    ),
  ];
  return { network, problems, pods, endpoints };
}

/** What the API server stores nothing of, each with its first complaint. */
function refusedManifests({ refused }: Cluster): readonly NetworkProblem[] {
  return [...refused].flatMap(([object, { why, causes }]) => {
    const [cause] = causes;
    const { group, kind } = object;
    if (cause === undefined || !(isNetworkPolicy(group, kind) || isCalicoGroup(group))) return [];
    return [{ object, ...cause, by: why === 'undecodable' ? 'decode' : 'apiserver' }];
  });
}

/** Groups whose objects say something about traffic. */
const groups: ReadonlySet<string> = new Set([
  '',
  'networking.k8s.io',
  'policy.networking.k8s.io',
  'discovery.k8s.io',
  'projectcalico.org',
  'crd.projectcalico.org',
]);
const coreKinds: ReadonlySet<string> = new Set(['Namespace', 'ServiceAccount', 'Service']);

function plainObject(cluster: Cluster, object: ManifestObject): readonly NetworkObject[] {
  const group = storageGroup(object.group, object.kind);
  if (!groups.has(group) || (group === '' && !coreKinds.has(object.kind)) || object.name === '') return [];
  const json = asWritten(object);
  const value: JsonObject = group === object.group ? json : { ...json, apiVersion: `${group}/v1` };
  return [{ json: value, manifest: object, namespace: namespaceOf(cluster, object) }];
}

/** The pod as the controller makes it, under the account that it gets; a declared Pod with the addresses of its status. */
function podObject(source: PodSource): NetworkObject {
  const { pod, accountName, owner, namespace } = source;
  const status = owner.kind === 'Pod' ? asWritten(owner).status : undefined;
  const json: JsonObject = {
    ...pod,
    spec: { ...record(pod.spec), ...(accountName === '' ? {} : { serviceAccountName: accountName }) },
    ...(status === undefined ? {} : { status }),
  };
  return { json, manifest: owner, namespace, source };
}

function unsaid(cluster: Cluster, blocks: Unsaid['podBlocks']): Unsaid {
  if (cluster.settings.complete === true) {
    return { openSets: false, podBlocks: blocks, namespaces: new Set(), accounts: new Set() };
  }
  const namespaces = [...namespacesOf(cluster).values()].filter(({ object }) => 'implicit' in object);
  const accounts = serviceAccountsOf(cluster).filter(({ assumed }) => assumed);
  return {
    openSets: true,
    podBlocks: blocks,
    namespaces: new Set(namespaces.map(({ name }) => name)),
    accounts: new Set(accounts.map(({ namespace, name }) => `${namespace}/${name}`)),
  };
}
