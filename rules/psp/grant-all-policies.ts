import { defineCheckRule, type UseGrant } from '../../src/lint/rule.ts';

/** A role that allows the `use` of every policy: it names none. Mirrors plugin/pkg/auth/authorizer/rbac RuleAllows, v1.24. */
export const rule = defineCheckRule({
  id: 'psp/grant-all-policies',
  summary: 'Roles that allow the use of PodSecurityPolicies say which',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'rbac'],
  scope: 'tree',
  needs: ['psp', 'rbac'],
  messages: {
    unnamed: '{kind} `{role}` allows the `use` of every PodSecurityPolicy, because it names none',
    wildcard:
      '{kind} `{role}` allows everything on all resources of its API groups, the `use` of every PodSecurityPolicy included',
  },
  check(_cluster, { facts, report }) {
    const { psp, rbac } = facts;
    if (psp.state.value !== 'on') return;
    const grants = new Map<unknown, UseGrant[]>();
    for (const use of psp.grants) {
      const { object } = use.rule.writtenIn;
      const list = grants.get(object);
      if (list === undefined) grants.set(object, [use]);
      else list.push(use);
    }
    for (const { object, kind, name: role, rules } of rbac.writtenRoles) {
      if (role === 'cluster-admin') continue;
      for (const [index, rule] of rules.entries()) {
        if (!psp.isUseRule(rule) || (rule.resourceNames ?? []).length > 0) continue;
        const bound = (grants.get(object) ?? []).filter(({ rule: granted }) => granted.index === index);
        const because = bound.map(({ grant: { binding } }) => ({
          object: binding.object,
          path: ['subjects'],
          sentence: `binds ${String(binding.subjects.length)} subject(s) to it`,
        }));
        const named = rule.resources?.includes('podsecuritypolicies') === true;
        report(
          { object, path: ['rules', index] },
          named ? 'unnamed' : 'wildcard',
          { kind, role },
          {
            because,
            hint: 'list the policies under `resourceNames`',
            // Nobody holds the role here; and who holds a wildcard was hardly meant to choose policies.
            ...(bound.length === 0 ? { atMost: 'info' } : named ? {} : { atMost: 'warning' }),
          },
        );
      }
    }
  },
});
