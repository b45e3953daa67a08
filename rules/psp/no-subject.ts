import { defineCheckRule } from '../../src/lint/rule.ts';

/** A policy that no binding of the tree lets anybody `use`. Asks the authorizer about both API groups, as the plugin does, v1.24. */
export const rule = defineCheckRule({
  id: 'psp/no-subject',
  summary: 'Every PodSecurityPolicy may be used by somebody',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  scope: 'policy',
  needs: ['psp', 'rbac'],
  messages: {
    nobody:
      'no binding here lets anybody `use` the policy `{policy}`: it admits no pod, but for what cluster administrators create themselves',
  },
  check(policy, { facts, report }) {
    const { psp, rbac } = facts;
    if (psp.state.value !== 'on') return;
    if (psp.grantsOf(policy).some(({ grant }) => grant.binding.subjects.length > 0)) return;
    // A tree without a single binding is a part of something: who may use the policy is likely written elsewhere.
    const partial = rbac.objects.bindings.every(({ object }) => 'implicit' in object);
    report(
      policy.object,
      'nobody',
      { policy: policy.name },
      {
        hint: `bind a role that allows \`use\` of podsecuritypolicies named \`${policy.name}\` in the API group policy`,
        ...(partial ? { atMost: 'info' } : {}),
      },
    );
  },
});
