import { BitSet } from '../../../lang/bit-set.ts';
import { combine } from '../../../lang/traffic/combine.ts';
import type { Diagram } from '../../../lang/traffic/diagram.ts';
import { TrafficAlgebra } from '../../../lang/traffic/traffic-set.ts';
import type { TrafficSet } from '../../../lang/traffic/traffic-set.ts';
import type { Cluster } from '../../../cluster/index/cluster.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { namespaceOf } from '../../../cluster/index/object-index.ts';
import { commonOutside } from '../sets/common-outside.ts';
import { connectivity } from '../sets/connectivity.ts';
import type { Connectivity } from '../sets/connectivity.ts';
import { differences } from './flow-diff.ts';
import type { Allowance, Difference } from './flow-diff.ts';
import { podFlowEnd } from '../packet/flow-end.ts';
import type { FlowEnd } from '../packet/flow-end.ts';
import { flowWitness } from '../ask/flow-witness.ts';
import type { FlowWitness } from '../ask/flow-witness.ts';
import { networkOf } from '../model/network-of.ts';
import { sampleAddress } from '../packet/sample-address.ts';
import type { Family } from '../form/normal-form.ts';
import type { AddressRange } from '../model/outside-classes.ts';
import type { Endpoint } from '../form/owner.ts';
import type { Peer } from '../sets/peers.ts';

/** One end of changed flows: a workload of both clusters (or of one of them), or addresses that neither tells apart. */
export interface DiffEnd {
  /** `shop/web (Deployment)`; '' for addresses. */
  readonly name: string;
  /** What identifies a workload in both clusters: `shop/Deployment/web`; '' for addresses. */
  readonly identity: string;
  readonly ranges?: readonly AddressRange[];
  /** Where the workload is in one cluster alone, which one. */
  readonly only?: 'old' | 'new';
}

/** What a cluster says about flows; `absent` where an end of them does not exist in it. */
export type DiffDecision = 'allow' | 'deny' | 'unknown' | 'absent';

/** Flows of which the two clusters say different things, all in the same way. */
export interface FlowChange {
  readonly before: DiffDecision;
  readonly after: DiffDecision;
  readonly sources: readonly DiffEnd[];
  readonly destinations: readonly DiffEnd[];
  readonly traffic: TrafficSet;
  /** One of these flows, and who decides it in each cluster. */
  readonly witness: FlowWitness;
}

export interface ConnectivityDiff {
  readonly family: Family;
  /** Flows between ends that both clusters have: opened, closed, or no longer known. */
  readonly changes: readonly FlowChange[];
  /** Flows that are (or may be) allowed, of workloads that one cluster alone has: `before` or `after` is `absent`. */
  readonly ofAdded: readonly FlowChange[];
  readonly ofRemoved: readonly FlowChange[];
  /** Workloads that policies for pods act on in one cluster alone. */
  readonly added: readonly FlowEnd[];
  readonly removed: readonly FlowEnd[];
}

/**
 * The flows of which two clusters say different things. Workloads are the same where namespace, kind and name are; addresses are
 * split where either cluster tells them apart.
 */
export function diffConnectivity(
  before: Cluster,
  after: Cluster,
  options: { readonly family?: Family } = {},
): ConnectivityDiff {
  return new ClusterPair(before, after, options.family ?? 4).diff();
}

class ClusterPair {
  private readonly family: Family;
  private readonly algebra = new TrafficAlgebra();
  private readonly old: Side;
  private readonly now: Side;
  private readonly ends: readonly CommonEnd[];

  constructor(before: Cluster, after: Cluster, family: Family) {
    this.family = family;
    this.old = new Side(before, family);
    this.now = new Side(after, family);
    const workloads = new Map<string, CommonEnd>();
    for (const [identity, number] of this.old.workloads)
      workloads.set(identity, { identity, numbers: [number, this.now.workloads.get(identity)] });
    for (const [identity, number] of this.now.workloads) {
      if (!workloads.has(identity)) workloads.set(identity, { identity, numbers: [undefined, number] });
    }
    const outside = commonOutside(family, this.old.peers, this.now.peers);
    this.ends = [...workloads.values(), ...outside.map(({ ranges, numbers }) => ({ identity: '', ranges, numbers }))];
  }

  diff(): ConnectivityDiff {
    const { ends, algebra } = this;
    const both = this.where(([a, b]) => a !== undefined && b !== undefined);
    const [gone, come] = [this.where(([, b]) => b === undefined), this.where(([a]) => a === undefined)];
    const everybody = BitSet.full(ends.length);
    const before = this.allowances(this.old, 0);
    const after = this.allowances(this.now, 1);
    const of = (changed: readonly Difference[], absent?: 'before' | 'after'): readonly FlowChange[] =>
      changed.map((each) => this.change(each, absent));
    return {
      family: this.family,
      changes: of(differences(algebra, everybody, restricted(before, both), restricted(after, both))),
      ofAdded: of(differences(algebra, everybody, [], touching(after, both, come)), 'before'),
      ofRemoved: of(differences(algebra, everybody, touching(before, both, gone), []), 'after'),
      added: [...come].flatMap((number) => this.now.end(ends[number]?.numbers[1])),
      removed: [...gone].flatMap((number) => this.old.end(ends[number]?.numbers[0])),
    };
  }

  private where(isWanted: (numbers: CommonEnd['numbers']) => boolean): BitSet {
    const set = new BitSet(this.ends.length);
    for (const [number, { numbers }] of this.ends.entries()) if (isWanted(numbers)) set.add(number);
    return set;
  }

  /** What a cluster allows, in the numbers of the common ends and in the common algebra. */
  private allowances(side: Side, place: 0 | 1): readonly Allowance[] {
    const common: number[][] = side.peers.map(() => []);
    for (const [number, { numbers }] of this.ends.entries()) common[numbers[place] ?? -1]?.push(number);
    const sets = new Map<BitSet, BitSet>();
    const translate = (set: BitSet): BitSet => {
      const known = sets.get(set);
      if (known !== undefined) return known;
      const translated = new BitSet(this.ends.length);
      for (const number of set) for (const each of common[number] ?? []) translated.add(each);
      sets.set(set, translated);
      return translated;
    };
    const memo = new Map<string, TrafficSet>();
    const { space, everything } = this.algebra;
    const own = (traffic: Diagram<boolean>): TrafficSet => combine(space, traffic, everything, (isIn) => isIn, memo);
    return side.connectivity.connections.map(({ sources, destinations, traffic, unknown }) => ({
      sources: translate(sources),
      destinations: translate(destinations),
      traffic: own(traffic),
      unknown: own(unknown),
    }));
  }

  private change(difference: Difference, absent?: 'before' | 'after'): FlowChange {
    const { sources, destinations, traffic } = difference;
    const [source, destination] = witnessPair(sources, destinations);
    const numbers = (number: number): CommonEnd['numbers'] => this.ends[number]?.numbers ?? [undefined, undefined];
    const [from, to] = [numbers(source), numbers(destination)];
    const ends = (side: Side, place: 0 | 1) => side.pair(from[place], to[place]);
    const address = (number: number) => sampleAddress(this.ends[number]?.ranges ?? []);
    const addresses = [address(source), address(destination)] as const;
    const witness = flowWitness(this.family, traffic, addresses, ends(this.old, 0), ends(this.now, 1));
    const decision = (side: 'before' | 'after') => (absent === side ? 'absent' : difference[side]);
    return {
      before: decision('before'),
      after: decision('after'),
      sources: this.shown(sources),
      destinations: this.shown(destinations),
      traffic,
      witness,
    };
  }

  private shown(set: BitSet): readonly DiffEnd[] {
    const found: DiffEnd[] = [];
    const ranges: AddressRange[] = [];
    for (const number of set) {
      const end = this.ends[number];
      if (end === undefined) continue;
      if (end.ranges !== undefined) {
        ranges.push(...end.ranges);
        continue;
      }
      const [was, is] = end.numbers;
      const [named] = is === undefined ? this.old.end(was) : this.now.end(is);
      const only = was === undefined ? 'new' : is === undefined ? 'old' : undefined;
      const name = named?.name ?? end.identity;
      found.push({ name, identity: end.identity, ...(only === undefined ? {} : { only }) });
    }
    return ranges.length === 0 ? found : [...found, { name: '', identity: '', ranges }];
  }
}

interface CommonEnd {
  readonly identity: string;
  readonly ranges?: readonly AddressRange[];
  /** The numbers of the peer in the old and in the new cluster. */
  readonly numbers: readonly [number | undefined, number | undefined];
}

/** One of the two clusters. */
class Side {
  readonly cluster: Cluster;
  readonly connectivity: Connectivity;
  readonly peers: readonly Peer[];
  /** Numbers of peers by what identifies their workload. */
  readonly workloads = new Map<string, number>();

  constructor(cluster: Cluster, family: Family) {
    this.cluster = cluster;
    this.connectivity = connectivity(networkOf(cluster).network, family);
    this.peers = this.connectivity.peers.all;
    for (const [number, { pod }] of this.peers.entries()) {
      if (pod?.object.source !== undefined) this.workloads.set(identityOf(cluster, pod.object.source), number);
    }
  }

  end(number: number | undefined): readonly FlowEnd[] {
    const source = this.podOf(number)?.object.source;
    return source === undefined ? [] : [podFlowEnd(this.cluster, source)];
  }

  pair(from: number | undefined, to: number | undefined) {
    const source = this.peers[from ?? -1];
    const destination = this.peers[to ?? -1];
    return source === undefined || destination === undefined
      ? undefined
      : { cluster: this.cluster, source, destination };
  }

  private podOf(number: number | undefined): Endpoint | undefined {
    return this.peers[number ?? -1]?.pod;
  }
}

function identityOf(cluster: Cluster, { owner }: PodSource): string {
  return `${namespaceOf(cluster, owner)}/${owner.kind}/${owner.name === '' ? owner.generateName : owner.name}`;
}

/** Two ends that are not the same where there are such. */
function witnessPair(sources: BitSet, destinations: BitSet): readonly [number, number] {
  for (const source of sources)
    for (const destination of destinations) if (source !== destination) return [source, destination];
  return [sources.first(), destinations.first()];
}

function restricted(allowances: readonly Allowance[], to: BitSet): readonly Allowance[] {
  return allowances.flatMap((each) => within(each, to, to));
}

/** What allowances say about pairs with at least one end among some, the other anywhere. */
function touching(allowances: readonly Allowance[], others: BitSet, some: BitSet): readonly Allowance[] {
  const all = others.union(some);
  return allowances.flatMap((each) => [...within(each, some, all), ...within(each, others, some)]);
}

function within(each: Allowance, from: BitSet, to: BitSet): readonly Allowance[] {
  const sources = each.sources.intersection(from);
  const destinations = each.destinations.intersection(to);
  return sources.isEmpty() || destinations.isEmpty() ? [] : [{ ...each, sources, destinations }];
}
