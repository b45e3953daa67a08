import { AddressSet } from '../../../lang/addresses/address-set.ts';
import { blocksHold } from '../../../lang/addresses/block-cover.ts';
import type { SelectorNode } from '../../../lang/calico-selector/selector-node.ts';
import { cidrContains, cidrKey } from '../../../lang/addresses/cidr.ts';
import type { Address, Cidr } from '../../../lang/addresses/cidr.ts';
import { negated as negatedTruth } from '../../../lang/truth.ts';
import type { Truth } from '../../../lang/truth.ts';
import type { Family, PeerMatch } from '../form/normal-form.ts';
import type { AddressEnd, PacketEnd } from '../form/packet.ts';
import { negated, sameSets } from '../form/peer-sets.ts';
import type { PeerSets } from '../form/peer-sets.ts';
import { AddressCriterion } from './criterion.ts';
import type { Doubt, PeerIndex } from './criterion.ts';

/** Addresses in some blocks. */
export class NetsCriterion extends AddressCriterion {
  readonly selectors: readonly SelectorNode[] = [];
  protected readonly nets: readonly Cidr[];

  constructor(nets: readonly Cidr[]) {
    super();
    this.nets = nets;
  }

  matchesAddress({ address, within }: AddressEnd, family: Family): Truth {
    if (address !== undefined) return address.family === family && holds(this.nets, address);
    return within === undefined ? false : blocksHold(this.nets, ofFamily(within, family));
  }

  peers(index: PeerIndex): PeerSets {
    return index.within(this.nets);
  }

  cuts(): readonly (readonly Cidr[])[] {
    return [this.nets];
  }

  coversAddresses({ nets }: PeerMatch): boolean {
    return nets !== undefined && blocksHold(this.nets, nets) === true;
  }

  doubts({ address }: AddressEnd): readonly Doubt[] {
    return address === undefined ? [{ kind: 'address' }] : [];
  }

  matchesRequest({ address }: PacketEnd): boolean {
    return address !== undefined && this.nets.some((net) => cidrContains(net, address));
  }
}

/** Addresses in none of some blocks. A list that has no block of the packet's family makes the whole rule one for the other family. */
export class NotNetsCriterion extends NetsCriterion {
  override matchesAddress({ address, within }: AddressEnd, family: Family): Truth {
    if (!this.isOfFamily(family)) return false;
    if (address !== undefined) return !holds(this.nets, address);
    return within === undefined ? true : negatedTruth(blocksHold(this.nets, ofFamily(within, family)));
  }

  override peers(index: PeerIndex): PeerSets {
    const { everybody, family } = index;
    return this.isOfFamily(family)
      ? negated(index.within(this.nets), everybody)
      : sameSets(everybody.difference(everybody));
  }

  override coversAddresses({ notNets }: PeerMatch): boolean {
    const key = (nets: readonly Cidr[]): string => nets.map(cidrKey).sort().join();
    return notNets !== undefined && key(this.nets) === key(notNets);
  }

  override matchesRequest(end: PacketEnd): boolean {
    return !super.matchesRequest(end);
  }

  private isOfFamily(family: Family): boolean {
    return this.nets.some((net) => net.family === family);
  }
}

/** Long lists are looked through by halves. */
function holds(nets: readonly Cidr[], address: Address): boolean {
  return nets.length < 8 ? nets.some((net) => cidrContains(net, address)) : AddressSet.of(nets).has(address);
}

function ofFamily(nets: readonly Cidr[], family: Family): readonly Cidr[] {
  return nets.every((net) => net.family === family) ? nets : nets.filter((net) => net.family === family);
}
