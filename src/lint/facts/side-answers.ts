import { TrafficEvaluator } from '../../engines/net/endpoint-traffic.ts';
import { evaluateEndpoint, isNormal, selectTiers } from '../../engines/net/evaluate-endpoint.ts';
import type { Network } from '../../engines/net/network.ts';
import type { Direction, Family } from '../../engines/net/normal-form.ts';
import { OwnSides } from '../../engines/net/own-sides.ts';
import type { Endpoint } from '../../engines/net/owner.ts';
import type { AddressEnd } from '../../engines/net/packet.ts';
import { combine } from '../../lang/traffic/combine.ts';
import type { TrafficAlgebra, TrafficSet } from '../../lang/traffic/traffic-set.ts';

/** One side of flows: an endpoint, and the two ends of its packets. */
export interface FlowSide {
  readonly endpoint: Endpoint;
  readonly direction: Direction;
  readonly own: AddressEnd;
  /** Asked about again and again: the same object stands for the same end. */
  readonly other: AddressEnd;
}

/** Packets that a side certainly allows, and those that it allows or may allow. */
export interface DecidedPackets {
  readonly allowed: TrafficSet;
  readonly possible: TrafficSet;
}

type Decision = 'allow' | 'deny' | 'unknown';

/** What the policies of single endpoints say; endpoints that no policy tells apart are asked once. */
export class SideAnswers {
  readonly algebra: TrafficAlgebra;
  private readonly network: Network;
  private readonly evaluator: TrafficEvaluator;
  private readonly sides = new Map<string, OwnSides>();
  private readonly keys = new WeakMap<AddressEnd, Map<string, string>>();
  private readonly decisions = new WeakMap<AddressEnd, Map<string, Decision>>();
  private readonly sets = new WeakMap<AddressEnd, Map<string, DecidedPackets>>();

  constructor(network: Network) {
    this.network = network;
    this.evaluator = new TrafficEvaluator(network);
    this.algebra = this.evaluator.algebra;
  }

  /** The decision on one packet. */
  packet(side: FlowSide, protocol: number, port: number): Decision {
    const { endpoint, direction, own, other } = side;
    const family = own.address?.family ?? other.address?.family ?? 4;
    return remembered(this.decisions, other, `${this.key(side, family)} ${protocol}:${port}`, () => {
      const [source, destination] = direction === 'egress' ? [own, other] : [other, own];
      const packet = { family, protocol, source: { ...source, port: 40000 }, destination: { ...destination, port } };
      const { decision } = evaluateEndpoint(this.network, endpoint, direction, packet);
      return decision === 'continue' ? 'allow' : decision;
    });
  }

  /** The decisions on all packets. */
  packets(side: FlowSide): DecidedPackets {
    const { endpoint, direction, own, other } = side;
    const family = own.address?.family ?? other.address?.family ?? 4;
    return remembered(this.sets, other, this.key(side, family), () => {
      const [source, destination] = direction === 'egress' ? [own, other] : [other, own];
      const { algebra } = this;
      const outcome = this.evaluator.endpoint(endpoint, direction, { family, source, destination });
      const where = (isWanted: (decision: Decision) => boolean): TrafficSet =>
        combine(algebra.space, outcome, algebra.everything, ({ decision }) => isWanted(decision));
      return { allowed: where((each) => each === 'allow'), possible: where((each) => each !== 'deny') };
    });
  }

  /** Equal for endpoints whose policies say the same of all packets to one other end. */
  private key({ endpoint, direction, own }: FlowSide, family: Family): string {
    const which = `${direction}${family}`;
    return remembered(this.keys, own, which, () => {
      const sides = this.sides.get(which) ?? new OwnSides(this.network, family, direction);
      this.sides.set(which, sides);
      const tiers = selectTiers(this.network, endpoint, direction, isNormal);
      return `${endpoint.kind} ${which}${sides.keyWithProfiles(endpoint, tiers, own)}`;
    });
  }
}

function remembered<T>(memo: WeakMap<object, Map<string, T>>, of: object, key: string, make: () => T): T {
  let answers = memo.get(of);
  if (answers === undefined) memo.set(of, (answers = new Map<string, T>()));
  let answer = answers.get(key);
  if (answer === undefined) answers.set(key, (answer = make()));
  return answer;
}
