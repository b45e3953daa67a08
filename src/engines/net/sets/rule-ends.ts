import type { Direction, PeerMatch, Rule } from '../form/normal-form.ts';

/** A rule's own end and the other one, as seen from the endpoint that it protects. */
export function rulesEnds(rule: Rule, direction: Direction): readonly [own: PeerMatch, other: PeerMatch] {
  return direction === 'egress' ? [rule.source, rule.destination] : [rule.destination, rule.source];
}
