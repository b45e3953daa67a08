import type { Cluster } from '../../../cluster/index/cluster.ts';
import { controlPlane } from '../../../cluster/components/control-plane.ts';
import { podBlocks } from '../../../cluster/pods/pod-blocks.ts';
import type { Cidr } from '../../../lang/cidr.ts';
import { record } from '../../../model/json.ts';
import { asWritten, specAsWritten } from '../../../model/as-written.ts';
import type { Json } from '../../../model/object.ts';
import type { NetService } from './net-services.ts';
import { once } from '../once.ts';

/** Which addresses pods and Services have, as far as manifests say. */
export interface AddressFacts {
  /** The blocks in which pods' addresses lie; none where nothing says it. */
  readonly podBlocks: readonly Cidr[];
  /** Addresses that Services are given by their manifests, each with its Service. */
  readonly ofServices: readonly { readonly address: string; readonly service: NetService }[];
  /** The blocks from which Services get addresses; none where nothing says it. */
  readonly serviceRanges: readonly string[];
  /** Whether traffic from outside through a Service arrives at pods with the address of a node. */
  hidesSource(service: NetService): boolean;
}

/** Reads them off Services, kubeadm's configuration and the flags of API servers. */
export function addressFacts(cluster: Cluster, services: () => readonly NetService[]): AddressFacts {
  const ofServices = once(() =>
    services().flatMap((service) => {
      const { clusterIP, clusterIPs } = specAsWritten(service.object);
      const addresses = [...new Set([...texts([clusterIP]), ...texts(clusterIPs)])];
      return addresses.filter((text) => /^[\d.]+$|:/.test(text)).map((address) => ({ address, service }));
    }),
  );
  const ranges = once(() => {
    const kubeadm = cluster.objects
      .filter(({ group, kind }) => group === 'kubeadm.k8s.io' && kind === 'ClusterConfiguration')
      .flatMap((object) => texts([record(asWritten(object).networking).serviceSubnet]));
    const flags = controlPlane(cluster).apiServers.flatMap((server) =>
      server.flags.flatMap(({ name, value }) => (name === 'service-cluster-ip-range' ? [value] : [])),
    );
    return [...kubeadm, ...flags].flatMap((text) => text.split(','));
  });
  return {
    get podBlocks() {
      const { blocks, isWritten } = podBlocks(cluster);
      return isWritten ? blocks : [];
    },
    get ofServices() {
      return ofServices();
    },
    get serviceRanges() {
      return ranges();
    },
    hidesSource: ({ type, object }) =>
      (type === 'LoadBalancer' || type === 'NodePort') && specAsWritten(object).externalTrafficPolicy !== 'Local',
  };
}

function texts(value: Json | readonly (Json | undefined)[] | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : [];
}
