import { defineRule } from '../../src/lint/rule.ts';

/** What a policy allows that no pod on it needs: each permission is removed, and the pods are judged again by pkg/security/podsecuritypolicy, v1.24. */
export const rule = defineRule({
  id: 'psp/unused-permission',
  summary: 'A PodSecurityPolicy allows only what its pods need',
  severity: 'info',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  scope: 'policy',
  needs: ['psp'],
  messages: {
    unused: 'PodSecurityPolicy `{policy}` allows more than its pods in these manifests need: {permissions}',
  },
  find(policy, { facts: { psp } }) {
    if (psp.state.value !== 'on') return [];
    const unused = psp.unusedOf(policy);
    if (unused.length === 0) return [];
    const because = unused.map(({ path, name }) => ({
      object: policy.object,
      path,
      sentence: `no pod needs ${name}`,
    }));
    return [{ is: 'unused', at: { object: policy.object, path: ['spec'], at: 'key' }, because, policy, unused }];
  },
  say: {
    unused: ({ policy, unused }) => ({
      policy: policy.name,
      permissions: unused.map(({ name }) => name).join(', '),
      hint: 'remove these permissions from the policy, if no other pods need them',
    }),
  },
});
