import type { Family, PeerMatch, Rule } from '../form/normal-form.ts';
import type { EndCriterion, RuleCriterion } from './criterion.ts';
import { FamilyCriterion } from './family.ts';
import { HttpCriterion } from './http.ts';
import { IcmpCriterion, NotIcmpCriterion } from './icmp.ts';
import { NetsCriterion, NotNetsCriterion } from './nets.ts';
import { NotPortsCriterion, PortsCriterion } from './ports.ts';
import { NotProtocolCriterion, ProtocolCriterion } from './protocol.ts';
import { NotSelectorCriterion, SelectorCriterion } from './selector.ts';
import { serviceCriterion } from './service.ts';
import { UnsettledCriterion } from './unsettled.ts';

/** The fields of a rule that are no criteria of their own. */
type NoCriterion = 'action' | 'source' | 'destination' | 'origin';

/** Finds the criterion of each field of a rule. A new field does not compile until it has one. */
export type RuleCriteriaTable<R> = Readonly<
  Record<Exclude<keyof R, NoCriterion>, (rule: R) => readonly RuleCriterion[]>
>;

/** Finds the criterion of each field of one end of a rule. A new field does not compile until it has one. */
export type EndCriteriaTable<M> = Readonly<Record<keyof M, (match: M) => readonly EndCriterion[]>>;

/** The criteria of rules. */
export const ruleCriteriaTable: RuleCriteriaTable<Rule> = {
  family: ({ family }) => given(family, (value) => new FamilyCriterion(value)),
  protocol: ({ protocol }) => given(protocol, (value) => new ProtocolCriterion(value)),
  notProtocol: ({ notProtocol }) => given(notProtocol, (value) => new NotProtocolCriterion(value)),
  icmp: ({ icmp }) => given(icmp, (value) => new IcmpCriterion(value)),
  notIcmp: ({ notIcmp }) => given(notIcmp, (value) => new NotIcmpCriterion(value)),
  http: ({ http }) => given(http, (value) => new HttpCriterion(value)),
};

/** The criteria of the ends of rules, those that are compared soonest first. */
export const endCriteriaTable: EndCriteriaTable<PeerMatch> = {
  ports: ({ ports, selector }) => given(ports, (value) => new PortsCriterion(value, selector)),
  notPorts: ({ notPorts, selector }) => given(notPorts, (value) => new NotPortsCriterion(value, selector)),
  nets: ({ nets }) => given(nets, (value) => new NetsCriterion(value)),
  notNets: ({ notNets }) => given(notNets, (value) => new NotNetsCriterion(value)),
  selector: ({ selector }) => given(selector, (value) => new SelectorCriterion(value)),
  notSelector: ({ notSelector }) => given(notSelector, (value) => new NotSelectorCriterion(value)),
  service: ({ service }) => given(service, serviceCriterion),
  unsettled: ({ unsettled }) => given(unsettled, (reasons) => new UnsettledCriterion(reasons)),
};

const ruleReaders = Object.values(ruleCriteriaTable);
const endReaders = Object.values(endCriteriaTable);
const ofRule = new WeakMap<Rule, readonly RuleCriterion[]>();
const ofEnd = new WeakMap<PeerMatch, readonly EndCriterion[]>();

/** The criteria of a rule, those of its ends aside. */
export function ruleCriteria(rule: Rule): readonly RuleCriterion[] {
  let known = ofRule.get(rule);
  if (known === undefined) ofRule.set(rule, (known = ruleReaders.flatMap((read) => read(rule))));
  return known;
}

/** The criteria of one end of a rule. */
export function endCriteria(match: PeerMatch): readonly EndCriterion[] {
  let known = ofEnd.get(match);
  if (known === undefined) ofEnd.set(match, (known = endReaders.flatMap((read) => read(match))));
  return known;
}

/** Whether a rule has no criterion at all: it matches every packet. */
export function isUnconditional(rule: Rule): boolean {
  return [ruleCriteria(rule), endCriteria(rule.source), endCriteria(rule.destination)].every(
    ({ length }) => length === 0,
  );
}

/** Whether a rule allows every packet. */
export function isPlainAllow(rule: Rule): boolean {
  return rule.action === 'allow' && isUnconditional(rule);
}

/** Whether a rule can match packets of a family. */
export function isOfFamily(rule: Rule, family: Family): boolean {
  return ruleCriteria(rule).every((criterion) => criterion.matchesFamily(family));
}

/** Whether which packets match at one end depends on names: of ports that endpoints give, or of a Service. */
export function asksForNames(match: PeerMatch): boolean {
  return endCriteria(match).some(({ names }) => names.length > 0);
}

/** Whether one end of a rule is the same for all endpoints: it looks at no address, and at no name of a port. */
export function isSameForAll(match: PeerMatch): boolean {
  return endCriteria(match).every(({ looksAt, names }) => looksAt === 'ports' && names.length === 0);
}

function given<V, C>(value: V | undefined, make: (value: V) => C): readonly C[] {
  return value === undefined ? [] : [make(value)];
}
