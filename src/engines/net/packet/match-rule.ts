import { both } from '../../../lang/truth.ts';
import type { Truth } from '../../../lang/truth.ts';
import { endCriteria, isOfFamily, ruleCriteria } from '../criteria/criteria.ts';
import type { Lookups } from '../criteria/criterion.ts';
import type { Family, PeerMatch, Rule } from '../form/normal-form.ts';
import type { AddressEnd, Packet, PacketEnd } from '../form/packet.ts';

/** Whether a rule matches a packet, as far as is known (its HTTP part aside). Mirrors felix/rules/policy.go and calc/rule_scanner.go, v3.32. */
export function ruleMatches(lookups: Lookups, rule: Rule, packet: Packet): Truth {
  const { family, source, destination } = packet;
  // Ports before addresses: they are compared sooner.
  const isMatched =
    ruleCriteria(rule).every((criterion) => criterion.matchesPacket(packet)) &&
    portMatches(lookups, rule, rule.source, source, packet) &&
    portMatches(lookups, rule, rule.destination, destination, packet);
  return isMatched && addressesMatch(lookups, rule, family, source, destination);
}

/** Whether the addresses at both ends satisfy a rule: its part that has nothing to do with protocols and ports. */
export function addressesMatch(
  lookups: Lookups,
  rule: Rule,
  family: Family,
  source: AddressEnd,
  destination: AddressEnd,
): Truth {
  if (!isOfFamily(rule, family)) return false;
  const sourceMatches = addressMatches(lookups, rule.source, source, family);
  return sourceMatches === false
    ? false
    : both(sourceMatches, addressMatches(lookups, rule.destination, destination, family));
}

/** Whether an address satisfies one end of a rule, as far as is known. */
export function addressMatches(lookups: Lookups, match: PeerMatch, end: AddressEnd, family: Family): Truth {
  let truth: Truth = true;
  for (const criterion of endCriteria(match)) {
    truth = both(truth, criterion.matchesAddress(end, family, lookups));
    if (truth === false) return false;
  }
  return truth;
}

function portMatches(lookups: Lookups, rule: Rule, match: PeerMatch, end: PacketEnd, packet: Packet): boolean {
  return endCriteria(match).every((criterion) => criterion.matchesPort(end, packet, rule, lookups));
}
