import { compareBytes } from '../../../lang/byte-order.ts';
import type { CalicoPort } from './calico-resource.ts';

/** The ports of one protocol: no ports are all of them, the protocol '' is any. */
export interface ProtocolPorts {
  readonly protocol: string;
  readonly ports: readonly CalicoPort[];
}

/**
 * Groups ports by protocol, sorted by it, as conversion makes one Calico rule of each group; an entry without a port makes its
 * protocol match whole. No entries at all are everything.
 */
export function groupByProtocol(
  entries: readonly { readonly protocol: string; readonly port?: CalicoPort }[],
): readonly ProtocolPorts[] {
  if (entries.length === 0) return [{ protocol: '', ports: [] }];
  const groups = new Map<string, CalicoPort[] | 'all'>();
  for (const { protocol, port } of entries) {
    const known = groups.get(protocol);
    if (port === undefined || known === 'all') groups.set(protocol, 'all');
    else if (known === undefined) groups.set(protocol, [port]);
    else known.push(port);
  }
  return [...groups]
    .sort(([a], [b]) => compareBytes(a, b))
    .map(([protocol, ports]) => ({ protocol, ports: ports === 'all' ? [] : ports }));
}
