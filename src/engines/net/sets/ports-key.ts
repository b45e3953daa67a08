import { endCriteria } from '../criteria/criteria.ts';
import type { Lookups } from '../criteria/criterion.ts';
import type { PeerMatch, Rule } from '../form/normal-form.ts';
import type { AddressEnd } from '../form/packet.ts';

/** Equal for ends whose ports a rule cannot tell apart: those that they call by its names, or serve for its Service. */
export function portsKey(lookups: Lookups, rule: Rule, match: PeerMatch, end: AddressEnd): string {
  return endCriteria(match)
    .filter(({ names }) => names.length > 0)
    .map((criterion) => criterion.lookUp(end, rule, lookups))
    .map((ports) => ports.map(({ protocol, port }) => `${protocol}:${port}`).join('+'))
    .join('/');
}
