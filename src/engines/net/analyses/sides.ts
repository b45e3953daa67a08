import type { Cluster } from '../../../cluster/index/cluster.ts';
import { TrafficEvaluator } from '../sets/endpoint-traffic.ts';
import { evaluateEndpoint, isNormal, selectTiers } from '../packet/evaluate-endpoint.ts';
import { evaluateEgress } from '../packet/flow.ts';
import { endOfFamily, type FlowEnd } from '../packet/flow-end.ts';
import type { Network } from '../model/network.ts';
import { networkOf } from '../model/network-of.ts';
import type { TierPolicies } from '../model/policy-index.ts';
import { type Strangers, strangersOf } from './strangers.ts';
import type { Direction, Family, Policy } from '../form/normal-form.ts';
import type { Endpoint } from '../form/owner.ts';
import { OwnSides } from '../sets/own-sides.ts';
import type { AddressEnd, FlowDecision } from '../form/packet.ts';
import { hasPorts } from '../form/protocol.ts';
import { combine } from '../../../lang/traffic/combine.ts';
import type { TrafficSet } from '../../../lang/traffic/traffic-set.ts';

/** The addresses of two ends, of one family. */
interface Pair {
  readonly family: Family;
  readonly source: AddressEnd;
  readonly destination: AddressEnd;
}

const families: readonly Family[] = [4, 6];

/** Ports that rules open most. */
const likelyPorts = [53, 443, 80, 8080];

const known = new WeakMap<Cluster, Sides>();

/** The sides of a cluster's flows; what was asked once is remembered with the cluster. */
export function sidesOf(cluster: Cluster): Sides {
  let answer = known.get(cluster);
  if (answer === undefined) known.set(cluster, (answer = new Sides(cluster)));
  return answer;
}

/**
 * Asks one side of flows at a time. Endpoints of a kind (no policy of a direction tells them apart on their own side) are asked once for
 * each other end.
 */
export class Sides {
  readonly strangers: Strangers;
  private readonly cluster: Cluster;
  private readonly network: Network;
  private readonly evaluator: TrafficEvaluator;
  private readonly ends: Readonly<Record<Family, WeakMap<object, AddressEnd>>> = { 4: new WeakMap(), 6: new WeakMap() };
  private readonly numbers = new Map<object, number>();
  private readonly ownSides = new Map<string, OwnSides>();
  private readonly kinds = new Map<string, WeakMap<Endpoint, number>>();
  private readonly kindNumbers = new Map<string, number>();
  private readonly decisions = new Map<string, FlowDecision>();
  private readonly sets = new Map<string, TrafficSet>();

  constructor(cluster: Cluster) {
    const known = networkOf(cluster);
    this.cluster = cluster;
    this.network = known.network;
    this.evaluator = new TrafficEvaluator(known.network);
    this.strangers = strangersOf(known);
  }

  /** The policies in force that certainly select an endpoint and govern a direction, in order. */
  isolators(endpoint: Endpoint, direction: Direction): readonly Policy[] {
    return this.tiersOf(endpoint, direction).flatMap(({ policies, uncertain }) =>
      policies.filter((policy) => !policy.staged && !uncertain.has(policy)),
    );
  }

  /** Whether policies in force govern a direction of an endpoint, or may. */
  mayBeIsolated(endpoint: Endpoint, direction: Direction): boolean {
    return this.tiersOf(endpoint, direction).some(({ policies }) => policies.some((policy) => !policy.staged));
  }

  /** The policies that select an endpoint, or may, and govern a direction, staged ones among them. */
  tiersOf(endpoint: Endpoint, direction: Direction): readonly TierPolicies[] {
    return selectTiers(this.network, endpoint, direction, isNormal);
  }

  /** Whether policies isolate a pod that is not deployed yet in a direction, whichever labels it gets. */
  isDeniedByDefault(namespace: string, direction: Direction): boolean {
    const { nobody } = this.strangers;
    const plain = this.strangers.plainPodIn(namespace);
    const [from, to] = direction === 'ingress' ? [nobody, plain] : [plain, nobody];
    return this.decide(direction, from, to, 6, 65000) === 'deny';
  }

  /** What the policies of the endpoint that a direction belongs to decide; without one, `allow`. */
  decide(direction: Direction, from: FlowEnd, to: FlowEnd, protocol: number, port: number): FlowDecision {
    const { endpoint } = direction === 'ingress' ? to : from;
    if (endpoint === undefined) return 'allow';
    const pair = this.pair(from, to);
    if (pair === undefined) return 'deny';
    const key = `${this.key(direction, endpoint, pair, direction === 'ingress' ? from : to)} ${protocol} ${port}`;
    let decision = this.decisions.get(key);
    if (decision === undefined) {
      const { family, source, destination } = pair;
      const packet = {
        family,
        protocol,
        source: { ...source, port: 40_000 },
        destination: { ...destination, port },
      };
      const isLeaving = direction === 'egress' && endpoint.kind === 'pod';
      const verdict = isLeaving
        ? evaluateEgress(this.network, endpoint, packet)
        : evaluateEndpoint(this.network, endpoint, direction, packet);
      decision = verdict.decision === 'continue' ? 'allow' : verdict.decision;
      this.decisions.set(key, decision);
    }
    return decision;
  }

  /** Whether the policies of an endpoint certainly deny all packets of a protocol between it and another end. */
  deniesAll(endpoint: Endpoint, direction: Direction, other: FlowEnd, protocol: number): boolean {
    const own: FlowEnd = { name: '', endpoint };
    const [from, to] = direction === 'egress' ? [own, other] : [other, own];
    const pair = this.pair(from, to);
    if (pair === undefined) return true;
    // One packet that comes through is found sooner than all of them.
    const isRefuted =
      hasPorts(protocol) && likelyPorts.some((port) => this.decide(direction, from, to, protocol, port) !== 'deny');
    if (isRefuted) return false;
    const { algebra } = this.evaluator;
    const key = this.key(direction, endpoint, pair, other);
    let possible = this.sets.get(key);
    if (possible === undefined) {
      const outcome = this.evaluator.endpoint(endpoint, direction, pair);
      possible = combine(algebra.space, outcome, algebra.everything, ({ decision }) => decision !== 'deny');
      this.sets.set(key, possible);
    }
    return algebra.intersection(possible, algebra.ofProtocols([protocol])) === algebra.nothing;
  }

  /** The same for endpoints that no policy of a direction tells apart on their own side. */
  kindOf(endpoint: Endpoint, direction: Direction): string {
    const own: FlowEnd = { name: '', endpoint };
    // Where no address is known both families are alike.
    const asked = endpoint.nets.length === 0 ? families.slice(0, 1) : families;
    const kinds = asked.flatMap((family) => {
      const end = this.endOf(own, family);
      return end === undefined ? [] : [this.kind(direction, endpoint, end, family)];
    });
    return kinds.join();
  }

  /** The same for endpoints of a kind and one other end. */
  private key(direction: Direction, endpoint: Endpoint, pair: Pair, other: FlowEnd): string {
    const own = direction === 'egress' ? pair.source : pair.destination;
    const kind = this.kind(direction, endpoint, own, pair.family);
    return `${kind} ${this.number(identityOf(other))}`;
  }

  private kind(direction: Direction, endpoint: Endpoint, end: AddressEnd, family: Family): number {
    const id = `${direction} ${family}`;
    let known = this.kinds.get(id);
    if (known === undefined) this.kinds.set(id, (known = new WeakMap<Endpoint, number>()));
    let kind = known.get(endpoint);
    if (kind === undefined) {
      const ownSides = this.ownSides.get(id) ?? new OwnSides(this.network, family, direction);
      this.ownSides.set(id, ownSides);
      const tiers = this.tiersOf(endpoint, direction);
      const text = `${id} ${endpoint.kind} ${ownSides.keyWithProfiles(endpoint, tiers, end)}`;
      kind = this.kindNumbers.get(text) ?? this.kindNumbers.size;
      this.kindNumbers.set(text, kind);
      known.set(endpoint, kind);
    }
    return kind;
  }

  /** The ends as `flowVerdict` takes them: of the first family of which both have an address. */
  private pair(from: FlowEnd, to: FlowEnd): Pair | undefined {
    for (const family of families) {
      const source = this.endOf(from, family);
      const destination = source && this.endOf(to, family);
      if (source !== undefined && destination !== undefined) return { family, source, destination };
    }
    return undefined;
  }

  private endOf(end: FlowEnd, family: Family): AddressEnd | undefined {
    const identity = identityOf(end);
    let found = this.ends[family].get(identity);
    if (found === undefined) {
      found = endOfFamily(this.cluster, end, family);
      if (found !== undefined) this.ends[family].set(identity, found);
    }
    return found;
  }

  private number(identity: object): number {
    const number = this.numbers.get(identity) ?? this.numbers.size;
    this.numbers.set(identity, number);
    return number;
  }
}

/** Ends of flows are made anew for each question; what they are made of stays. */
function identityOf(end: FlowEnd): object {
  return end.endpoint ?? end.pod ?? end.address ?? nowhere;
}

/** An address of which nothing is known. */
const nowhere = {};
