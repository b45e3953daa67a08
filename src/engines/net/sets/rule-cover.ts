import { selectorImplies } from '../../../lang/calico-selector/selector-implies.ts';
import { TrafficAlgebra } from '../../../lang/traffic/traffic-set.ts';
import { endCriteria, ruleCriteria } from '../criteria/criteria.ts';
import type { PeerMatch, Policy, Rule } from '../form/normal-form.ts';
import { trafficBounds } from './rule-traffic.ts';

/** A rule and the policy that it stands in. */
export interface PlacedRule {
  readonly policy: Policy;
  readonly rule: Rule;
}

/**
 * Whether earlier rules of the same tier and direction take every packet from a rule, whatever pods and addresses there are: not only
 * those of the manifests. It may miss that they do, but never invents it.
 */
export function isCoveredAlways({ policy, rule }: PlacedRule, earlier: readonly PlacedRule[]): boolean {
  const covering = earlier.filter(
    (each) => standsBefore(each.policy, policy) && each.rule.action !== 'log' && coversEnds(rule, each.rule),
  );
  return coversTraffic(
    rule,
    covering.map((each) => each.rule),
  );
}

/** Whether one rule matches whatever another one matches, and more. */
export function isBroader(broad: Rule, narrow: Rule): boolean {
  const holds = (rule: Rule, by: Rule): boolean => coversEnds(rule, by) && coversTraffic(rule, [by]);
  return holds(narrow, broad) && !holds(broad, narrow);
}

/** Whether rules together match all ports and protocols that one rule matches. */
function coversTraffic(rule: Rule, by: readonly Rule[]): boolean {
  const algebra = new TrafficAlgebra();
  const rest = by.reduce(
    (left, each) => algebra.difference(left, trafficBounds(algebra, each).least),
    trafficBounds(algebra, rule).most,
  );
  return rest === algebra.nothing;
}

/** Whether whatever the one rule matches between any two ends, the other one matches too, ports and protocols aside. */
export function coversEnds(rule: Rule, by: Rule): boolean {
  return (
    ruleCriteria(by).every((criterion) => criterion.covers(rule)) &&
    coversEnd(rule.source, by.source) &&
    coversEnd(rule.destination, by.destination)
  );
}

/** Whether one policy acts on whatever the other one acts on. */
function standsBefore(earlier: Policy, policy: Policy): boolean {
  if (earlier === policy) return true;
  return (
    earlier.tier === policy.tier &&
    earlier.stage === policy.stage &&
    (earlier.applyOnForward || !policy.applyOnForward) &&
    !earlier.staged &&
    selectorImplies(policy.selector, earlier.selector)
  );
}

/** Whether every address that satisfies one end of a rule satisfies an end of another one. */
export function coversEnd(match: PeerMatch, by: PeerMatch): boolean {
  return endCriteria(by).every((criterion) => criterion.coversAddresses(match));
}
