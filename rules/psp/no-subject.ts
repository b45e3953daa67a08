import { defineRule } from '../../src/lint/rule.ts';

/** A policy that no binding grants the `use` of. Asks the authorizer about both API groups, as the plugin does, v1.24. */
export const rule = defineRule({
  id: 'psp/no-subject',
  summary: 'Every PodSecurityPolicy is granted to at least one subject',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  restsOn: ['field', 'bindings'],
  scope: 'policy',
  needs: ['psp', 'rbac'],
  messages: {
    nobody:
      'no binding grants the `use` of PodSecurityPolicy `{policy}`: it admits only pods that cluster administrators create themselves',
    // Who may use the policy is likely written where the bindings are.
    unbound: {
      level: 'info',
      text: 'these manifests contain no bindings, so nothing in them grants the `use` of PodSecurityPolicy `{policy}`',
    },
  },
  find(policy, { facts: { psp, rbac } }) {
    if (psp.state.value !== 'on') return [];
    if (psp.grantsOf(policy).some(({ grant }) => grant.binding.subjects.length > 0)) return [];
    const isUnbound = rbac.objects.bindings.every(({ object }) => 'implicit' in object);
    return [{ is: isUnbound ? 'unbound' : 'nobody', at: policy.object, policy: policy.name }];
  },
  say: {
    nobody: ({ policy }) => ({ policy, hint: bind(policy) }),
    unbound: ({ policy }) => ({ policy, hint: bind(policy) }),
  },
});

function bind(policy: string): string {
  return `bind a role that grants \`use\` of podsecuritypolicies named \`${policy}\` in API group \`policy\``;
}
