import { BitSet } from '../../../lang/bit-set.ts';
import type { SelectorNode } from '../../../lang/calico-selector/selector-node.ts';
import type { Address } from '../../../lang/addresses/cidr.ts';
import { endCriteria } from '../criteria/criteria.ts';
import type { PeerIndex } from '../criteria/criterion.ts';
import { packetEnd, unplacedEnd } from '../packet/packet-end.ts';
import type { Network } from '../model/network.ts';
import type { Family, PeerMatch, ServiceMatch } from '../form/normal-form.ts';
import { outsideClasses } from '../model/outside-classes.ts';
import type { AddressRange } from '../model/outside-classes.ts';
import type { Endpoint, Owner } from '../form/owner.ts';
import type { AddressEnd } from '../form/packet.ts';
import { LabelIndex } from '../model/label-index.ts';
import { LabelSets } from '../model/label-sets.ts';
import { PeerAddresses } from './peer-addresses.ts';
import { common, sameSets, together } from '../form/peer-sets.ts';
import type { PeerSets } from '../form/peer-sets.ts';
import { backendKey } from '../form/service-index.ts';
import type { BackendKey } from '../form/service-index.ts';

/** A pod, or a class of addresses outside; `end` stands for it in evaluation. */
export interface Peer {
  readonly end: AddressEnd;
  readonly pod?: Endpoint;
  readonly ranges?: readonly AddressRange[];
}

/**
 * All peers of one family that a flow may have, numbered, and which of them rules match. A pod whose address is not known is a
 * peer of both families that no block holds.
 */
export class Peers {
  readonly all: readonly Peer[];
  /** What criteria ask about the peers. */
  readonly index: PeerIndex;
  private readonly network: Network;
  private readonly addresses: PeerAddresses;
  private readonly pods: LabelSets;
  /** What else the addresses of peers belong to: mostly network sets. */
  private readonly ofOwner = new Map<Owner, number[]>();
  private readonly otherOwners: LabelIndex<Owner>;
  /** Peers that share a list of owners that they may have. */
  private readonly byPossibleOwners = new Map<readonly Owner[], number[]>();
  private readonly bySelector = new WeakMap<SelectorNode, PeerSets>();
  private readonly byMatch = new WeakMap<PeerMatch, PeerSets>();
  private readonly nobody: BitSet;
  private byBackend: ReadonlyMap<BackendKey, readonly number[]> | undefined;

  constructor(network: Network, family: Family) {
    this.network = network;
    this.all = [...podPeers(network, family), ...outsidePeers(network, family)];
    this.addresses = new PeerAddresses(this.all, family);
    this.nobody = new BitSet(this.all.length);
    this.index = {
      family,
      everybody: BitSet.full(this.all.length),
      selected: (selector) => this.selected(selector),
      within: (blocks) => this.addresses.within(blocks),
      behind: (service) => this.behind(service),
    };
    this.pods = new LabelSets(this.all.map(({ pod }) => pod?.labels));
    for (const [number, { end, pod }] of this.all.entries()) {
      for (const owner of end.owners) if (owner !== pod) addTo(this.ofOwner, owner, number);
      if (end.possibleOwners !== undefined) addTo(this.byPossibleOwners, end.possibleOwners, number);
    }
    this.otherOwners = new LabelIndex([...this.ofOwner.keys()]);
  }

  /** The peers that satisfy one end of a rule, those of which it is not known included. */
  matching(match: PeerMatch): BitSet {
    return this.matchingOf(match).possible;
  }

  /** The peers of which it is not known whether they satisfy one end of a rule. */
  uncertain(match: PeerMatch): BitSet {
    const { possible, sure } = this.matchingOf(match);
    return possible === sure ? this.nobody : possible.difference(sure);
  }

  private matchingOf(match: PeerMatch): PeerSets {
    const known = this.byMatch.get(match);
    if (known !== undefined) return known;
    const matching = this.find(match);
    this.byMatch.set(match, matching);
    return matching;
  }

  private find(match: PeerMatch): PeerSets {
    const [first, ...others] = endCriteria(match).map((criterion) => criterion.peers(this.index));
    return first === undefined ? sameSets(this.index.everybody) : others.reduce(common, first);
  }

  private selected(selector: SelectorNode): PeerSets {
    const known = this.bySelector.get(selector);
    if (known !== undefined) return known;
    const selected = this.select(selector);
    this.bySelector.set(selector, selected);
    return selected;
  }

  private select(selector: SelectorNode): PeerSets {
    const { owners } = this.network;
    const sure = new BitSet(this.all.length);
    const maybe = new BitSet(this.all.length);
    for (const owner of this.otherOwners.candidates(selector)) {
      const truth = owners.matches(selector, owner);
      if (truth === false) continue;
      for (const number of this.ofOwner.get(owner) ?? []) (truth === true ? sure : maybe).add(number);
    }
    for (const [possible, numbers] of this.byPossibleOwners) {
      if (!possible.some((owner) => owners.matches(selector, owner) !== false)) continue;
      for (const number of numbers) maybe.add(number);
    }
    const others = maybe.isEmpty() ? sameSets(sure) : { sure, possible: sure.union(maybe) };
    return together(this.pods.matching(selector), others);
  }

  private behind(service: ServiceMatch): BitSet {
    this.byBackend ??= this.backends();
    const set = new BitSet(this.all.length);
    for (const key of this.network.services.keysOf(service)) {
      for (const number of this.byBackend.get(key) ?? []) set.add(number);
    }
    return set;
  }

  private backends(): ReadonlyMap<BackendKey, readonly number[]> {
    const numbers = new Map<BackendKey, number[]>();
    for (const [number, { end }] of this.all.entries()) {
      const key = backendKey(end);
      if (key !== undefined) addTo(numbers, key, number);
    }
    return numbers;
  }
}

function addTo<K>(numbersOf: Map<K, number[]>, key: K, number: number): void {
  const numbers = numbersOf.get(key);
  if (numbers === undefined) numbersOf.set(key, [number]);
  else numbers.push(number);
}

function podPeers(network: Network, family: Family): readonly Peer[] {
  return network.pods.flatMap((pod): Peer[] => {
    if (pod.nets.length === 0) return [{ pod, end: unplacedEnd(network, pod, family) }];
    const net = pod.nets.find((each) => each.family === family);
    if (net === undefined) return [];
    const address: Address = net.family === 4 ? { family: 4, value: net.base } : { family: 6, value: net.base };
    return [{ pod, end: packetEnd(network, address) }];
  });
}

function outsidePeers(network: Network, family: Family): readonly Peer[] {
  return outsideClasses(network, family).flatMap(({ ranges }) => {
    const [range] = ranges;
    return range === undefined ? [] : [{ ranges, end: packetEnd(network, range.first) }];
  });
}

const known = new WeakMap<Network, Map<Family, Peers>>();

/** The peers of a family, made once for all analyses of a network. */
export function sharedPeers(network: Network, family: Family): Peers {
  const byFamily = known.get(network) ?? new Map<Family, Peers>();
  known.set(network, byFamily);
  const peers = byFamily.get(family) ?? new Peers(network, family);
  byFamily.set(family, peers);
  return peers;
}
