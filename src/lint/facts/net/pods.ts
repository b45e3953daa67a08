import { findObject, namespaceOf } from '../../../cluster/index/object-index.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { namespaceLabel } from '../../../engines/net/objects/calico-selectors.ts';
import { groupBy } from '../../../lang/group-by.ts';
import { readKubernetesObject } from '../../../engines/net/objects/kubernetes-object.ts';
import { record } from '../../../model/json.ts';
import { asWritten } from '../../../model/as-written.ts';
import type { Endpoint } from '../../../engines/net/form/owner.ts';
import { type ClusterNetwork, networkOf, networkPods } from '../../../engines/net/model/network-of.ts';
import { declaredPorts, type DeclaredPort } from '../../../engines/net/model/pod-ports.ts';
import { podEndpoint, readPod } from '../../../engines/net/objects/read-pod.ts';
import { requiredValue } from '../../../lang/calico-selector/required-value.ts';
import type { SelectorNode } from '../../../lang/calico-selector/selector-node.ts';
import { selectorTruth } from '../../../lang/calico-selector/selector-truth.ts';
import { mayMakePods } from '../../knowledge/passive-kinds.ts';
import { once } from '../../../lang/once.ts';
import type { FactContext } from '../fact-context.ts';
import { remembered } from '../remembered.ts';
import { endpointWords } from '../../words/packet-words.ts';

/** Questions about pods, those on their node's network included. */
export interface PodFacts {
  /** The pods that manifests lead to; those on their node's network have no endpoint. */
  readonly all: readonly PodSource[];
  endpointOf(pod: PodSource): Endpoint | undefined;
  /** `shop/web (Deployment)`; a host endpoint by its name. */
  describe(endpoint: Endpoint): string;
  /** Whether the manifests show the pods of a namespace: some of them, and no custom resource from which an operator may create others. */
  areKnown(namespace: string): boolean;
  /** Whether a pod gets the token of its account. */
  mountsToken(pod: PodSource): boolean;
  /** The ports that a pod's containers declare. */
  portsOf(pod: PodSource): readonly DeclaredPort[];
  /** The numbers of the ports of one protocol that a pod's containers declare. */
  declaredPorts(pod: PodSource, protocol: string): readonly number[];
  /** The pods on their node's network whose labels a selector matches: no policy acts on them, and no selector finds them. */
  onHost(selector: SelectorNode): readonly PodSource[];
}

/** Answers from the pods of a cluster. */
export const podFacts = remembered(({ cluster }: FactContext): PodFacts => {
  const known = (): ClusterNetwork => networkOf(cluster);
  const withPods = once(() => new Set(networkPods(cluster).map(({ namespace }) => namespace)));
  const custom = once(() => new Set(cluster.objects.filter(mayMakePods).map((object) => namespaceOf(cluster, object))));
  const hostPods = once(() => {
    const { network, endpoints } = known();
    const onHost = networkPods(cluster).filter(
      (pod) => !endpoints.has(pod) && record(pod.pod.spec).hostNetwork === true,
    );
    return groupBy(
      onHost.map((pod) => {
        const object = readKubernetesObject({ json: pod.pod, source: pod, namespace: pod.namespace });
        return { pod, labels: podEndpoint(readPod(object), network.profiles).labels };
      }),
      ({ pod }) => pod.namespace,
    );
  });
  return {
    get all() {
      return networkPods(cluster);
    },
    endpointOf: (pod) => known().endpoints.get(pod),
    describe: endpointWords,
    areKnown: (namespace) => withPods().has(namespace) && !custom().has(namespace),
    mountsToken: ({ pod, namespace, accountName }) => {
      const own = record(pod.spec).automountServiceAccountToken;
      if (typeof own === 'boolean') return own;
      const account = findObject(cluster, '', 'ServiceAccount', namespace, accountName);
      return account === undefined || asWritten(account).automountServiceAccountToken !== false;
    },
    portsOf: declaredPorts,
    declaredPorts: (pod, protocol) =>
      declaredPorts(pod).flatMap((each) => (each.protocol === protocol ? [each.port] : [])),
    onHost: (selector) => {
      const namespace = requiredValue(selector, namespaceLabel);
      const candidates = namespace === undefined ? [...hostPods().values()].flat() : (hostPods().get(namespace) ?? []);
      return candidates.flatMap(({ pod, labels }) => (selectorTruth(selector, labels) === true ? [pod] : []));
    },
  };
});
