import { defineRule } from '../../src/lint/rule.ts';

/** A role that grants the `use` of every policy, because it names none. Mirrors plugin/pkg/auth/authorizer/rbac RuleAllows, v1.24. */
export const rule = defineRule({
  id: 'psp/grant-all-policies',
  summary: 'Roles that grant the use of PodSecurityPolicies name the policies',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'rbac'],
  scope: 'role',
  needs: ['psp'],
  messages: {
    unnamed: '{kind} `{role}` grants the `use` of every PodSecurityPolicy, because the rule has no `resourceNames`',
    // A wildcard is rarely meant to choose policies.
    wildcard: {
      level: 'warning',
      text: '{kind} `{role}` grants the `use` of every PodSecurityPolicy, because the rule covers all resources (`*`)',
    },
    unbound: {
      level: 'info',
      text: '{kind} `{role}` allows the `use` of every PodSecurityPolicy, but no binding in these manifests grants it',
    },
  },
  when: ({ facts: { psp } }) => psp.state.value === 'on',
  *find({ object, kind, name: role, rules }, { facts: { psp } }) {
    if (role === 'cluster-admin') return;
    for (const [index, rule] of rules.entries()) {
      if (!psp.isUseRule(rule) || (rule.resourceNames ?? []).length > 0) continue;
      const because = psp.grantsByRule(object, index).map(({ grant: { binding } }) => ({
        object: binding.object,
        path: ['subjects'],
        sentence: `grants it to ${binding.subjects.length === 1 ? 'a subject' : `${String(binding.subjects.length)} subjects`}`,
      }));
      const found = { at: { object, path: ['rules', index] }, because, kind, role };
      if (because.length === 0) yield { is: 'unbound', ...found };
      else if (rule.resources?.includes('podsecuritypolicies') === true) yield { is: 'unnamed', ...found };
      else yield { is: 'wildcard', ...found };
    }
  },
  say: {
    unnamed: ({ kind, role }) => ({ kind, role, hint }),
    wildcard: ({ kind, role }) => ({ kind, role, hint }),
    unbound: ({ kind, role }) => ({ kind, role, hint }),
  },
});

const hint = 'list the policies under `resourceNames`';
