import { BitSet } from '../../lang/bit-set.ts';
import type { Diagram } from '../../lang/traffic/diagram.ts';
import type { TrafficSet } from '../../lang/traffic/traffic-set.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { record } from '../../cluster/controller-pods.ts';
import type { PodSource } from '../../cluster/pod-source.ts';
import type { Assumption, Reason } from '../verdict.ts';
import { allowedTraffic, trafficByValue, trafficWhere } from './decided-traffic.ts';
import { TrafficEvaluator } from './endpoint-traffic.ts';
import type { Outcome } from './endpoint-traffic.ts';
import { entryPoints } from './entry-points.ts';
import type { EntryPoint } from './entry-points.ts';
import { isNormal, selectTiers } from './evaluate-endpoint.ts';
import { hostsActOnPods, nodeAssumption } from './flow-assumptions.ts';
import { podFlowEnd } from './flow-end.ts';
import type { FlowEnd } from './flow-end.ts';
import type { FlowDecision } from './flow-verdict.ts';
import { networkOf } from './network-of.ts';
import type { Network } from './network.ts';
import type { Direction, Family } from './normal-form.ts';
import type { AddressRange } from './outside-classes.ts';
import { outcomeReasons } from './outcome-reasons.ts';
import type { Endpoint } from './owner.ts';
import { Peers } from './peers.ts';
import type { Peer } from './peers.ts';
import { RepresentativePods } from './representative-pods.ts';
import type { RepresentativePod } from './representative-pods.ts';
import { samplePacket } from './sample-packet.ts';
import { endsOf, rulesOf, SideOutcomes } from './side-outcomes.ts';
import type { SideOutcome } from './side-outcomes.ts';
import { withPods } from './with-pods.ts';

/** Packets that one outcome decides, and who decided it. */
export interface DecidedTraffic {
  readonly decision: FlowDecision;
  readonly traffic: TrafficSet;
  /** For an unknown decision, each that may be the one. */
  readonly reasons: readonly Reason[];
}

/** What a workload's own policies say about packets from or to some others. */
export interface ExposedTraffic {
  readonly traffic: TrafficSet;
  /** Packets of which it is not known whether they are allowed. */
  readonly unknown: TrafficSet;
  /** Every packet once. */
  readonly deciders: readonly DecidedTraffic[];
}

/** Addresses of no pod that a workload's policies do not tell apart. */
export interface OutsideExposure extends ExposedTraffic {
  readonly ranges: readonly AddressRange[];
}

/** Pods not yet written that a workload's policies do not tell apart. */
export interface NewPodExposure extends ExposedTraffic {
  readonly pods: readonly RepresentativePod[];
  /** What of `traffic` and `unknown` the policies that would select the new pods themselves deny. */
  readonly denied: TrafficSet;
}

/** One direction. */
export interface SideExposure {
  /** Whether some policy governs it. */
  readonly isGoverned: boolean;
  /** The addresses outside of the cluster, each once, the largest set first. */
  readonly outside: readonly OutsideExposure[];
  /** First any pod that somebody may write, then those with which more or less is allowed. */
  readonly newPods: readonly NewPodExposure[];
}

/** What may be reached from outside, and what it may reach. */
export interface WorkloadExposure {
  readonly workload: FlowEnd;
  readonly ingress: SideExposure;
  readonly egress: SideExposure;
  /** What leads traffic from outside there, whether policies let it in or not. */
  readonly entryPoints: readonly EntryPoint[];
  /** Where host endpoints may deny more, on the nodes that nobody names: to pods on the network of their node, and to others that pass one. */
  readonly assumptions: readonly Assumption[];
}

/** All workloads of a cluster, for one family of addresses. */
export interface Exposure {
  readonly family: Family;
  readonly workloads: readonly WorkloadExposure[];
}

/**
 * What policies let in to each workload's pods from outside of the cluster and from pods that nobody has written yet, and what they let out
 * there. `traffic` is what the workload's own side allows: a pod not yet written may be what it likes.
 */
export function exposure(cluster: Cluster, options: { readonly family?: Family } = {}): Exposure {
  const { family = 4 } = options;
  const { pods, network } = networkOf(cluster);
  const sides = new ExposedSides(cluster, family);
  const leading = entryPoints(cluster);
  const passing = hostsActOnPods(network) ? [nodeAssumption] : [];
  const workloads = pods.flatMap((pod): WorkloadExposure[] => {
    const workload = podFlowEnd(cluster, pod);
    const { endpoint } = workload;
    const common = { workload, entryPoints: leading.get(pod) ?? [] };
    if (endpoint !== undefined) {
      const side = (direction: Direction): SideExposure => sides.side(endpoint, direction);
      return [{ ...common, ingress: side('ingress'), egress: side('egress'), assumptions: passing }];
    }
    if (record(pod.pod.spec).hostNetwork !== true) return [];
    return [{ ...common, ...sides.onNode(pod) }];
  });
  return { family, workloads };
}

class ExposedSides {
  private readonly cluster: Cluster;
  private readonly family: Family;
  private readonly network: Network;
  private readonly peers: Peers;
  private readonly evaluator: TrafficEvaluator;
  private readonly outcomes: SideOutcomes;
  private readonly representatives: RepresentativePods;
  private readonly outside: BitSet;
  private readonly numbers = new Map<Endpoint, number>();
  private readonly sets = new Map<string, BitSet>();

  constructor(cluster: Cluster, family: Family) {
    const written = networkOf(cluster).network;
    this.cluster = cluster;
    this.family = family;
    this.representatives = allRepresentatives(written);
    this.network = withPods(
      written,
      this.representatives.all().map(({ endpoint }) => endpoint),
    );
    this.peers = new Peers(this.network, family);
    this.evaluator = new TrafficEvaluator(this.network);
    this.outcomes = new SideOutcomes(this.network, family, this.peers, this.evaluator);
    this.outside = new BitSet(this.peers.all.length);
    for (const [number, { pod }] of this.peers.all.entries()) {
      if (pod === undefined) this.outside.add(number);
      else this.numbers.set(pod, number);
    }
  }

  side(endpoint: Endpoint, direction: Direction): SideExposure {
    const own = this.peers.all[this.numbers.get(endpoint) ?? -1];
    const isGoverned = selectTiers(this.network, endpoint, direction, isNormal).some(({ policies }) =>
      policies.some(({ staged }) => !staged),
    );
    if (own === undefined) return { isGoverned, outside: [], newPods: [] };
    const outside = this.outcomes.of(endpoint, direction, this.outside).map(({ peers, outcome }) => ({
      ranges: [...peers].flatMap((number) => this.peers.all[number]?.ranges ?? []),
      ...this.exposed(endpoint, own, direction, peers, outcome),
    }));
    const bySize = outside.map((each) => ({ each, size: sizeOf(each.ranges) })).sort((a, b) => b.size - a.size);
    return { isGoverned, outside: bySize.map(({ each }) => each), newPods: this.newPods(endpoint, own, direction) };
  }

  /** A pod on its node's network, for which nothing but host endpoints decides. */
  onNode(pod: PodSource): Pick<WorkloadExposure, 'ingress' | 'egress' | 'assumptions'> {
    const { everything, nothing } = this.evaluator.algebra;
    const isOpen = this.network.hosts.length > 0;
    const [traffic, unknown] = isOpen ? [nothing, everything] : [everything, nothing];
    const decision = isOpen ? 'unknown' : 'allow';
    const sentence = 'the pod is on the network of its node, where policies for pods do not act';
    const reason: Reason = { ...pod.placeOf(['spec', 'hostNetwork']), sentence };
    const exposed: ExposedTraffic = {
      traffic,
      unknown,
      deciders: [{ decision, traffic: everything, reasons: [reason] }],
    };
    const ranges = [...this.outside].flatMap((number) => this.peers.all[number]?.ranges ?? []);
    const newPods = [{ ...exposed, pods: [this.representatives.anyPod], denied: nothing }];
    const side: SideExposure = { isGoverned: false, outside: [{ ...exposed, ranges }], newPods };
    return { ingress: side, egress: side, assumptions: isOpen ? [nodeAssumption] : [] };
  }

  private newPods(endpoint: Endpoint, own: Peer, direction: Direction): readonly NewPodExposure[] {
    const { anyPod } = this.representatives;
    const told = rulesOf(this.network, endpoint, direction).flatMap((rule) =>
      this.representatives.distinguishedBy(endsOf(rule, direction)[1]),
    );
    const pods = new Map([anyPod, ...told].map((pod) => [this.numbers.get(pod.endpoint) ?? -1, pod]));
    const groups = this.outcomes.of(endpoint, direction, this.setOf([...pods.keys()])).map(({ peers, outcome }) => ({
      pods: [...peers].flatMap((number) => pods.get(number) ?? []),
      ...this.exposed(endpoint, own, direction, peers, outcome),
      denied: this.denied(own, direction, { peers, outcome }),
    }));
    const any = groups.find((group) => group.pods.includes(anyPod));
    // What the others may do is worth a word only where anybody may not do the same.
    const others = groups.filter(
      (group) => group !== any && (group.traffic !== any?.traffic || group.unknown !== any.unknown),
    );
    return any === undefined ? others : [{ ...any, pods: [anyPod] }, ...others];
  }

  /** The set of some peers, always the same object for the same ones. */
  private setOf(numbers: readonly number[]): BitSet {
    const key = numbers.join();
    const known = this.sets.get(key);
    if (known !== undefined) return known;
    const set = new BitSet(this.peers.all.length);
    for (const number of numbers) if (number >= 0) set.add(number);
    this.sets.set(key, set);
    return set;
  }

  private exposed(
    endpoint: Endpoint,
    own: Peer,
    direction: Direction,
    peers: BitSet,
    outcome: Diagram<Outcome>,
  ): ExposedTraffic {
    const { algebra } = this.evaluator;
    const other = this.peers.all[peers.first()] ?? own;
    const [source, destination] = direction === 'egress' ? [own.end, other.end] : [other.end, own.end];
    const deciders = trafficByValue(algebra, outcome).flatMap(({ value, traffic }): DecidedTraffic[] => {
      const sample = samplePacket(traffic);
      if (sample === undefined) return [];
      const pair = { family: this.family, source, destination };
      const reasons = outcomeReasons(this.cluster, this.network, endpoint, direction, value, { pair, sample });
      return [{ decision: value.decision, traffic, reasons }];
    });
    return { ...allowedTraffic(algebra, outcome), deciders };
  }

  /** What the new pods' own policies certainly deny to all of them; that no pod can send encapsulated packets goes without saying. */
  private denied(own: Peer, direction: Direction, { peers, outcome }: SideOutcome): TrafficSet {
    const { algebra } = this.evaluator;
    let denied = trafficWhere(algebra, outcome, ({ decision }) => decision !== 'deny');
    for (const number of peers) {
      const peer = this.peers.all[number];
      if (peer?.pod === undefined) continue;
      const theirs = this.outcomes.between(peer.pod, peer, own, direction === 'egress' ? 'ingress' : 'egress');
      denied = algebra.intersection(
        denied,
        trafficWhere(algebra, theirs, ({ decision }) => decision === 'deny'),
      );
    }
    return denied;
  }
}

/** The pods that some rule of a policy in force tells from others. */
function allRepresentatives(network: Network): RepresentativePods {
  const representatives = new RepresentativePods(network);
  for (const { policies } of network.tiers) {
    for (const { rules, staged } of policies) {
      if (staged) continue;
      for (const direction of ['ingress', 'egress'] as const) {
        for (const rule of rules[direction]) representatives.distinguishedBy(endsOf(rule, direction)[1]);
      }
    }
  }
  return representatives;
}

function sizeOf(ranges: readonly AddressRange[]): number {
  return ranges.reduce((sum, { first, last }) => sum + Number(BigInt(last.value) - BigInt(first.value)) + 1, 0);
}
