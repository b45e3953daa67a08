import { defineCheckRule } from '../../src/lint/rule.ts';

/** A policy that lets a container own its node, granted to a group that everybody is in. Groups as the authenticator gives them, v1.24. */
export const rule = defineCheckRule({
  id: 'psp/lax-grant-too-wide',
  summary: 'No policy that lets a container own its node is granted to everybody',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'rbac'],
  scope: 'policy',
  needs: ['psp'],
  options: {
    ignoreNamespaces: {
      type: 'strings',
      default: ['kube-system'],
      description: 'namespaces in which such a grant may stand, because only administrators make pods there',
    },
  },
  messages: {
    wide: 'the policy `{policy}` allows {ways}, and `{group}` may use it {where}: so may every pod there, whoever makes it',
  },
  check(policy, { facts: { psp }, options, report }) {
    const ways = psp.takeover(policy);
    if (psp.state.value === 'off' || ways.length === 0) return;
    for (const { grant, rule, namespace } of psp.grantsOf(policy)) {
      if (options.ignoreNamespaces.includes(namespace)) continue;
      const { object, subjects } = grant.binding;
      for (const [index, { kind, name }] of subjects.entries()) {
        if (kind !== 'Group' || !EVERYBODY.includes(name) || 'implicit' in object) continue;
        const where = namespace === '' ? 'in every namespace' : `in the namespace \`${namespace}\``;
        report(
          { object, path: ['subjects', index, 'name'] },
          'wide',
          { policy: policy.name, ways: ways.join(' and '), group: name, where },
          [
            { object: rule.writtenIn.object, path: ['rules', rule.index], sentence: 'the rule that allows the use' },
            { object: policy.object, path: ['spec'], sentence: 'the policy' },
          ],
        );
      }
    }
  },
});

const EVERYBODY = ['system:authenticated', 'system:unauthenticated', 'system:serviceaccounts'];
