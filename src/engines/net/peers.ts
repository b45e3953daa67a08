import { BitSet } from '../../lang/bit-set.ts';
import { requiredValue } from '../../lang/calico-selector/required-value.ts';
import type { SelectorNode } from '../../lang/calico-selector/selector-node.ts';
import type { Address } from '../../lang/cidr.ts';
import { namespaceLabel } from './calico-selectors.ts';
import { packetEnd, unplacedEnd } from './packet-end.ts';
import { addressMatches } from './match-rule.ts';
import type { Network } from './network.ts';
import type { Family, PeerMatch } from './normal-form.ts';
import { outsideClasses } from './outside-classes.ts';
import type { AddressRange } from './outside-classes.ts';
import type { Endpoint, Owner } from './owner.ts';
import type { AddressEnd } from './packet.ts';

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
  private readonly network: Network;
  private readonly family: Family;
  private readonly ofOwner = new Map<Owner, number[]>();
  private readonly ownersOf = new Map<string, Owner[]>();
  private readonly ofPossibleOwner = new Map<Owner, number[]>();
  private readonly bySelector = new WeakMap<SelectorNode, PeerSets>();
  private readonly byMatch = new WeakMap<PeerMatch, PeerSets>();
  private readonly nobody: BitSet;
  private readonly everybody: PeerSets;

  constructor(network: Network, family: Family) {
    this.network = network;
    this.family = family;
    this.all = [...podPeers(network, family), ...outsidePeers(network, family)];
    this.nobody = new BitSet(this.all.length);
    const everybody = BitSet.full(this.all.length);
    this.everybody = { sure: everybody, possible: everybody };
    for (const [number, { end }] of this.all.entries()) {
      for (const owner of end.owners) addTo(this.ofOwner, owner, number);
      for (const owner of end.possibleOwners ?? []) addTo(this.ofPossibleOwner, owner, number);
    }
    for (const owner of this.ofOwner.keys()) {
      const namespace = owner.labels.get(namespaceLabel) ?? '';
      const owners = this.ownersOf.get(namespace);
      if (owners === undefined) this.ownersOf.set(namespace, [owner]);
      else owners.push(owner);
    }
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
    const { selector, notSelector, nets, notNets, service } = match;
    const isPlain = notSelector === undefined && nets === undefined && notNets === undefined && service === undefined;
    if (isPlain) return selector === undefined ? this.everybody : this.selected(selector);
    const sure = new BitSet(this.all.length);
    const possible = new BitSet(this.all.length);
    const candidates = selector === undefined ? this.all.keys() : this.selected(selector).possible;
    for (const number of candidates) {
      const peer = this.all[number];
      const truth = peer !== undefined && addressMatches(this.network, match, peer.end, this.family);
      if (truth !== false) possible.add(number);
      if (truth === true) sure.add(number);
    }
    return { sure, possible };
  }

  private selected(selector: SelectorNode): PeerSets {
    const known = this.bySelector.get(selector);
    if (known !== undefined) return known;
    const sure = new BitSet(this.all.length);
    const possible = new BitSet(this.all.length);
    const namespace = requiredValue(selector, namespaceLabel);
    const owners = namespace === undefined ? this.ofOwner.keys() : (this.ownersOf.get(namespace) ?? []);
    for (const owner of owners) {
      const truth = this.network.owners.matches(selector, owner);
      if (truth === false) continue;
      for (const number of this.ofOwner.get(owner) ?? []) {
        possible.add(number);
        if (truth === true) sure.add(number);
      }
    }
    for (const [owner, numbers] of this.ofPossibleOwner) {
      if (this.network.owners.matches(selector, owner) === false) continue;
      for (const number of numbers) possible.add(number);
    }
    const selected = { sure, possible };
    this.bySelector.set(selector, selected);
    return selected;
  }
}

/** Peers that certainly satisfy something, and those that do or may. */
interface PeerSets {
  readonly sure: BitSet;
  readonly possible: BitSet;
}

function addTo(numbersOf: Map<Owner, number[]>, owner: Owner, number: number): void {
  const numbers = numbersOf.get(owner);
  if (numbers === undefined) numbersOf.set(owner, [number]);
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
