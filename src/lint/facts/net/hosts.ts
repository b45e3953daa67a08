import { hostOpenness, type HostOpenness } from '../../../engines/net/analyses/host-openness.ts';
import type { Endpoint } from '../../../engines/net/form/owner.ts';
import { policyNetworkOf } from '../../../engines/net/model/network-of.ts';
import { type KnownPort, managementPorts } from '../../knowledge/ports.ts';
import type { FactContext } from '../fact-context.ts';

/** Questions about host endpoints. */
export interface HostFacts extends HostOpenness {
  readonly hosts: readonly Endpoint[];
  /** The ports by which nodes are managed. */
  readonly management: readonly KnownPort[];
  /** `SSH (22), etcd (2379) and the kubelet (10250)`. */
  titles(ports: readonly KnownPort[]): string;
}

/** Answers by the network engine. */
export function hostFacts({ cluster }: FactContext): HostFacts {
  const network = policyNetworkOf(cluster);
  return { ...hostOpenness(cluster, network), hosts: network.hosts, management: managementPorts, titles };
}

function titles(ports: readonly KnownPort[]): string {
  const titled = ports.map(({ name, port }) => `${name} (${String(port)})`);
  const last = titled.pop() ?? '';
  return titled.length === 0 ? last : `${titled.join(', ')} and ${last}`;
}
