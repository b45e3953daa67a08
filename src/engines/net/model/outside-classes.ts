import type { Address, Cidr } from '../../../lang/addresses/cidr.ts';
import { cidrKey } from '../../../lang/addresses/cidr.ts';
import { endCriteria } from '../criteria/criteria.ts';
import type { Network } from './network.ts';
import type { Family, PeerMatch, Rule } from '../form/normal-form.ts';

/** Addresses from `first` to `last`, both included. */
export interface AddressRange {
  readonly first: Address;
  readonly last: Address;
}

/** Addresses of no pod that nothing in the network can tell apart. */
export interface OutsideClass {
  readonly ranges: readonly AddressRange[];
}

/**
 * Splits the addresses of a family that no pod has into classes: two addresses are in one class when the same rules' blocks, network
 * sets, host endpoints and Services hold them. It takes time in proportion to the blocks, whatever their sizes.
 */
export function outsideClasses(network: Network, family: Family): readonly OutsideClass[] {
  const events = blockEvents(network, family);
  const last = family === 4 ? 2n ** 32n : 2n ** 128n;
  const active = new Map<number, number>();
  const classes = new Map<string, AddressRange[]>();
  let at = 0n;
  const close = (next: bigint): void => {
    if (next > at && !active.has(podGroup)) {
      const signature = [...active.keys()].sort((a, b) => a - b).join();
      const range = { first: addressOf(family, at), last: addressOf(family, next - 1n) };
      const ranges = classes.get(signature);
      if (ranges === undefined) classes.set(signature, [range]);
      else ranges.push(range);
    }
    at = next;
  };
  for (const { position, group, change } of events) {
    close(position);
    const count = (active.get(group) ?? 0) + change;
    if (count === 0) active.delete(group);
    else active.set(group, count);
  }
  close(last);
  return [...classes.values()].map((ranges) => ({ ranges }));
}

interface BlockEvent {
  readonly position: bigint;
  readonly group: number;
  readonly change: 1 | -1;
}

/** The group of the pods' own addresses, which are outside of nothing. */
const podGroup = 0;

function blockEvents(network: Network, family: Family): readonly BlockEvent[] {
  const events: BlockEvent[] = [];
  const groups = new Map<string, number>();
  const add = (nets: readonly Cidr[], group: number): void => {
    for (const net of nets) {
      if (net.family !== family) continue;
      const start = BigInt(net.base);
      const size = 1n << BigInt((family === 4 ? 32 : 128) - net.bits);
      events.push({ position: start, group, change: 1 }, { position: start + size, group, change: -1 });
    }
  };
  const addList = (nets: readonly Cidr[]): void => {
    const key = nets.map(cidrKey).join();
    if (groups.has(key)) return;
    groups.set(key, groups.size + 1);
    add(nets, groups.size);
  };
  for (const pod of network.pods) add(pod.nets, podGroup);
  for (const match of matches(network)) {
    for (const criterion of endCriteria(match)) for (const list of criterion.cuts(network)) addList(list);
  }
  for (const [index, owner] of [...network.sets, ...network.hosts].entries()) add(owner.nets, -1 - index);
  return events.sort((a, b) => (a.position < b.position ? -1 : a.position > b.position ? 1 : 0));
}

function* matches(network: Network): Generator<PeerMatch> {
  const lists: (readonly Rule[])[] = [...network.profiles.values()].flatMap(({ rules }) => [
    rules.ingress,
    rules.egress,
  ]);
  for (const { policies } of network.tiers) {
    for (const { rules } of policies) lists.push(rules.ingress, rules.egress);
  }
  for (const rules of lists) {
    for (const { source, destination } of rules) {
      yield source;
      yield destination;
    }
  }
}

function addressOf(family: Family, value: bigint): Address {
  return family === 4 ? { family, value: Number(value) } : { family, value };
}
