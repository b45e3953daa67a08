import { defineCheckRule } from '../../src/lint/rule.ts';

/** A policy for host endpoints whose rules are about ports that are forwarded, without applyOnForward. Mirrors felix/rules/endpoints.go, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/forward-needed',
  summary: 'Policies for what nodes forward say so',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'tree',
  needs: ['net', 'cluster', 'calico'],
  messages: {
    forward:
      '`{title}` is about the ports of NodePort Services, whose packets are forwarded to pods: without `applyOnForward: true` the policy is not asked about them',
  },
  check(_cluster, { facts: { net, cluster, calico }, report }) {
    for (const policy of net.policies.all) {
      const { manifest } = policy.origin.object;
      if (manifest === undefined || !cluster.isLinted(manifest) || policy.applyOnForward) continue;
      if (calico.policy(manifest)?.isGlobal !== true || policy.stage !== 'normal' || !policy.governs.ingress) continue;
      const subjects = [...net.policies.subjects(policy).sure, ...net.policies.subjects(policy).possible];
      if (subjects.length === 0 || subjects.some(({ kind }) => kind === 'pod')) continue;
      for (const rule of policy.rules.ingress) {
        const { ranges = [] } = rule.destination.ports ?? {};
        if (ranges.length === 0 || !ranges.every(({ first, last }) => first >= 30_000 && last <= 32_767)) continue;
        report(
          { object: manifest, path: rule.origin.path },
          'forward',
          { title: net.order.ruleTitle(rule) },
          { hint: 'add `applyOnForward: true` and, to see the port of the node, `preDNAT: true`' },
        );
      }
    }
  },
});
