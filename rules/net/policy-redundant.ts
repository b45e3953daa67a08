import { defineRule } from '../../src/lint/rule.ts';

/** A NetworkPolicy that another one of its namespace covers. NetworkPolicies are additive. */
export const rule = defineRule({
  id: 'net/policy-redundant',
  summary: 'No policy is covered by another of its namespace',
  severity: 'info',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  restsOn: ['placement'],
  // Policies are compared with each other, and a limit of that is told once.
  scope: 'tree',
  needs: ['net'],
  messages: {
    covered:
      'NetworkPolicy `{name}` is redundant: `{other}` selects its pods too, and allows everything that it allows',
  },
  when: ({ facts: { net } }) => net.isRestricted,
  find(_cluster, { facts: { net }, gaveUp }) {
    net.redundancy.gaveUp.covered.forEach(gaveUp);
    return net.redundancy.covered.map(({ policy: { object }, by }) => ({
      is: 'covered',
      at: object,
      because: [{ object: by.object, path: [], sentence: 'the policy that covers it' }],
      name: object.name,
      other: by.object.name,
    }));
  },
  say: {
    covered: ({ name, other }) => ({ name, other, hint: `remove \`${name}\`, or narrow \`${other}\`` }),
  },
});
