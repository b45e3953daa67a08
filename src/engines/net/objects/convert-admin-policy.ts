import { parseCidr } from '../../../lang/addresses/cidr.ts';
import type { FieldPath } from '../../../text/tree.ts';
import type { AdminPeer, AdminPolicySpec, AdminRule, AdminSubject } from './admin-resource.ts';
import { emptyPeer } from './calico-resource.ts';
import type { CalicoPeer } from './calico-resource.ts';
import type { ConvertedRule } from './convert-kubernetes-policy.ts';
import { problemAt } from './validate/field-problem.ts';
import type { FieldProblem } from './validate/field-problem.ts';
import { namespaceSelectorText, podSelectorText } from './kubernetes-selector.ts';
import type { Direction } from '../form/normal-form.ts';
import { groupByProtocol } from './protocol-ports.ts';

/** The Calico rules of one direction, and why some rules could not be converted. */
export interface ConvertedAdminRules {
  readonly rules: readonly ConvertedRule[];
  readonly problems: readonly FieldProblem[];
}

/**
 * Converts the rules of one direction: one per protocol and peer. One that cannot be converted vanishes if it allows, and becomes
 * deny-all if its action is one of `failClosed`. Mirrors conversion/clusternetworkpolicy.go, v3.32 (and conversion.go, v3.31).
 */
export function convertAdminRules(
  spec: AdminPolicySpec,
  direction: Direction,
  actions: Readonly<Record<string, string>>,
  failClosed: readonly string[],
): ConvertedAdminRules {
  const problems: FieldProblem[] = [];
  const rules = spec[direction].flatMap((rule, index): readonly ConvertedRule[] => {
    const path = ['spec', direction, index];
    const converted = convertRule(rule, direction, actions, path);
    if (typeof converted !== 'string') return converted;
    problems.push(problemAt(path, `k8s rule couldn't be converted: ${converted}`));
    const deny = { action: 'Deny', source: emptyPeer, destination: emptyPeer };
    return failClosed.includes(rule.action) ? [{ rule: deny, path }] : [];
  });
  return { rules, problems };
}

/** The selectors of the policy's subject; undefined when it has none. */
export function subjectSelectors(
  subject: AdminSubject,
): { readonly selector: string; readonly namespaceSelector: string } | undefined {
  const { namespaces, pods } = subject;
  if (namespaces !== undefined) {
    return { selector: podSelectorText(undefined), namespaceSelector: namespaceSelectorText(namespaces) };
  }
  return pods === undefined
    ? undefined
    : { selector: podSelectorText(pods.podSelector), namespaceSelector: namespaceSelectorText(pods.namespaceSelector) };
}

function convertRule(
  rule: AdminRule,
  direction: Direction,
  actions: Readonly<Record<string, string>>,
  path: FieldPath,
): readonly ConvertedRule[] | string {
  const action = actions[rule.action];
  if (action === undefined) return `unsupported action ${rule.action}`;
  if (typeof rule.ports === 'string') return rule.ports;
  const peers: CalicoPeer[] = [];
  for (const peer of rule.peers) {
    const converted = convertPeer(peer, direction);
    if (typeof converted === 'string') return converted;
    peers.push(converted);
  }
  const at = direction === 'ingress' ? 'from' : 'to';
  return groupByProtocol(rule.ports).flatMap(({ protocol, ports }) =>
    peers.map((peer, index) => ({
      rule: {
        action,
        ...(protocol === '' ? {} : { protocol }),
        source: direction === 'ingress' ? peer : emptyPeer,
        destination: { ...(direction === 'egress' ? peer : emptyPeer), ports },
      },
      path: [...path, at, index],
    })),
  );
}

function convertPeer(peer: AdminPeer, direction: Direction): CalicoPeer | string {
  const unreadable = peer.networks.find((network) => parseCidr(network) === undefined);
  if (unreadable !== undefined) return `invalid CIDR in ANP rule: ${unreadable}`;
  if (peer.namespaces === undefined && peer.pods === undefined && peer.networks.length === 0) {
    return `none of supported fields in '${direction === 'ingress' ? 'From' : 'To'}' is set.`;
  }
  return {
    ...emptyPeer,
    selector: peer.pods === undefined ? '' : podSelectorText(peer.pods.podSelector),
    namespaceSelector: namespaceSelectorText(peer.pods?.namespaceSelector ?? peer.namespaces),
    nets: peer.networks,
  };
}
