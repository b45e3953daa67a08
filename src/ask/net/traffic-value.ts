import { destinationLevel, isLeaf, levelSize, protocolLevel, sourceLevel } from '../../lang/traffic/diagram.ts';
import type { Diagram } from '../../lang/traffic/diagram.ts';
import type { TrafficSet } from '../../lang/traffic/traffic-set.ts';
import { trafficWords } from './traffic-words.ts';

/** Numbers from `first` to `last`, both included. */
export interface NumberRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Packets of some protocols (numbers of IANA). What is absent may be anything: ports of the destination and of the source, for ICMP type
 * and code.
 */
export interface PacketRanges {
  readonly protocols: NumberRange;
  readonly ports?: readonly NumberRange[];
  readonly sourcePorts?: readonly NumberRange[];
  readonly icmpTypes?: readonly NumberRange[];
  readonly icmpCodes?: readonly NumberRange[];
}

/** A set of packets for machines and for readers: `TCP 80,443`, `all`, `none`. */
export interface TrafficValue {
  readonly words: string;
  /** Every packet of the set is in exactly one. */
  readonly packets: readonly PacketRanges[];
}

/** A set of packets as plain JSON. */
export function trafficValue(traffic: TrafficSet): TrafficValue {
  const packets = parts(traffic, protocolLevel).flatMap(({ ranges, child }) =>
    ranges.flatMap((protocols) => ofProtocols(protocols, child)),
  );
  return { words: trafficWords(traffic), packets };
}

function ofProtocols(protocols: NumberRange, child: Diagram<boolean>): readonly PacketRanges[] {
  const isIcmp = protocols.first === protocols.last && (protocols.first === 1 || protocols.first === 58);
  return parts(child, destinationLevel).flatMap(({ ranges: second, child: inner }) =>
    parts(inner, sourceLevel).map(({ ranges: third }) => {
      const [seconds, thirds] = [isAny(second) ? undefined : second, isAny(third) ? undefined : third];
      return {
        protocols,
        ...(seconds === undefined ? {} : isIcmp ? { icmpTypes: seconds } : { ports: seconds }),
        ...(thirds === undefined ? {} : isIcmp ? { icmpCodes: thirds } : { sourcePorts: thirds }),
      };
    }),
  );
}

/** The values of one level by what holds below them; those below which nothing holds are left out. */
function parts(
  diagram: Diagram<boolean>,
  level: number,
): readonly { readonly ranges: readonly NumberRange[]; readonly child: Diagram<boolean> }[] {
  if (isLeaf(diagram) && !diagram.value) return [];
  const last = levelSize(level) - 1;
  if (isLeaf(diagram) || diagram.level > level) return [{ ranges: [{ first: 0, last }], child: diagram }];
  const byChild = new Map<Diagram<boolean>, NumberRange[]>();
  for (const [index, child] of diagram.children.entries()) {
    if (isLeaf(child) && !child.value) continue;
    const ranges = byChild.get(child) ?? [];
    ranges.push({ first: diagram.cuts[index] ?? 0, last: (diagram.cuts[index + 1] ?? last + 1) - 1 });
    byChild.set(child, ranges);
  }
  return [...byChild].map(([child, ranges]) => ({ ranges, child }));
}

function isAny(ranges: readonly NumberRange[]): boolean {
  return ranges.some(({ first, last }) => first === 0 && last === levelSize(destinationLevel) - 1);
}
