import type { AddressRange } from '../../../engines/net/model/outside-classes.ts';
import type { Peer } from '../../../engines/net/sets/peers.ts';
import { endpointTitle } from '../../../engines/net/packet/flow-end.ts';
import { blocksOfRange, formatCidr } from '../../../lang/addresses/format-address.ts';

/** Names of peers; outside, the class with the most addresses is `outside`, the others are their blocks. */
export function peerNames(peers: readonly Peer[]): readonly string[] {
  const sizes = peers.map(({ ranges = [] }) => sizeOf(ranges));
  const largest = sizes.indexOf(sizes.reduce((most, size) => Math.max(most, size), 0));
  return peers.map(({ pod, ranges = [] }, index) => {
    if (pod !== undefined) return endpointTitle(pod.object);
    if (index === largest) return 'outside';
    return `outside (${blocksWords(ranges)})`;
  });
}

/** Sorts names by namespace first; what is outside comes last. */
export function compareNames(a: string, b: string): number {
  const [outsideA, outsideB] = [a.startsWith('outside'), b.startsWith('outside')];
  if (outsideA !== outsideB) return outsideA ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}

function blocksWords(ranges: readonly AddressRange[]): string {
  const blocks = ranges.slice(0, 4).flatMap(({ first, last }) => blocksOfRange(first, last).map(formatCidr));
  return `${blocks.slice(0, 4).join(' ')}${ranges.length > 4 || blocks.length > 4 ? ' …' : ''}`;
}

function sizeOf(ranges: readonly AddressRange[]): number {
  return ranges.reduce((sum, { first, last }) => sum + Number(BigInt(last.value) - BigInt(first.value)) + 1, 0);
}
