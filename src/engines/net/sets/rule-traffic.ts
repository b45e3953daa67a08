import type { TrafficAlgebra, TrafficSet } from '../../../lang/traffic/traffic-set.ts';
import { endCriteria, ruleCriteria } from '../criteria/criteria.ts';
import type { Lookups, TrafficBounds } from '../criteria/criterion.ts';
import type { Rule } from '../form/normal-form.ts';
import type { AddressEnd } from '../form/packet.ts';

/** The packets between two addresses that a rule matches, given that it matches the addresses; `ruleMatches` for all at once. */
export function ruleTraffic(
  lookups: Lookups,
  algebra: TrafficAlgebra,
  rule: Rule,
  source: AddressEnd,
  destination: AddressEnd,
): TrafficSet {
  return common(algebra, [
    ...ruleCriteria(rule).map((criterion) => criterion.traffic(algebra)),
    ...endCriteria(rule.source).map((criterion) => criterion.traffic(algebra, 'source', source, rule, lookups)),
    ...endCriteria(rule.destination).map((criterion) =>
      criterion.traffic(algebra, 'destination', destination, rule, lookups),
    ),
  ]);
}

/** What a rule matches at least and at most, whatever ports its names and Services turn out to be. */
export function trafficBounds(algebra: TrafficAlgebra, rule: Rule): TrafficBounds {
  const exact = ruleCriteria(rule).map((criterion) => criterion.traffic(algebra));
  const bounds = [
    ...endCriteria(rule.source).map((criterion) => criterion.bounds(algebra, 'source')),
    ...endCriteria(rule.destination).map((criterion) => criterion.bounds(algebra, 'destination')),
  ];
  return {
    least: common(algebra, [...exact, ...bounds.map(({ least }) => least)]),
    most: common(algebra, [...exact, ...bounds.map(({ most }) => most)]),
  };
}

/** The packets that a pod can never send: IP in IP, and VXLAN on Calico's port. */
export function encapsulatedTraffic(algebra: TrafficAlgebra): TrafficSet {
  const vxlan = algebra.ofPorts([17], 'destination', [{ first: 4789, last: 4789 }]);
  return algebra.union(algebra.ofProtocols([4]), vxlan);
}

function common(algebra: TrafficAlgebra, sets: readonly TrafficSet[]): TrafficSet {
  return sets.reduce((all, set) => algebra.intersection(all, set), algebra.everything);
}
