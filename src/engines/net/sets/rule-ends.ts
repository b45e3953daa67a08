import type { Direction, PeerMatch, Rule } from '../form/normal-form.ts';

/** A rule's own end and the other one, as seen from the endpoint that it protects. */
export function rulesEnds(rule: Rule, direction: Direction): readonly [own: PeerMatch, other: PeerMatch] {
  return direction === 'egress' ? [rule.source, rule.destination] : [rule.destination, rule.source];
}

/** Whether which packets an end matches depends on more than the address: on names of ports, or on a Service. */
export function asksForNames({ ports, notPorts, service }: PeerMatch): boolean {
  return (ports?.names.length ?? 0) + (notPorts?.names.length ?? 0) > 0 || service?.ports === true;
}
