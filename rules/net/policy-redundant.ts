import { defineCheckRule } from '../../src/lint/rule.ts';

/** A NetworkPolicy that another one of its namespace covers. Such policies only add up. */
export const rule = defineCheckRule({
  id: 'net/policy-redundant',
  summary: 'No policy is covered by another of its namespace',
  severity: 'info',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  scope: 'tree',
  needs: ['net'],
  messages: {
    covered: 'NetworkPolicy `{name}` changes no flow: `{other}` selects its pods too, and allows all that it allows',
  },
  check(_cluster, { facts: { net }, report, gaveUp }) {
    net.redundancy.gaveUp.covered.forEach(gaveUp);
    for (const { policy, by } of net.redundancy.covered) {
      report(policy.object, 'covered', { name: policy.object.name, other: by.object.name }, [
        { object: by.object, path: [], sentence: 'the policy that covers it' },
      ]);
    }
  },
});
