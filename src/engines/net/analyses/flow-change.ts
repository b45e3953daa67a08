import type { Budget } from '../../../lang/budget.ts';
import type { BitSet } from '../../../lang/bit-set.ts';
import { combine } from '../../../lang/traffic/combine.ts';
import type { TrafficSet } from '../../../lang/traffic/traffic-set.ts';
import type { EndpointClass } from '../sets/endpoint-class.ts';
import { TrafficEvaluator } from '../sets/endpoint-traffic.ts';
import type { AddressPair, Outcome } from '../sets/endpoint-traffic.ts';
import { evaluateFlow } from '../packet/flow.ts';
import type { Network } from '../model/network.ts';
import type { Direction } from '../form/normal-form.ts';
import { packetBetween } from '../words/outcome-reasons.ts';
import type { Packet } from '../form/packet.ts';
import type { Peer } from '../sets/peers.ts';
import { samplePacket } from '../packet/sample-packet.ts';
import type { SetWalker } from '../sets/set-walk.ts';

/** A flow that two networks decide differently; each was evaluated for its first packet. */
export interface ChangedFlow {
  readonly packet: Packet;
  readonly before: 'allow' | 'deny';
  readonly after: 'allow' | 'deny';
}

/** How many other ends are asked whether their own side lets a packet pass. */
const manyEnds = 50;

/** Two networks of the same pods with different policies, asked for a flow that one of them allows and the other one denies. */
export class FlowChange {
  private readonly before: Evaluated;
  private readonly after: Evaluated;
  private readonly budget: Budget;

  /** `budget` records where not every other end was asked. */
  constructor(before: Evaluated, after: Evaluated, budget: Budget) {
    this.before = before;
    this.after = after;
    this.budget = budget;
  }

  /** A flow of a class with some of other ends that none of its rules tells apart, that becomes what is wanted and satisfies a condition. */
  find(
    walker: SetWalker,
    each: EndpointClass,
    set: BitSet,
    wanted: 'allow' | 'deny',
    isMeant: (was: Outcome, is: Outcome) => boolean = () => true,
  ): ChangedFlow | undefined {
    const [own, other] = [walker.peers.all[each.peer], walker.peers.all[set.first()]];
    const [endpoint] = each.members;
    if (own === undefined || other === undefined || endpoint === undefined) return undefined;
    const pair = pairOf(walker, each.direction, own, other);
    const was = this.before.evaluator.endpoint(endpoint, each.direction, pair);
    const is = this.after.evaluator.endpoint(endpoint, each.direction, pair);
    const { algebra } = this.before.evaluator;
    const isChanged = (a: Outcome, b: Outcome): boolean =>
      b.decision === wanted && a.decision === opposite[wanted] && isMeant(a, b);
    const changed = combine(algebra.space, was, is, isChanged);
    return changed === algebra.nothing ? undefined : this.witness(walker, each, set, changed, wanted);
  }

  /** A packet whose other side lets it pass, so that the flow as a whole is decided otherwise. */
  private witness(
    walker: SetWalker,
    each: EndpointClass,
    set: BitSet,
    changed: TrafficSet,
    wanted: 'allow' | 'deny',
  ): ChangedFlow | undefined {
    const own = walker.peers.all[each.peer];
    let asked = 0;
    // Pods that call themselves are the last that anybody thinks of.
    for (const number of [...set].sort((a, b) => Number(a === each.peer) - Number(b === each.peer))) {
      if (++asked > manyEnds) {
        this.budget.giveUp(`more than ${manyEnds} pods at the other end of a flow`);
        return undefined;
      }
      const other = walker.peers.all[number];
      if (own === undefined || other === undefined) continue;
      const pair = pairOf(walker, each.direction, own, other);
      const sample = samplePacket(this.allowedThere(changed, each.direction, other, pair, wanted));
      if (sample === undefined) continue;
      const packet = packetBetween(pair, sample);
      const was = evaluateFlow(this.before.network, packet).decision;
      const is = evaluateFlow(this.after.network, packet).decision;
      if (was !== opposite[wanted] || is !== wanted) continue;
      return { packet, before: was, after: is };
    }
    return undefined;
  }

  /** The packets that the other side allows, in the network that is to allow them. */
  private allowedThere(
    packets: TrafficSet,
    direction: Direction,
    { pod }: Peer,
    pair: AddressPair,
    wanted: 'allow' | 'deny',
  ): TrafficSet {
    if (pod === undefined) return packets;
    const { algebra } = this.before.evaluator;
    const { evaluator } = wanted === 'allow' ? this.after : this.before;
    const outcome = evaluator.endpoint(pod, direction === 'egress' ? 'ingress' : 'egress', pair);
    const allowed = combine(
      algebra.space,
      outcome,
      algebra.everything,
      ({ decision }: Outcome) => decision === 'allow',
    );
    return algebra.intersection(packets, allowed);
  }
}

const opposite = { allow: 'deny', deny: 'allow' } as const;

/** A network with what evaluates its endpoints. */
export class Evaluated {
  readonly network: Network;
  readonly evaluator: TrafficEvaluator;

  constructor(network: Network) {
    this.network = network;
    this.evaluator = new TrafficEvaluator(network);
  }
}

function pairOf({ family }: SetWalker, direction: Direction, own: Peer, other: Peer): AddressPair {
  const [source, destination] = direction === 'egress' ? [own.end, other.end] : [other.end, own.end];
  return { family, source, destination };
}
