import type { Peer } from '../engines/net/peers.ts';
import { podTitle } from '../engines/net/flow-end.ts';
import { blocksOfRange, formatCidr } from '../lang/format-address.ts';

/** Names of peers; outside, the class with the most addresses is `outside`, the others are their blocks. */
export function peerNames(peers: readonly Peer[]): readonly string[] {
  const sizes = peers.map(({ ranges = [] }) =>
    ranges.reduce((sum, { first, last }) => sum + Number(BigInt(last.value) - BigInt(first.value)) + 1, 0),
  );
  const largest = sizes.indexOf(sizes.reduce((most, size) => Math.max(most, size), 0));
  return peers.map(({ pod, ranges = [] }, index) => {
    if (pod !== undefined) {
      const { source, namespace, name } = pod.object;
      return source === undefined ? `${namespace}/${name}` : podTitle(source);
    }
    if (index === largest) return 'outside';
    const blocks = ranges.slice(0, 4).flatMap(({ first, last }) => blocksOfRange(first, last).map(formatCidr));
    const more = ranges.length > 4 || blocks.length > 4 ? ' …' : '';
    return `outside (${blocks.slice(0, 4).join(' ')}${more})`;
  });
}

/** Sorts names by namespace first; what is outside comes last. */
export function compareNames(a: string, b: string): number {
  const [outsideA, outsideB] = [a.startsWith('outside'), b.startsWith('outside')];
  if (outsideA !== outsideB) return outsideA ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}
