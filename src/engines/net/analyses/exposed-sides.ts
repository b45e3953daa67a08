import { BitSet } from '../../../lang/bit-set.ts';
import type { TrafficSet } from '../../../lang/traffic/traffic-set.ts';
import type { Cluster } from '../../../cluster/index/cluster.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import type { Assumption, Reason } from '../../verdict.ts';
import { allowedTraffic, trafficByValue, trafficWhere } from '../sets/decided-traffic.ts';
import { TrafficEvaluator } from '../sets/endpoint-traffic.ts';
import { isNormal, selectTiers } from '../packet/evaluate-endpoint.ts';
import { nodeAssumption } from '../words/flow-assumptions.ts';
import type { FlowDecision } from '../form/packet.ts';
import { networkOf } from '../model/network-of.ts';
import type { Network } from '../model/network.ts';
import type { Direction, Family } from '../form/normal-form.ts';
import type { AddressRange } from '../model/outside-classes.ts';
import { outcomeReasons } from '../words/outcome-reasons.ts';
import type { Endpoint } from '../form/owner.ts';
import { rulesEnds } from '../sets/rule-ends.ts';
import { OwnSides } from '../sets/own-sides.ts';
import { Peers } from '../sets/peers.ts';
import type { Peer } from '../sets/peers.ts';
import { RepresentativePods } from './representative-pods.ts';
import type { RepresentativePod } from './representative-pods.ts';
import { samplePacket } from '../packet/sample-packet.ts';
import { rulesOf, SideOutcomes } from '../sets/side-outcomes.ts';
import type { SideOutcome } from '../sets/side-outcomes.ts';
import { withPods } from '../model/with-pods.ts';

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

/** What is the same for all endpoints that no policy of a direction tells apart on their own side. */
interface KnownSide {
  readonly outside: readonly OutsideGroup[];
  readonly newPods: readonly NewPodGroup[];
}

type Group = SideOutcome & Pick<ExposedTraffic, 'traffic' | 'unknown'>;
type OutsideGroup = Group & Pick<OutsideExposure, 'ranges'>;
type NewPodGroup = Group & Pick<NewPodExposure, 'pods'>;

/** Works out what single endpoints are exposed to; those that no policy tells apart are worked out once. */
export class ExposedSides {
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
  private readonly ownSides: Readonly<Record<Direction, OwnSides>>;
  /** What was found for endpoints that no policy tells apart. */
  private readonly known = new Map<string, KnownSide>();
  private readonly ranges = new WeakMap<BitSet, readonly AddressRange[]>();

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
    this.ownSides = {
      ingress: new OwnSides(this.network, family, 'ingress'),
      egress: new OwnSides(this.network, family, 'egress'),
    };
    this.outside = new BitSet(this.peers.all.length);
    for (const [number, { pod }] of this.peers.all.entries()) {
      if (pod === undefined) this.outside.add(number);
      else this.numbers.set(pod, number);
    }
  }

  side(endpoint: Endpoint, direction: Direction): SideExposure {
    const own = this.peers.all[this.numbers.get(endpoint) ?? -1];
    const tiers = selectTiers(this.network, endpoint, direction, isNormal);
    const isGoverned = tiers.some(({ policies }) => policies.some(({ staged }) => !staged));
    if (own === undefined) return { isGoverned, outside: [], newPods: [] };
    const key = `${direction} ${this.ownSides[direction].keyWithProfiles(endpoint, tiers, own.end)}`;
    const { outside, newPods } = this.known.get(key) ?? this.find(endpoint, direction);
    this.known.set(key, { outside, newPods });
    // Tables ask nobody who decided: that is worked out when it is read.
    const deciders = (group: SideOutcome): readonly DecidedTraffic[] => this.deciders(endpoint, own, direction, group);
    return {
      isGoverned,
      outside: outside.map((group) => ({
        ranges: group.ranges,
        traffic: group.traffic,
        unknown: group.unknown,
        get deciders() {
          return deciders(group);
        },
      })),
      newPods: newPods.map((group) => ({
        pods: group.pods,
        traffic: group.traffic,
        unknown: group.unknown,
        denied: this.denied(own, direction, group),
        get deciders() {
          return deciders(group);
        },
      })),
    };
  }

  private find(endpoint: Endpoint, direction: Direction): KnownSide {
    const { algebra } = this.evaluator;
    const outside = this.outcomes.of(endpoint, direction, this.outside).map((each) => {
      const ranges = this.rangesOf(each.peers);
      return { ...each, ranges, size: sizeOf(ranges), ...allowedTraffic(algebra, each.outcome) };
    });
    return { outside: outside.sort((a, b) => b.size - a.size), newPods: this.newPods(endpoint, direction) };
  }

  private rangesOf(peers: BitSet): readonly AddressRange[] {
    const known = this.ranges.get(peers) ?? [...peers].flatMap((number) => this.peers.all[number]?.ranges ?? []);
    this.ranges.set(peers, known);
    return known;
  }

  /** A pod on its node's network, for which nothing but host endpoints decides. */
  onNode(pod: PodSource): Readonly<Record<Direction, SideExposure>> & { readonly assumptions: readonly Assumption[] } {
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
    const ranges = this.rangesOf(this.outside);
    const newPods = [{ ...exposed, pods: [this.representatives.anyPod], denied: nothing }];
    const side: SideExposure = { isGoverned: false, outside: [{ ...exposed, ranges }], newPods };
    return { ingress: side, egress: side, assumptions: isOpen ? [nodeAssumption] : [] };
  }

  private newPods(endpoint: Endpoint, direction: Direction): readonly NewPodGroup[] {
    const { anyPod } = this.representatives;
    const told = rulesOf(this.network, endpoint, direction).flatMap((rule) =>
      this.representatives.distinguishedBy(rulesEnds(rule, direction)[1]),
    );
    const pods = new Map([anyPod, ...told].map((pod) => [this.numbers.get(pod.endpoint) ?? -1, pod]));
    const groups = this.outcomes.of(endpoint, direction, this.setOf([...pods.keys()])).map((each) => ({
      ...each,
      pods: [...each.peers].flatMap((number) => pods.get(number) ?? []),
      ...allowedTraffic(this.evaluator.algebra, each.outcome),
    }));
    const any = groups.find((group) => group.pods.includes(anyPod));
    // What the others may do is reported only if it is more than any pod may do.
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

  /** Who decided, as a workload of a class sees it: reasons may name the workload itself. */
  private deciders(
    endpoint: Endpoint,
    own: Peer,
    direction: Direction,
    { peers, outcome }: SideOutcome,
  ): readonly DecidedTraffic[] {
    const other = this.peers.all[peers.first()] ?? own;
    const [source, destination] = direction === 'egress' ? [own.end, other.end] : [other.end, own.end];
    const pair = { family: this.family, source, destination };
    return trafficByValue(this.evaluator.algebra, outcome).flatMap(({ value, traffic }): DecidedTraffic[] => {
      const sample = samplePacket(traffic);
      if (sample === undefined) return [];
      const reasons = outcomeReasons(this.cluster, this.network, endpoint, direction, value, { pair, sample });
      return [{ decision: value.decision, traffic, reasons }];
    });
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
        for (const rule of rules[direction]) representatives.distinguishedBy(rulesEnds(rule, direction)[1]);
      }
    }
  }
  return representatives;
}

function sizeOf(ranges: readonly AddressRange[]): number {
  return ranges.reduce((sum, { first, last }) => sum + Number(BigInt(last.value) - BigInt(first.value)) + 1, 0);
}
