import type { Cluster } from '../../../cluster/index/cluster.ts';
import { namespaceOf, objectsOfKind } from '../../../cluster/index/object-index.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { groupBy } from '../../../lang/group-by.ts';
import { protocolNumbers } from '../../../engines/net/form/protocol.ts';
import { record, textFields } from '../../../model/json.ts';
import { namedPort } from '../../../engines/net/model/service-targets.ts';
import { objectValue } from '../../../model/object-value.ts';
import type { Json, ManifestObject } from '../../../model/object.ts';

/** One port of a Service. */
export interface NetServicePort {
  /** '' for one without a name. */
  readonly name: string;
  readonly protocol: string;
  readonly port: number;
  /** The pods' port, by number or name. */
  readonly target: number | string;
  /** Its place in `spec.ports`. */
  readonly index: number;
}

/** A Service and what is behind it. */
export interface NetService {
  readonly object: ManifestObject;
  readonly name: string;
  readonly namespace: string;
  readonly type: string;
  readonly selector: ReadonlyMap<string, string>;
  readonly ports: readonly NetServicePort[];
  /** The pods that its selector picks; none for a Service without one. */
  readonly pods: readonly PodSource[];
  /** Where a connection to one of its ports goes at a pod, by protocol number; undefined where the pod has no such port. */
  target(port: NetServicePort, pod: PodSource): { readonly protocol: number; readonly port: number } | undefined;
}

/** The existing Services of a cluster, and those of each pod. */
export function netServices(
  cluster: Cluster,
  pods: readonly PodSource[],
): { readonly all: readonly NetService[]; readonly ofPod: ReadonlyMap<PodSource, readonly NetService[]> } {
  const byNamespace = groupBy(pods, ({ namespace }) => namespace);
  const all = objectsOfKind(cluster, '', 'Service').map((object): NetService => {
    const spec = record(objectValue(object, cluster.version.value).spec);
    const namespace = namespaceOf(cluster, object);
    const selector = new Map(textFields(spec.selector));
    const picked = selector.size === 0 ? [] : (byNamespace.get(namespace) ?? []).filter((pod) => picks(selector, pod));
    return {
      object,
      name: object.name,
      namespace,
      type: typeof spec.type === 'string' ? spec.type : 'ClusterIP',
      selector,
      ports: (Array.isArray(spec.ports) ? spec.ports : []).flatMap(servicePort),
      pods: picked,
      target: ({ protocol, target }, pod) => {
        const port = typeof target === 'number' ? target : namedPort(pod, target, protocol);
        return port === undefined ? undefined : { protocol: protocolNumbers[protocol] ?? 6, port };
      },
    };
  });
  const ofPod = new Map<PodSource, NetService[]>();
  for (const service of all) {
    for (const pod of service.pods) {
      const services = ofPod.get(pod);
      if (services === undefined) ofPod.set(pod, [service]);
      else services.push(service);
    }
  }
  return { all, ofPod };
}

function picks(selector: ReadonlyMap<string, string>, pod: PodSource): boolean {
  const labels = record(record(pod.pod.metadata).labels);
  return [...selector].every(([key, value]) => labels[key] === value);
}

function servicePort(value: Json, index: number): readonly NetServicePort[] {
  const { name, protocol, port, targetPort } = record(value);
  if (typeof port !== 'number') return [];
  const target = typeof targetPort === 'number' || typeof targetPort === 'string' ? targetPort : port;
  return [
    {
      name: typeof name === 'string' ? name : '',
      protocol: typeof protocol === 'string' ? protocol : 'TCP',
      port,
      target: target === '' || target === 0 ? port : target,
      index,
    },
  ];
}
