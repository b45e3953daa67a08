import { destinationLevel, isLeaf, levelSize, protocolLevel, sourceLevel } from '../../../lang/traffic/diagram.ts';
import type { Diagram } from '../../../lang/traffic/diagram.ts';
import type { TrafficSet } from '../../../lang/traffic/traffic-set.ts';
import { hasPorts } from '../form/protocol.ts';

/** The parts of a packet that its two addresses leave open. For ICMP, type and code stand in the places of the ports. */
export interface SamplePacket {
  readonly protocol: number;
  /** For protocols with ports. */
  readonly port?: number;
  readonly sourcePort?: number;
  readonly icmp?: { readonly type: number; readonly code: number };
}

/** Tried first at each level: what readers know best. Source ports are those that clients get. */
const preferred: Readonly<Record<number, readonly number[]>> = {
  [protocolLevel]: [6, 17, 132, 1, 58],
  [destinationLevel]: [80, 443, 8],
  [sourceLevel]: [40_000, 0],
};

/** One packet of a set, the most ordinary that there is; undefined for the empty set. */
export function samplePacket(traffic: TrafficSet): SamplePacket | undefined {
  const point = pointIn(traffic, protocolLevel);
  if (point === undefined) return undefined;
  const [protocol = 0, second = 0, third = 0] = point;
  if (hasPorts(protocol)) return { protocol, port: second, sourcePort: third };
  // Packets of other protocols have neither: sets are the same for all their values.
  return protocol === 1 || protocol === 58 ? { protocol, icmp: { type: second, code: third } } : { protocol };
}

function pointIn(diagram: Diagram<boolean>, level: number): readonly number[] | undefined {
  if (isLeaf(diagram) && !diagram.value) return undefined;
  if (level > sourceLevel) return [];
  const [first] = preferred[level] ?? [];
  if (isLeaf(diagram) || diagram.level > level) {
    const rest = pointIn(diagram, level + 1);
    return rest && [first ?? 0, ...rest];
  }
  const candidates = diagram.children.map((child, index) => ({
    first: diagram.cuts[index] ?? 0,
    last: (diagram.cuts[index + 1] ?? levelSize(level)) - 1,
    child,
  }));
  const known = (preferred[level] ?? []).flatMap((value) =>
    candidates.filter(({ first: from, last }) => from <= value && value <= last).map(({ child }) => ({ value, child })),
  );
  for (const { value, child } of [...known, ...candidates.map((each) => ({ value: each.first, child: each.child }))]) {
    const rest = pointIn(child, level + 1);
    if (rest !== undefined) return [value, ...rest];
  }
  return undefined;
}
