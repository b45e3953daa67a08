import { BitSet } from '../../../lang/bit-set.ts';
import type { TrafficAlgebra, TrafficSet } from '../../../lang/traffic/traffic-set.ts';
import { TrafficEvaluator } from './endpoint-traffic.ts';
import { groupBy } from '../../../lang/group-by.ts';
import type { Network } from '../model/network.ts';
import type { Family } from '../form/normal-form.ts';
import { Peers } from './peers.ts';
import { SetPool } from '../model/set-pool.ts';
import { SideClasses } from './side-classes.ts';
import type { PeerClass } from './side-classes.ts';

/** Packets that every source of a set may send to every destination of another; the numbers are those of `peers.all`. */
export interface Connection {
  readonly sources: BitSet;
  readonly destinations: BitSet;
  readonly traffic: TrafficSet;
  /** Packets of which it is not known whether they are allowed. */
  readonly unknown: TrafficSet;
}

export interface Connectivity {
  readonly peers: Peers;
  readonly evaluator: TrafficEvaluator;
  /** What is allowed; two connections never speak of the same pair of peers. Pairs outside of the cluster are left out. */
  readonly connections: readonly Connection[];
}

/** Works out all allowed flows of one family at once: `evaluateFlow` for every pair of peers and every packet. */
export function connectivity(network: Network, family: Family): Connectivity {
  const peers = new Peers(network, family);
  const evaluator = new TrafficEvaluator(network);
  const classes = new SideClasses(network, family, peers, evaluator.algebra);
  const senders = new Senders(classes.of('egress'), evaluator.algebra, peers.all.length);
  const merged = new MergedConnections(evaluator.algebra);
  for (const receiver of classes.of('ingress')) {
    for (const destinations of senders.columns(receiver.members)) {
      for (const from of senders.to(destinations, receiver.isOutside)) {
        for (const into of receiver.groups) merged.add(from, into, destinations);
      }
    }
  }
  return { peers, evaluator, connections: merged.all() };
}

/** Packets that some sources may send as far as their own side goes, or some others may get. */
interface Half {
  readonly peers: BitSet;
  readonly traffic: TrafficSet;
  readonly possible: TrafficSet;
}

interface Offer extends Half {
  readonly destinations: BitSet;
}

/**
 * What all senders may send, put together by what they may send to whom. Most of them treat most destinations alike, each sender
 * its own: that is said once, and only what is otherwise by destination.
 */
class Senders {
  /** What senders may send to all but their exceptions, by packets. */
  private readonly usual = new Map<string, Half>();
  /** What they may send, perhaps nothing, to some destinations. */
  private readonly exceptions: readonly Offer[];
  /** For each destination the numbers of the exceptions about it. */
  private readonly exceptionsOf: readonly BitSet[];
  private readonly outside: BitSet;

  constructor(classes: readonly PeerClass[], { nothing }: TrafficAlgebra, size: number) {
    const pool = new SetPool();
    const exceptions = new Map<string, Offer>();
    const everybody = BitSet.full(size);
    this.outside = new BitSet(size);
    for (const { members, isOutside, groups } of classes) {
      if (isOutside) this.outside.addAll(members);
      const rest = groups.reduce((left, { peers }) => left.difference(peers), everybody);
      const all = [...groups, { peers: rest, traffic: nothing, possible: nothing }];
      const widest = all.reduce((a, b) => (b.peers.count() > a.peers.count() ? b : a));
      for (const group of all) {
        if (group.peers.isEmpty()) continue;
        const key = packetsKey(group);
        if (group === widest) addHalf(this.usual, key, { ...group, peers: members });
        else {
          const offer = { ...group, peers: members, destinations: group.peers };
          addHalf(exceptions, `${pool.number(group.peers)} ${key}`, offer);
        }
      }
    }
    this.exceptions = [...exceptions.values()];
    this.exceptionsOf = Array.from({ length: size }, () => new BitSet(this.exceptions.length));
    for (const [number, { destinations }] of this.exceptions.entries()) {
      for (const destination of destinations) this.exceptionsOf[destination]?.add(number);
    }
  }

  /** Splits destinations so that the same is sent to all of a set. */
  columns(destinations: BitSet): readonly BitSet[] {
    const pool = new SetPool();
    const columns = groupBy([...destinations], (number) => {
      const exceptions = this.exceptionsOf[number];
      return exceptions === undefined ? -1 : pool.number(exceptions);
    });
    if (columns.size === 1) return [destinations];
    return [...columns.values()].map((numbers) => {
      const column = new BitSet(destinations.size);
      for (const number of numbers) column.add(number);
      return column;
    });
  }

  /** What is sent to the destinations of one column. */
  to(column: BitSet, isOutside: boolean): readonly Half[] {
    const halves = new Map<string, Half>();
    const excepted = new BitSet(column.size);
    for (const number of this.exceptionsOf[column.first()] ?? []) {
      const exception = this.exceptions[number];
      if (exception === undefined) continue;
      excepted.addAll(exception.peers);
      addHalf(halves, packetsKey(exception), exception);
    }
    for (const [key, half] of this.usual) addHalf(halves, key, { ...half, peers: half.peers.difference(excepted) });
    const sent = [...halves.values()];
    return isOutside ? sent.map((half) => ({ ...half, peers: half.peers.difference(this.outside) })) : sent;
  }
}

function packetsKey({ traffic, possible }: Omit<Half, 'peers'>): string {
  return `${traffic.id} ${possible.id}`;
}

/** Adds the peers of a half to those of the one with the same key. */
function addHalf<H extends Half>(halves: Map<string, H>, key: string, half: H): void {
  const known = halves.get(key);
  if (known === undefined) halves.set(key, { ...half, peers: half.peers.copy() });
  else known.peers.addAll(half.peers);
}

/** Connections, those with the same sources and packets as one. */
class MergedConnections {
  private readonly algebra: TrafficAlgebra;
  private readonly pool = new SetPool();
  private readonly found = new Map<string, Connection>();

  constructor(algebra: TrafficAlgebra) {
    this.algebra = algebra;
  }

  all(): readonly Connection[] {
    return [...this.found.values()];
  }

  /** Adds what is both sent by some and let in from some. */
  add(from: Half, into: Half, destinations: BitSet): void {
    const { algebra } = this;
    if (!from.peers.intersects(into.peers)) return;
    const possible = algebra.intersection(into.possible, from.possible);
    if (possible === algebra.nothing) return;
    const traffic = algebra.intersection(into.traffic, from.traffic);
    const unknown = algebra.difference(possible, traffic);
    const sources = this.pool.one(from.peers.intersection(into.peers));
    const key = `${this.pool.number(sources)} ${traffic.id} ${unknown.id}`;
    const known = this.found.get(key) ?? {
      sources,
      destinations: new BitSet(destinations.size),
      traffic,
      unknown,
    };
    known.destinations.addAll(destinations);
    this.found.set(key, known);
  }
}
