import { controlPlane } from '../../../cluster/components/control-plane.ts';
import { podBlocks } from '../../../cluster/pods/pod-blocks.ts';
import type { Cidr } from '../../../lang/addresses/cidr.ts';
import { record, text } from '../../../model/json.ts';
import { asWritten } from '../../../model/as-written.ts';
import { type NetService, servicesOf } from '../../../engines/net/model/services.ts';
import { once } from '../../../lang/once.ts';
import type { FactContext } from '../fact-context.ts';

/** Which addresses pods and Services have, as far as manifests say. */
export interface AddressFacts {
  /** The blocks in which pods' addresses lie; none where nothing says it. */
  readonly podBlocks: readonly Cidr[];
  /** Addresses that Services are given by their manifests, each with its Service. */
  readonly ofServices: readonly { readonly address: string; readonly service: NetService }[];
  /** The blocks from which Services get addresses; none where nothing says it. */
  readonly serviceRanges: readonly string[];
}

/** Reads them off Services, kubeadm's configuration and the flags of API servers. */
export function addressFacts({ cluster }: FactContext): AddressFacts {
  const ofServices = once(() =>
    servicesOf(cluster).all.flatMap((service) => {
      const addresses = service.clusterIPs.filter((text) => /^[\d.]+$|:/.test(text));
      return addresses.map((address) => ({ address, service }));
    }),
  );
  const ranges = once(() => {
    const kubeadm = cluster.objects
      .filter(({ group, kind }) => group === 'kubeadm.k8s.io' && kind === 'ClusterConfiguration')
      .map((object) => text(record(asWritten(object).networking).serviceSubnet));
    const flags = controlPlane(cluster).apiServers.flatMap((server) =>
      server.flags.flatMap(({ name, value }) => (name === 'service-cluster-ip-range' ? [value] : [])),
    );
    return [...kubeadm, ...flags].flatMap((ranges) => ranges.split(',')).filter((range) => range !== '');
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
  };
}
