import { namedPorts } from '../packet/match-rule.ts';
import type { Network } from '../model/network.ts';
import type { PeerMatch, Rule } from '../form/normal-form.ts';
import type { AddressEnd } from '../form/packet.ts';

/** Equal for ends whose ports a rule cannot tell apart: those that they call by its names, or serve for its Service. */
export function portsKey(network: Network, rule: Rule, match: PeerMatch, end: AddressEnd): string {
  const named = [match.ports, match.notPorts].map((ports) =>
    ports === undefined ? [] : namedPorts(network, rule, match, ports, end),
  );
  const served = match.service === undefined ? [] : network.services.portsOf(match.service, end);
  return [...named, served]
    .map((ports) => ports.map(({ protocol, port }) => `${protocol}:${port}`).join('+'))
    .join('/');
}
