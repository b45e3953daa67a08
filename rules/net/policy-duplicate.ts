import { defineCheckRule } from '../../src/lint/rule.ts';

/** Two policies of one namespace that say the same. */
export const rule = defineCheckRule({
  id: 'net/policy-duplicate',
  summary: 'No two policies of a namespace say the same',
  severity: 'info',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'tree',
  needs: ['net'],
  messages: {
    twice: '{title} `{name}` says the same as `{other}`: without it no flow would change',
  },
  check(_cluster, { facts: { net }, report }) {
    for (const { policy, by } of net.redundancy.duplicates) {
      report(policy.object, 'twice', { title: policy.kindTitle, name: policy.object.name, other: by.object.name }, [
        { object: by.object, path: [], sentence: 'the other one' },
      ]);
    }
  },
});
