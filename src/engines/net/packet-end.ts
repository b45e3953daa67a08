import { blocksHold } from '../../lang/block-cover.ts';
import type { Address } from '../../lang/cidr.ts';
import type { Network } from './network.ts';
import type { Family } from './normal-form.ts';
import type { Endpoint } from './owner.ts';
import type { AddressEnd, PacketEnd } from './packet.ts';

/** One end of a packet, with all that its address belongs to. */
export function packetEnd(network: Network, address: Address, port?: number): PacketEnd {
  return {
    address,
    owners: network.owners.ownersOf(address),
    ...(network.openSets.length === 0 ? {} : { possibleOwners: network.openSets }),
    ...(port === undefined ? {} : { port }),
  };
}

/** The end that is a pod whose address is not known: what else it belongs to depends on where such addresses lie. */
export function unplacedEnd(network: Network, pod: Endpoint, family: Family): AddressEnd {
  const within = network.podBlocks?.filter((block) => block.family === family);
  if (within === undefined) return { address: undefined, owners: [pod] };
  const holding = network.sets.map((set) => ({ set, truth: blocksHold(set.nets, within) }));
  const sure = holding.flatMap(({ set, truth }) => (truth === true ? [set] : []));
  const possible = holding.flatMap(({ set, truth }) => (truth === 'maybe' ? [set] : []));
  return { address: undefined, owners: [pod, ...sure], within, possibleOwners: [...possible, ...network.openSets] };
}
