import { combine } from '../../../lang/traffic/combine.ts';
import { isLeaf } from '../../../lang/traffic/diagram.ts';
import type { Diagram } from '../../../lang/traffic/diagram.ts';
import type { TrafficAlgebra, TrafficSet } from '../../../lang/traffic/traffic-set.ts';
import type { Outcome } from './endpoint-traffic.ts';

/** Packets with the one value that a function from packets has for them. */
export interface ValueTraffic<T> {
  readonly value: T;
  readonly traffic: TrafficSet;
}

/** Packets by the value of a function, in the order in which the function's intervals first reach each value. */
export function trafficByValue<T>(algebra: TrafficAlgebra, diagram: Diagram<T>): readonly ValueTraffic<T>[] {
  const values = new Set<T>();
  collect(diagram, values, new Set());
  return [...values].map((value) => ({ value, traffic: trafficWhere(algebra, diagram, (each) => each === value) }));
}

/** The packets for which the value of a function is wanted. */
export function trafficWhere<T>(
  algebra: TrafficAlgebra,
  diagram: Diagram<T>,
  isWanted: (value: T) => boolean,
): TrafficSet {
  return combine(algebra.space, diagram, algebra.everything, isWanted);
}

/** What outcomes allow, and of what it is not known whether they do. */
export function allowedTraffic(
  algebra: TrafficAlgebra,
  outcome: Diagram<Outcome>,
): { readonly traffic: TrafficSet; readonly unknown: TrafficSet } {
  return {
    traffic: trafficWhere(algebra, outcome, ({ decision }) => decision === 'allow'),
    unknown: trafficWhere(algebra, outcome, ({ decision }) => decision === 'unknown'),
  };
}

function collect<T>(diagram: Diagram<T>, values: Set<T>, seen: Set<number>): void {
  if (isLeaf(diagram)) values.add(diagram.value);
  else if (!seen.has(diagram.id)) {
    seen.add(diagram.id);
    for (const child of diagram.children) collect(child, values, seen);
  }
}
