import { calicoPolicyKinds, defineRule } from '../../src/lint/rule.ts';

/** A policy for host endpoints with rules for ports that are forwarded, without applyOnForward. Mirrors felix/rules/endpoints.go, v3.32. */
export const rule = defineRule({
  id: 'calico/forward-needed',
  summary: 'A policy for NodePort traffic sets `applyOnForward`',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  restsOn: ['placement'],
  scope: 'object',
  kinds: calicoPolicyKinds,
  needs: ['net', 'calico'],
  messages: {
    forward:
      '`{title}` matches NodePort traffic, which nodes forward to pods: without `applyOnForward: true` the policy does not apply to it',
  },
  // By object, so that staged policies are looked at too.
  find(object, { facts: { net, calico } }) {
    if (calico.policy(object)?.isGlobal !== true) return [];
    return net.policies.of(object).flatMap((policy) => {
      if (policy.applyOnForward || policy.stage !== 'normal' || !policy.governs.ingress) return [];
      const { sure, possible } = net.policies.subjects(policy);
      const subjects = [...sure, ...possible];
      if (subjects.length === 0 || subjects.some(({ kind }) => kind === 'pod')) return [];
      return policy.rules.ingress
        .filter(({ destination }) => isOfNodePorts(destination.ports?.ranges ?? []))
        .map((rule) => ({ is: 'forward', at: { object, path: rule.origin.path }, rule }) as const);
    });
  },
  say: {
    forward: ({ rule }, { facts: { net } }) => ({
      title: net.order.ruleTitle(rule),
      hint: 'set `applyOnForward: true`; to match the port of the node instead of the port of the pod, set `preDNAT: true` as well',
    }),
  },
});

function isOfNodePorts(ranges: readonly { readonly first: number; readonly last: number }[]): boolean {
  return ranges.length > 0 && ranges.every(({ first, last }) => first >= 30_000 && last <= 32_767);
}
