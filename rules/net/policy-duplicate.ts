import { defineRule } from '../../src/lint/rule.ts';

/** Two policies of one namespace with the same spec. */
export const rule = defineRule({
  id: 'net/policy-duplicate',
  summary: 'No two policies of a namespace have the same spec',
  severity: 'info',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  restsOn: ['placement'],
  scope: 'network-policy',
  needs: ['net'],
  messages: {
    twice: '{title} `{name}` is redundant: `{other}` has the same spec',
  },
  find(policy, { facts: { net } }) {
    return net.redundancy.duplicates
      .filter((each) => each.policy === policy)
      .map(({ by }) => ({
        is: 'twice',
        at: policy.object,
        because: [{ object: by.object, path: [], sentence: 'the policy with the same spec' }],
        policy,
        by,
      }));
  },
  say: {
    twice: ({ policy, by }) => ({
      title: policy.kindTitle,
      name: policy.object.name,
      other: by.object.name,
      hint: 'remove one of the two',
    }),
  },
});
