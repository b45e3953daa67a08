import type { Cluster } from '../../../cluster/index/cluster.ts';
import type { Assumption, Reason, Step, Verdict } from '../../verdict.ts';
import type { EndpointVerdict } from '../packet/evaluate-endpoint.ts';
import { evaluateFlow } from '../packet/flow.ts';
import { flowAssumptions, hostAssumption, nodeAssumption } from '../words/flow-assumptions.ts';
import { endOfFamily } from '../packet/flow-end.ts';
import type { FlowQuestion } from '../packet/flow-end.ts';
import { sideReason } from '../words/flow-reasons.ts';
import { sideSteps } from '../words/flow-steps.ts';
import { hostFlowVerdict } from './host-flow-verdict.ts';
import { networkOf } from '../model/network-of.ts';
import type { Direction } from '../form/normal-form.ts';
import type { FlowDecision, Packet, PacketEnd } from '../form/packet.ts';
import { hasPorts } from '../form/protocol.ts';

/** What one end of a flow says. */
export interface SideVerdict {
  readonly direction: Direction;
  readonly decision: FlowDecision;
  /** Who decided; for an unknown decision, each that may. */
  readonly reasons: readonly Reason[];
}

/** The answer for one flow. `sides` holds the source's egress, then the destination's ingress; an end that is no endpoint has none. */
export interface FlowAnswer extends Verdict<FlowDecision> {
  readonly question: FlowQuestion;
  readonly sides: readonly SideVerdict[];
}

/** A port from the range that Linux gives to clients; no rule in practice asks for it. */
const clientPort = 40_000;

/**
 * Decides the first packet of a flow, at the source and at the destination, whatever the other one says. With `steps` the answer holds
 * the whole walk. Ends without a common address family cannot talk: denied, and `message` says so.
 */
export function flowVerdict(
  cluster: Cluster,
  question: FlowQuestion,
  options: { readonly steps?: boolean } = {},
): FlowAnswer {
  const packet = packetOf(cluster, question);
  if (packet === undefined) {
    const message = 'the two ends have no addresses of the same family';
    return { question, decision: 'deny', message, because: [], steps: [], assumptions: [], sides: [] };
  }
  const { network } = networkOf(cluster);
  const onHosts = hostFlowVerdict(network, packet);
  if (onHosts !== undefined) {
    const { decision, reasons } = onHosts;
    const assumptions = decision === 'unknown' ? [nodeAssumption] : [];
    const steps = options.steps === true ? onHosts.steps : [];
    return { question, decision, message: '', because: reasons, steps, assumptions, sides: [] };
  }
  const verdict = evaluateFlow(network, packet);
  const walked = (['egress', 'ingress'] as const).flatMap((direction) => {
    const half = verdict[direction];
    return half === undefined ? [] : [{ direction, ...half }];
  });
  const sides = walked.map((side): SideVerdict => ({
    direction: side.direction,
    decision: decided(side.verdict),
    reasons: sideReason(cluster, network, side.endpoint, side.direction, side.verdict),
  }));
  const hosts = verdict.decision === 'deny' ? undefined : hostAssumption(network, question, packet);
  const decision = hosts === undefined ? verdict.decision : 'unknown';
  const assumptions: Assumption[] = [];
  if (decision === 'unknown') {
    for (const side of walked) assumptions.push(...flowAssumptions(cluster, side, packet));
    if (hosts !== undefined) assumptions.push(hosts);
  }
  const steps = options.steps === true ? walked.map((side): Step => sideSteps(network, side, packet)) : [];
  // The side that decides comes first: any that denies, then any that is unknown.
  const ranked = [...sides].sort((a, b) => rank[a.decision] - rank[b.decision]);
  return {
    question,
    decision,
    message: '',
    because: ranked.flatMap(({ reasons }) => reasons),
    steps,
    assumptions: unique(assumptions),
    sides,
  };
}

const rank: Readonly<Record<FlowDecision, number>> = { deny: 0, unknown: 1, allow: 2 };

function decided({ decision }: EndpointVerdict): FlowDecision {
  return decision === 'continue' ? 'allow' : decision;
}

function packetOf(cluster: Cluster, question: FlowQuestion): Packet | undefined {
  const { from, to, protocol, port, icmp } = question;
  for (const family of question.family === undefined ? ([4, 6] as const) : [question.family]) {
    const source = endOfFamily(cluster, from, family);
    const destination = endOfFamily(cluster, to, family);
    if (source === undefined || destination === undefined) continue;
    const withPort = (end: typeof source, number: number | undefined): PacketEnd =>
      number === undefined || !hasPorts(protocol) ? end : { ...end, port: number };
    return {
      family,
      protocol,
      source: withPort(source, clientPort),
      destination: withPort(destination, port),
      ...(icmp === undefined ? {} : { icmp }),
    };
  }
  return undefined;
}

function unique(assumptions: readonly Assumption[]): readonly Assumption[] {
  return [...new Map(assumptions.map((each) => [each.sentence, each])).values()];
}
