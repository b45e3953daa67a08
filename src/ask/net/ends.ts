import type { FlowEnd } from '../../engines/net/packet/flow-end.ts';
import type { AddressRange } from '../../engines/net/model/outside-classes.ts';
import { blocksOfRange, formatCidr } from '../../lang/addresses/format-address.ts';

/** A workload (or Pod) whose pods are one end of flows. */
export interface WorkloadValue {
  /** `shop/web (Deployment)`. */
  readonly name: string;
  readonly namespace: string;
  readonly kind: string;
  /** The name of the object that makes the pods. */
  readonly workload: string;
}

/** A workload as plain JSON. */
export function workloadValue({ name, pod }: FlowEnd): WorkloadValue {
  const { owner } = pod ?? {};
  const workload = owner === undefined ? '' : owner.name === '' ? owner.generateName : owner.name;
  return { name, namespace: pod?.namespace ?? '', kind: owner?.kind ?? '', workload };
}

/** The fewest blocks that are all the addresses of some ranges. */
export function blocksValue(ranges: readonly AddressRange[]): readonly string[] {
  return ranges.flatMap(({ first, last }) => blocksOfRange(first, last).map(formatCidr));
}
