import type { Cluster } from '../../../cluster/index/cluster.ts';
import { namespaceOf, objectsOfKind } from '../../../cluster/index/object-index.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { groupBy } from '../../../lang/group-by.ts';
import { record } from '../../../model/json.ts';
import { labelsOf, readService, serviceSelects } from '../../../model/kinds/service.ts';
import type { ServicePortView, ServiceView } from '../../../model/kinds/service.ts';
import { objectValue } from '../../../model/object-value.ts';
import type { ManifestObject } from '../../../model/object.ts';
import { protocolNumbers } from '../form/protocol.ts';
import { networkPods } from './network-of.ts';
import { namedPort } from './pod-ports.ts';

/** A Service and what is behind it. */
export interface NetService extends ServiceView {
  readonly object: ManifestObject;
  readonly name: string;
  readonly namespace: string;
  /** The pods that its selector matches, in the order of the manifests. */
  readonly pods: readonly PodSource[];
}

/** A pod and one of its ports; policies see no other, because the address of a Service is rewritten before they are asked. */
export interface PodPort {
  readonly pod: PodSource;
  readonly protocol: number;
  readonly port: number;
}

/** The Services of a cluster. */
export interface Services {
  readonly all: readonly NetService[];
  of(pod: PodSource): readonly NetService[];
  named(namespace: string, name: string): NetService | undefined;
}

const known = new WeakMap<Cluster, Services>();

/** The existing Services of a cluster, each with the pods behind it. */
export function servicesOf(cluster: Cluster): Services {
  let answer = known.get(cluster);
  if (answer === undefined) known.set(cluster, (answer = findServices(cluster)));
  return answer;
}

function findServices(cluster: Cluster): Services {
  const pods = groupBy(networkPods(cluster), ({ namespace }) => namespace);
  const all = objectsOfKind(cluster, '', 'Service').map((object): NetService => {
    const view = readService(record(objectValue(object, cluster.version.value).spec));
    const namespace = namespaceOf(cluster, object);
    const selected = (pods.get(namespace) ?? []).filter(({ pod }) => {
      const labels = labelsOf(pod);
      return serviceSelects(view.selector, (key) => labels[key]);
    });
    return { ...view, object, name: object.name, namespace, pods: selected };
  });
  const ofPod = new Map<PodSource, NetService[]>();
  for (const service of all) {
    for (const pod of service.pods) {
      const others = ofPod.get(pod);
      if (others === undefined) ofPod.set(pod, [service]);
      else others.push(service);
    }
  }
  const byName = new Map(all.map((service) => [`${service.namespace}/${service.name}`, service]));
  return {
    all,
    of: (pod) => ofPod.get(pod) ?? [],
    named: (namespace, name) => byName.get(`${namespace}/${name}`),
  };
}

/** Where a connection to a port of a Service goes at a pod; undefined where the pod has no such port. */
export function targetAt(
  pod: PodSource,
  { protocol, target }: Pick<ServicePortView, 'protocol' | 'target'>,
): PodPort | undefined {
  const port = typeof target === 'number' ? target : namedPort(pod, target, protocol);
  return port === undefined ? undefined : { pod, protocol: protocolNumbers[protocol] ?? 6, port };
}
