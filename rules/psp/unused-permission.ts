import { defineCheckRule } from '../../src/lint/rule.ts';

/** What a policy allows that no pod on it needs: each is taken away, and the pods are judged again by pkg/security/podsecuritypolicy, v1.24. */
export const rule = defineCheckRule({
  id: 'psp/unused-permission',
  summary: 'A PodSecurityPolicy allows what its pods need',
  severity: 'info',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  scope: 'policy',
  needs: ['psp'],
  messages: {
    unused: 'no pod of the tree that the policy `{policy}` is chosen for needs {permissions}',
  },
  check(policy, { facts: { psp }, report }) {
    if (psp.state.value !== 'on') return;
    const unused = psp.unusedOf(policy);
    if (unused.length === 0) return;
    const permissions = unused.map(({ name }) => name).join(', ');
    report(
      { object: policy.object, path: ['spec'], at: 'key' },
      'unused',
      { policy: policy.name, permissions },
      {
        because: unused.map(({ path, name }) => ({
          object: policy.object,
          path,
          sentence: `${name} can be taken away`,
        })),
      },
    );
  },
});
