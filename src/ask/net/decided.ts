import type { FlowDecision } from '../../engines/net/form/packet.ts';
import type { TrafficSet } from '../../lang/traffic/traffic-set.ts';
import type { Reason } from '../../engines/verdict.ts';
import { type ReasonValue, reasonValue } from '../values/reason-value.ts';
import { type TrafficValue, trafficValue } from './traffic-value.ts';

/** Packets that the same rules decide. */
export interface DecidedValue {
  readonly decision: FlowDecision;
  readonly traffic: TrafficValue;
  readonly because: readonly ReasonValue[];
}

/** Packets with their deciders as plain JSON. */
export function decidedValue(decided: {
  readonly decision: FlowDecision;
  readonly traffic: TrafficSet;
  readonly reasons: readonly Reason[];
}): DecidedValue {
  const { decision, traffic, reasons } = decided;
  return { decision, traffic: trafficValue(traffic), because: reasons.map(reasonValue) };
}
