import { endCriteria } from '../criteria/criteria.ts';
import { BitSet } from '../../../lang/bit-set.ts';
import type { Lookups } from '../criteria/criterion.ts';
import type { PeerMatch, Rule } from '../form/normal-form.ts';
import type { AddressEnd } from '../form/packet.ts';
import type { Peers } from './peers.ts';

/** Equal for ends whose ports a rule cannot tell apart: those that they call by its names, or serve for its Service. */
export function portsKey(lookups: Lookups, rule: Rule, match: PeerMatch, end: AddressEnd): string {
  return endCriteria(match)
    .filter(({ names }) => names.length > 0)
    .map((criterion) => criterion.lookUp(end, rule, lookups))
    .map((ports) => ports.map(({ protocol, port }) => `${protocol}:${port}`).join('+'))
    .join('/');
}

/** Peers, grouped by the ports that one end of a rule looks up at them. */
export function byPorts(
  lookups: Lookups,
  peers: Peers,
  rule: Rule,
  match: PeerMatch,
  among: BitSet,
): ReadonlyMap<string, BitSet> {
  const groups = new Map<string, BitSet>();
  for (const number of among) {
    const end = peers.all[number]?.end;
    if (end === undefined) continue;
    const key = portsKey(lookups, rule, match, end);
    const group = groups.get(key) ?? new BitSet(among.size);
    groups.set(key, group);
    group.add(number);
  }
  return groups;
}
