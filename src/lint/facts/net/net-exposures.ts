import type { Facts } from '../../facts.ts';
import { imagesOf } from './net-callers.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import type { ManifestObject } from '../../../model/object.ts';
import type { NetService } from './net-services.ts';
import { once } from '../once.ts';

/** A port with which a cluster, a node or its data is had, open to the world outside through a Service. */
export interface Exposure {
  readonly service: NetService;
  readonly pod: PodSource;
  readonly port: number;
  /** What is served there: `etcd`. */
  readonly what: string;
}

/** What is open to the world outside, and who would keep it closed. */
export interface ExposureFacts {
  readonly sensitive: readonly Exposure[];
  /** A network plugin of the tree that enforces no policies, where none is beside it that does. */
  readonly unenforcing: { readonly object: ManifestObject; readonly name: string } | undefined;
}

/** Ports that are known by what is behind them, and are never meant for everybody. */
const sensitivePorts: ReadonlyMap<number, string> = new Map([
  [22, 'SSH'],
  [2375, 'the Docker API'],
  [2379, 'etcd'],
  [3306, 'MySQL'],
  [5432, 'PostgreSQL'],
  [5984, 'CouchDB'],
  [6379, 'Redis'],
  [9042, 'Cassandra'],
  [9200, 'Elasticsearch'],
  [10250, 'the kubelet'],
  [11211, 'Memcached'],
  [27017, 'MongoDB'],
]);

/** Asks the engine which of these the internet may reach through Services. */
export function exposureFacts({
  net,
  netTraffic,
  netBackends,
  netCallers,
}: Pick<Facts, 'net' | 'netTraffic' | 'netBackends' | 'netCallers'>): ExposureFacts {
  const sensitive = once(() =>
    net.services.flatMap((service) => {
      if (service.type !== 'NodePort' && (service.type !== 'LoadBalancer' || netBackends.isLimited(service))) return [];
      for (const { pod, protocol, port } of netCallers.targetsOf(service)) {
        const what = sensitivePorts.get(port);
        if (what === undefined) continue;
        const to = net.podEnd(pod);
        const isOpen = net
          .internetEnds()
          .some((from) => netTraffic.side('ingress', from, to, protocol, port) === 'allow');
        if (isOpen) return [{ service, pod, port, what }];
      }
      return [];
    }),
  );
  const unenforcing = once(() => {
    const daemons = net.pods.filter(({ owner }) => owner.kind === 'DaemonSet');
    const images = daemons.flatMap((pod) => imagesOf(pod).map((image) => ({ pod, image })));
    const enforces =
      /(?:^|\/)(?:calico\/node|calico-node|cilium|kube-router|antrea-\w+|weave-npc|kube-network-policies|aws-network-policy-agent)$|kube-ovn|ovn-kube/;
    if (images.some(({ image }) => enforces.test(image))) return undefined;
    const found = images.find(({ image }) => /(?:^|\/)flannel$/.test(image));
    return found && { object: found.pod.owner, name: 'flannel' };
  });
  return {
    get sensitive() {
      return sensitive();
    },
    get unenforcing() {
      return unenforcing();
    },
  };
}
