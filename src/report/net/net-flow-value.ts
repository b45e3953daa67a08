import type { FlowAnswer } from '../../engines/net/ask/flow-verdict.ts';
import type { FlowDecision } from '../../engines/net/form/packet.ts';
import type { Assumption, Step } from '../../engines/verdict.ts';
import { protocolName } from './net-traffic.ts';
import { reasonValue } from '../reasons.ts';

/** An object that decided, where it stands (line and column from 1), and one sentence. */
export type ReasonValue = ReturnType<typeof reasonValue>;

/** What was said, and who said it. */
export interface WitnessValue {
  readonly decision: FlowDecision;
  readonly because: readonly ReasonValue[];
}

/** What policies say about one flow. */
export interface FlowValue {
  readonly from: string;
  readonly to: string;
  readonly protocol: string;
  readonly port?: number;
  readonly icmp?: { readonly type: number; readonly code: number };
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

/** One flow as plain JSON. */
export function flowValue({ question, decision, message, because, sides, steps, assumptions }: FlowAnswer): FlowValue {
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
