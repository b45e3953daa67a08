import { blocksHold } from '../../../lang/block-cover.ts';
import { selectorImplies } from '../../../lang/calico-selector/selector-implies.ts';
import { cidrKey } from '../../../lang/cidr.ts';
import type { Cidr } from '../../../lang/cidr.ts';
import { TrafficAlgebra } from '../../../lang/traffic/traffic-set.ts';
import type { TrafficSet } from '../../../lang/traffic/traffic-set.ts';
import type { Network } from '../model/network.ts';
import type { PeerMatch, Policy, PortMatch, Rule } from '../form/normal-form.ts';
import { ruleTraffic } from './rule-traffic.ts';

/** A rule and the policy that it stands in. */
export interface PlacedRule {
  readonly policy: Policy;
  readonly rule: Rule;
}

/**
 * Whether earlier rules of the same tier and direction take every packet from a rule, whatever pods and addresses there are: not only
 * those of the manifests. It may miss that they do, but never invents it.
 */
export function isCoveredAlways(
  network: Network,
  { policy, rule }: PlacedRule,
  earlier: readonly PlacedRule[],
): boolean {
  const covering = earlier.filter(
    (each) => standsBefore(each.policy, policy) && each.rule.action !== 'log' && coversEnds(rule, each.rule),
  );
  return coversTraffic(
    network,
    rule,
    covering.map((each) => each.rule),
  );
}

/** Whether one rule matches whatever another one matches, and more. */
export function isBroader(network: Network, broad: Rule, narrow: Rule): boolean {
  const holds = (rule: Rule, by: Rule): boolean => coversEnds(rule, by) && coversTraffic(network, rule, [by]);
  return holds(narrow, broad) && !holds(broad, narrow);
}

/** Whether rules together match all ports and protocols that one rule matches. */
function coversTraffic(network: Network, rule: Rule, by: readonly Rule[]): boolean {
  const algebra = new TrafficAlgebra();
  const rest = by.reduce(
    (left, each) => algebra.difference(left, leastTraffic(network, algebra, each)),
    mostTraffic(network, algebra, rule),
  );
  return rest === algebra.nothing;
}

/** Whether whatever the one rule matches between any two ends, the other one matches too, ports and protocols aside. */
export function coversEnds(rule: Rule, by: Rule): boolean {
  return (
    (by.family === undefined || by.family === rule.family) &&
    coversPeer(rule.source, by.source) &&
    coversPeer(rule.destination, by.destination)
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

function coversPeer(peer: PeerMatch, by: PeerMatch): boolean {
  if (by.selector !== undefined) {
    if (peer.selector === undefined || !selectorImplies(peer.selector, by.selector)) return false;
  }
  if (by.notSelector !== undefined) {
    if (peer.notSelector === undefined || !selectorImplies(by.notSelector, peer.notSelector)) return false;
  }
  if (by.nets !== undefined && (peer.nets === undefined || blocksHold(by.nets, peer.nets) !== true)) return false;
  if (by.notNets !== undefined && (peer.notNets === undefined || !sameBlocks(by.notNets, peer.notNets))) return false;
  if (by.service === undefined) return true;
  const { service } = peer;
  return service?.name === by.service.name && service.namespace === by.service.namespace && !by.service.ports;
}

function sameBlocks(a: readonly Cidr[], b: readonly Cidr[]): boolean {
  const keys = (nets: readonly Cidr[]): string => nets.map(cidrKey).sort().join();
  return keys(a) === keys(b);
}

const nobody = { address: undefined, owners: [] };

/** What a rule matches at least, whatever ports its names and Services turn out to be. */
function leastTraffic(network: Network, algebra: TrafficAlgebra, rule: Rule): TrafficSet {
  const isOpen = [rule.source, rule.destination].some(({ notPorts }) => (notPorts?.names.length ?? 0) > 0);
  return isOpen ? algebra.nothing : ruleTraffic(network, algebra, rule, nobody, nobody);
}

/** What a rule matches at most. */
function mostTraffic(network: Network, algebra: TrafficAlgebra, rule: Rule): TrafficSet {
  const widest: Rule = { ...rule, source: widened(rule.source), destination: widened(rule.destination) };
  return ruleTraffic(network, algebra, widest, nobody, nobody);
}

const anyPort: PortMatch = { ranges: [{ first: 0, last: 65535 }], names: [] };

function widened({ service, ports, ...match }: PeerMatch): PeerMatch {
  const isNamed = (ports?.names.length ?? 0) > 0;
  return {
    ...match,
    ...(ports === undefined ? {} : { ports: isNamed ? anyPort : ports }),
    ...(service === undefined ? {} : { service: { ...service, ports: false } }),
  };
}
