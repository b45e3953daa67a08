import { selectorImplies } from '../../../lang/calico-selector/selector-implies.ts';
import type { SelectorNode } from '../../../lang/calico-selector/selector-node.ts';
import { cidrContains } from '../../../lang/addresses/cidr.ts';
import type { Cidr } from '../../../lang/addresses/cidr.ts';
import { either, negated as negatedTruth } from '../../../lang/truth.ts';
import type { Truth } from '../../../lang/truth.ts';
import type { Family, PeerMatch } from '../form/normal-form.ts';
import type { Owner } from '../form/owner.ts';
import type { AddressEnd, Packet, PacketEnd } from '../form/packet.ts';
import { negated } from '../form/peer-sets.ts';
import type { PeerSets } from '../form/peer-sets.ts';
import { AddressCriterion } from './criterion.ts';
import type { Doubt, Lookups, PeerIndex } from './criterion.ts';

/** Addresses that belong to an endpoint or network set that a selector matches. */
export class SelectorCriterion extends AddressCriterion {
  readonly selectors: readonly [SelectorNode];

  constructor(selector: SelectorNode) {
    super();
    this.selectors = [selector];
  }

  matchesAddress({ owners, possibleOwners }: AddressEnd, _family: Family, lookups: Lookups): Truth {
    const [selector] = this.selectors;
    let truth: Truth = false;
    for (const owner of owners) {
      truth = either(truth, lookups.owners.matches(selector, owner));
      if (truth === true) return true;
    }
    if (possibleOwners?.some((owner) => lookups.owners.matches(selector, owner) !== false) === true) return 'maybe';
    return truth;
  }

  peers(index: PeerIndex): PeerSets {
    return index.selected(this.selectors[0]);
  }

  /** The owners of addresses tell them apart, not blocks of its own. */
  cuts(): readonly (readonly Cidr[])[] {
    return [];
  }

  coversAddresses({ selector }: PeerMatch): boolean {
    return selector !== undefined && selectorImplies(selector, this.selectors[0]);
  }

  doubts({ owners, possibleOwners = [] }: AddressEnd, lookups: Lookups): readonly Doubt[] {
    const [selector] = this.selectors;
    const labels = owners.filter((owner) => lookups.owners.matches(selector, owner) === 'maybe');
    const members = possibleOwners.filter((owner) => lookups.owners.matches(selector, owner) !== false);
    return [
      ...labels.map((owner) => ({ kind: 'labels', selector, owner }) as const),
      ...members.map((owner) => ({ kind: 'members', owner }) as const),
    ];
  }

  matchesRequest(end: PacketEnd, _packet: Packet, lookups: Lookups): boolean {
    return end.owners.some((owner) => isSeen(owner, end) && lookups.owners.matches(this.selectors[0], owner) === true);
  }
}

/** Addresses that belong to nothing that a selector matches. */
export class NotSelectorCriterion extends SelectorCriterion {
  override matchesAddress(end: AddressEnd, family: Family, lookups: Lookups): Truth {
    return negatedTruth(super.matchesAddress(end, family, lookups));
  }

  override peers(index: PeerIndex): PeerSets {
    return negated(super.peers(index), index.everybody);
  }

  override coversAddresses({ notSelector }: PeerMatch): boolean {
    return notSelector !== undefined && selectorImplies(this.selectors[0], notSelector);
  }

  override matchesRequest(end: PacketEnd, packet: Packet, lookups: Lookups): boolean {
    return !super.matchesRequest(end, packet, lookups);
  }
}

/**
 * Dikastes keeps its address sets in a tree that ends in a table of single addresses: it never finds an address by a block that
 * is smaller than that table (/25 to /31, /121 to /127). Mirrors app-policy/policystore/ipset.go containsIP, v3.32.
 */
function isSeen(owner: Owner, { address }: PacketEnd): boolean {
  if (address === undefined) return true;
  const single = address.family === 4 ? 32 : 128;
  return owner.nets.some((net) => (net.bits === single || net.bits <= single - 8) && cidrContains(net, address));
}
