import type { CalicoPeer, CalicoPolicySpec, CalicoRule } from '../calico-resource.ts';
import { portsProblem, portsWithoutProtocol, protocolProblem, selectorProblem } from './validate-calico-rule.ts';

/**
 * The first thing for which felix drops a policy that was written to the raw group `crd.projectcalico.org`, past libcalico's own
 * validation; undefined when it takes effect. Mirrors libcalico-go/lib/validator/v1 as felix/calc/validation_filter.go uses it, v3.32.
 */
export function storedPolicyProblem(spec: CalicoPolicySpec): string | undefined {
  const selectors = ['selector', 'serviceAccountSelector', 'namespaceSelector'] as const;
  for (const field of selectors) {
    const problem = selectorProblem(`spec.${field}`, spec[field]);
    if (problem !== undefined) return problem;
  }
  for (const direction of ['ingress', 'egress'] as const) {
    for (const [index, rule] of spec[direction].entries()) {
      const problem = ruleProblem(rule);
      if (problem !== undefined) return `spec.${direction}[${index}].${problem}`;
    }
  }
  return undefined;
}

function ruleProblem(rule: CalicoRule): string | undefined {
  const { ipVersion, icmp, notIcmp } = rule;
  if (!['allow', 'deny', 'log', 'pass'].includes(rule.action.toLowerCase())) return 'action is unknown';
  if (ipVersion !== undefined && ipVersion !== 4 && ipVersion !== 6) return 'ipVersion must be 4 or 6';
  for (const { type = 0, code = 0 } of [icmp ?? {}, notIcmp ?? {}]) {
    if (type < 0 || type > 254 || code < 0 || code > 255) return 'icmp type or code is out of range';
  }
  return (
    protocolProblem(rule.protocol) ??
    protocolProblem(rule.notProtocol) ??
    peerProblem(rule.source) ??
    peerProblem(rule.destination) ??
    portsWithoutProtocol(rule)
  );
}

function peerProblem(peer: CalicoPeer): string | undefined {
  return (
    selectorProblem('selector', peer.selector) ??
    selectorProblem('notSelector', peer.notSelector) ??
    selectorProblem('namespaceSelector', peer.namespaceSelector) ??
    selectorProblem('serviceAccounts.selector', peer.serviceAccounts?.selector ?? '') ??
    portsProblem(peer)
  );
}
