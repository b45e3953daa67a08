import type { CalicoIcmp, CalicoPeer, CalicoPolicySpec, CalicoRule } from '../calico-resource.ts';
import { firstOf, firstProblem, problemAt, within } from './field-problem.ts';
import type { FieldProblem } from './field-problem.ts';
import { accountsProblem, peerChecks, portListProblem, selectorProblem } from './validate-calico-peer.ts';
import type { PeerChecks } from './validate-calico-peer.ts';
import { portsWithoutProtocol, ruleChecks } from './validate-calico-rule.ts';
import type { RuleChecks } from './validate-calico-rule.ts';

/** What felix does not look at. */
const unchecked = (): undefined => undefined;

/** What felix checks of each field of a rule. A new field does not compile until it is said. */
export const storedRuleChecks: RuleChecks<CalicoRule> = {
  action: ({ action }) =>
    ['allow', 'deny', 'log', 'pass'].includes(action.toLowerCase()) ? undefined : problemAt(['action'], 'is unknown'),
  ipVersion: ({ ipVersion }) =>
    ipVersion === undefined || ipVersion === 4 || ipVersion === 6
      ? undefined
      : problemAt(['ipVersion'], 'must be 4 or 6'),
  icmp: ({ icmp }) => within(['icmp'], icmpProblem(icmp)),
  notIcmp: ({ notIcmp }) => within(['notICMP'], icmpProblem(notIcmp)),
  protocol: ruleChecks.protocol,
  notProtocol: ruleChecks.notProtocol,
  source: ({ source }) => within(['source'], firstProblem(storedPeerChecks, source)),
  destination: (rule) =>
    within(['destination'], firstProblem(storedPeerChecks, rule.destination)) ?? portsWithoutProtocol(rule),
  http: unchecked,
};

/** What felix checks of each field of a peer. A new field does not compile until it is said. */
export const storedPeerChecks: PeerChecks<CalicoPeer> = {
  selector: peerChecks.selector,
  notSelector: peerChecks.notSelector,
  namespaceSelector: peerChecks.namespaceSelector,
  serviceAccounts: accountsProblem,
  services: unchecked,
  ports: ({ ports }) => within(['ports'], portListProblem(ports)),
  notPorts: ({ notPorts }) => within(['notPorts'], portListProblem(notPorts)),
  nets: unchecked,
  notNets: unchecked,
};

/**
 * The first thing for which felix drops a policy that was written to the raw group `crd.projectcalico.org`, past libcalico's own
 * validation; undefined when it takes effect. Mirrors libcalico-go/lib/validator/v1 as felix/calc/validation_filter.go uses it, v3.32.
 */
export function storedPolicyProblem(spec: CalicoPolicySpec): FieldProblem | undefined {
  for (const field of ['selector', 'serviceAccountSelector', 'namespaceSelector'] as const) {
    const problem = selectorProblem(spec[field]);
    if (problem !== undefined) return within(['spec', field], problem);
  }
  for (const direction of ['ingress', 'egress'] as const) {
    const problem = firstOf(spec[direction], (rule) => firstProblem(storedRuleChecks, rule));
    if (problem !== undefined) return within(['spec', direction], problem);
  }
  return undefined;
}

function icmpProblem({ type = 0, code = 0 }: CalicoIcmp = {}): FieldProblem | undefined {
  return type < 0 || type > 254 || code < 0 || code > 255 ? problemAt([], 'type or code is out of range') : undefined;
}
