import { BitSet } from '../../lang/bit-set.ts';
import type { TrafficAlgebra, TrafficSet } from '../../lang/traffic/traffic-set.ts';
import { TrafficEvaluator } from './endpoint-traffic.ts';
import { groupBy } from './group-by.ts';
import type { Network } from './network.ts';
import type { Family } from './normal-form.ts';
import { Peers } from './peers.ts';
import { SetPool } from './set-pool.ts';
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
  const senders = new Senders(classes.of('egress'), peers.all.length);
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

/** What all senders may send, put together by what they may send to whom. */
class Senders {
  private readonly offers: readonly Offer[];
  private readonly outside: BitSet;
  /** For each destination the numbers of the offers to it. */
  private readonly offersTo: readonly BitSet[];

  constructor(classes: readonly PeerClass[], size: number) {
    const pool = new SetPool();
    const offers = new Map<string, Offer>();
    this.outside = new BitSet(size);
    for (const { members, isOutside, groups } of classes) {
      if (isOutside) this.outside.addAll(members);
      for (const { peers: destinations, traffic, possible } of groups) {
        const key = `${pool.number(destinations)} ${traffic.id} ${possible.id}`;
        const known = offers.get(key) ?? { peers: new BitSet(size), destinations, traffic, possible };
        known.peers.addAll(members);
        offers.set(key, known);
      }
    }
    this.offers = [...offers.values()];
    this.offersTo = Array.from({ length: size }, () => new BitSet(this.offers.length));
    for (const [number, { destinations }] of this.offers.entries()) {
      for (const destination of destinations) this.offersTo[destination]?.add(number);
    }
  }

  /** Splits destinations so that the same is sent to all of a set. */
  columns(destinations: BitSet): readonly BitSet[] {
    const pool = new SetPool();
    const columns = groupBy([...destinations], (number) => {
      const offers = this.offersTo[number];
      return offers === undefined ? -1 : pool.number(offers);
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
    const halves = new Map<string, { peers: BitSet; readonly traffic: TrafficSet; readonly possible: TrafficSet }>();
    for (const number of this.offersTo[column.first()] ?? []) {
      const offer = this.offers[number];
      if (offer === undefined) continue;
      const { peers, traffic, possible } = offer;
      const key = `${traffic.id} ${possible.id}`;
      const half = halves.get(key) ?? { peers: new BitSet(peers.size), traffic, possible };
      half.peers.addAll(peers);
      halves.set(key, half);
    }
    if (isOutside) for (const half of halves.values()) half.peers = half.peers.difference(this.outside);
    return [...halves.values()];
  }
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
