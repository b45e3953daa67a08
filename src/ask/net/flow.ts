import type { Cluster } from '../../cluster/index/cluster.ts';
import { flowQuestions, isQuestionError } from '../../engines/net/ask/flow-question.ts';
import { type FlowAnswer, flowVerdict } from '../../engines/net/ask/flow-verdict.ts';
import type { FlowDecision } from '../../engines/net/form/packet.ts';
import { networkOf } from '../../engines/net/model/network-of.ts';
import type { Assumption, Step } from '../../engines/verdict.ts';
import { type ReasonValue, reasonValue } from '../values/reason-value.ts';
import { UsageError } from '../values/usage-error.ts';
import { type RefusedValue, refusedValue } from './refused.ts';
import { protocolName } from './traffic-words.ts';

/** The flow to evaluate. */
export interface FlowRequest {
  /** A pod or workload (`shop/web`, `shop/Deployment/web`), an address, or `internet`. */
  readonly from: string;
  /** The same or a Service (`shop/service/web`), then `:PORT[/PROTOCOL]`; `[ADDRESS]:PORT` for IPv6. */
  readonly to: string;
  /** Whether the whole walk is wanted: every tier, policy and rule that was evaluated. */
  readonly steps?: boolean;
}

/** What `net flow` and `net explain` answer: what `--format json` prints. */
export interface FlowsValue {
  readonly version: 1;
  readonly flows: readonly FlowValue[];
  /** Objects about traffic that have no effect. */
  readonly refused: readonly RefusedValue[];
}

/** One packet: a protocol by name (or `protocol 4`), with the port of the destination or the ICMP type where it has one. */
export interface PacketValue {
  readonly protocol: string;
  readonly port?: number;
  readonly icmp?: { readonly type: number; readonly code: number };
}

/** What was said, and who said it. */
export interface WitnessValue {
  readonly decision: FlowDecision;
  readonly because: readonly ReasonValue[];
}

/** What policies say about one flow. */
export interface FlowValue extends PacketValue {
  readonly from: string;
  readonly to: string;
  readonly decision: FlowDecision;
  /** Why there is no such flow, where there is none. */
  readonly message?: string;
  readonly sides: readonly (WitnessValue & { readonly direction: 'ingress' | 'egress' })[];
  readonly because: readonly ReasonValue[];
  readonly assumptions: readonly Assumption[];
  /** The whole walk, where it was asked for. */
  readonly steps?: readonly StepValue[];
}

/** One step of the walk, with those that it is made of. */
export interface StepValue {
  readonly sentence: string;
  readonly outcome: Step['outcome'];
  readonly at?: ReasonValue;
  readonly steps?: readonly StepValue[];
}

/**
 * What Calico, Kubernetes and Admin network policies decide about the first packet of a flow. The flows are several where a Service has several
 * pods, or where policies tell addresses of the internet apart.
 * @throws UsageError for a name that nothing has, or a missing port.
 */
export function netFlow(cluster: Cluster, { from, to, steps = false }: FlowRequest): FlowsValue {
  const questions = flowQuestions(cluster, from, to);
  if (isQuestionError(questions)) throw new UsageError(questions.error, questions.hint);
  const flows = questions.map((question) => flowValue(flowVerdict(cluster, question, { steps })));
  return { version: 1, flows, refused: networkOf(cluster).problems.map(refusedValue) };
}

function flowValue({ question, decision, message, because, sides, steps, assumptions }: FlowAnswer): FlowValue {
  return {
    from: question.from.name,
    to: question.to.name,
    protocol: protocolName(question.protocol),
    ...(question.port === undefined ? {} : { port: question.port }),
    ...(question.icmp === undefined ? {} : { icmp: question.icmp }),
    decision,
    ...(message === '' ? {} : { message }),
    sides: sides.map(({ direction, decision: own, reasons }) => ({
      direction,
      decision: own,
      because: reasons.map(reasonValue),
    })),
    because: because.map(reasonValue),
    assumptions,
    ...(steps.length === 0 ? {} : { steps: steps.map(stepValue) }),
  };
}

function stepValue({ sentence, outcome, object, path = [], steps }: Step): StepValue {
  return {
    sentence,
    outcome,
    ...(object === undefined ? {} : { at: reasonValue({ object, path, sentence }) }),
    ...(steps === undefined ? {} : { steps: steps.map(stepValue) }),
  };
}
