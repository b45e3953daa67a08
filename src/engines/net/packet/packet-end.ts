import { blocksHold } from '../../../lang/addresses/block-cover.ts';
import type { Address, Cidr } from '../../../lang/addresses/cidr.ts';
import type { Network } from '../model/network.ts';
import type { Family } from '../form/normal-form.ts';
import type { Endpoint, Owner } from '../form/owner.ts';
import type { AddressEnd, PacketEnd } from '../form/packet.ts';

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
  const { within, sure, possibleOwners } = unknownAddress(network, family);
  if (within === undefined) return { address: undefined, owners: [pod] };
  return { address: undefined, owners: [pod, ...sure], within, possibleOwners };
}

/** An address of which no more is known than that a pod has it. */
interface UnknownAddress {
  readonly within: readonly Cidr[] | undefined;
  readonly sure: readonly Owner[];
  readonly possibleOwners: readonly Owner[];
}

const known = new WeakMap<Network, Map<Family, UnknownAddress>>();

/** The same object for all pods: those who ask about many of them need not look at each. */
function unknownAddress(network: Network, family: Family): UnknownAddress {
  let ofNetwork = known.get(network);
  if (ofNetwork === undefined) known.set(network, (ofNetwork = new Map<Family, UnknownAddress>()));
  let address = ofNetwork.get(family);
  if (address === undefined) ofNetwork.set(family, (address = makeUnknownAddress(network, family)));
  return address;
}

function makeUnknownAddress(network: Network, family: Family): UnknownAddress {
  const within = network.podBlocks?.filter((block) => block.family === family);
  const sure: Owner[] = [];
  const possible: Owner[] = [];
  if (within === undefined) return { within, sure, possibleOwners: [] };
  for (const set of network.sets) {
    const truth = blocksHold(set.nets, within);
    if (truth === true) sure.push(set);
    else if (truth === 'maybe') possible.push(set);
  }
  return { within, sure, possibleOwners: [...possible, ...network.openSets] };
}
