import { counted } from '../../lang/counted.ts';
import { isLeaf, levelSize, protocolLevel, sourceLevel, destinationLevel } from '../../lang/traffic/diagram.ts';
import type { Diagram } from '../../lang/traffic/diagram.ts';
import type { TrafficSet } from '../../lang/traffic/traffic-set.ts';
import { hasPorts, protocolNumbers } from '../../engines/net/form/protocol.ts';

/** `TCP`, or the number of a protocol without a name that rules know. */
export function protocolName(number: number): string {
  return Object.entries(protocolNumbers).find(([, each]) => each === number)?.[0] ?? `protocol ${number}`;
}

/** Packets as text: `TCP 80,443; UDP 53`, `all`. `all` leaves out what a pod can never send, encapsulated packets. */
export function trafficWords(traffic: TrafficSet): string {
  const parts: string[] = [];
  let others = 0;
  let withPorts = 0;
  for (const { first, last, child } of intervals(traffic, protocolLevel)) {
    for (let protocol = first; protocol <= last; protocol++) {
      if (isLeaf(child) && !child.value) continue;
      const ports = portWords(child, hasPorts(protocol));
      if (hasPorts(protocol) && (ports === '' || (protocol === 17 && ports === ' 0-4788,4790-65535'))) withPorts++;
      if (Object.values(protocolNumbers).includes(protocol)) parts.push(`${protocolName(protocol)}${ports}`);
      else others++;
    }
  }
  const named = Object.keys(protocolNumbers).length;
  // IP in IP is the one that is left out.
  if (others >= 256 - named - 1 && withPorts === 3 && parts.length === named) return 'all';
  if (others > 0) parts.push(others >= 256 - named - 1 ? 'all other protocols' : counted(others, 'other protocol'));
  return parts.length === 0 ? 'none' : parts.join('; ');
}

function portWords(child: Diagram<boolean>, ofPorts: boolean): string {
  if (isLeaf(child)) return '';
  const ranges = intervals(child, destinationLevel).flatMap(({ first, last, child: inner }) => {
    if (isLeaf(inner) && !inner.value) return [];
    const from = isLeaf(inner) ? '' : ` (from ${sourceWords(inner, ofPorts)})`;
    if (first === 0 && last === levelSize(destinationLevel) - 1) return [`${ofPorts ? 'any port' : 'any type'}${from}`];
    return [`${first === last ? first : `${first}-${last}`}${from}`];
  });
  return `${ofPorts ? '' : ' type'} ${ranges.join(',')}`;
}

function sourceWords(inner: Diagram<boolean>, ofPorts: boolean): string {
  const ranges = intervals(inner, sourceLevel).flatMap(({ first, last, child }) =>
    isLeaf(child) && child.value ? [first === last ? `${first}` : `${first}-${last}`] : [],
  );
  return `${ofPorts ? 'port' : 'code'} ${ranges.join('+')}`;
}

interface ChildInterval {
  readonly first: number;
  readonly last: number;
  readonly child: Diagram<boolean>;
}

function intervals(diagram: Diagram<boolean>, level: number): readonly ChildInterval[] {
  if (isLeaf(diagram) || diagram.level > level) return [{ first: 0, last: levelSize(level) - 1, child: diagram }];
  return diagram.children.map((child, index) => ({
    first: diagram.cuts[index] ?? 0,
    last: (diagram.cuts[index + 1] ?? levelSize(level)) - 1,
    child,
  }));
}
