import { defineCheckRule, nearest } from '../../src/lint/rule.ts';

/** A role that allows the `use` of a policy by a name that no policy of the tree has. */
export const rule = defineCheckRule({
  id: 'psp/grant-undefined-policy',
  summary: 'Roles name PodSecurityPolicies that exist',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'rbac'],
  scope: 'tree',
  needs: ['psp', 'rbac'],
  messages: {
    undefined: '{kind} `{role}` allows the `use` of the policy `{policy}`, which is not in the tree',
  },
  check(_cluster, { facts, report }) {
    const { psp, rbac } = facts;
    // Where the target version has no such policies at all, that is what to say, not that one is missing.
    if (psp.state.value === 'off' && psp.written.length === 0 && psp.state.place === undefined) return;
    const known = psp.written.map(({ name }) => name);
    const names = new Set(known);
    for (const { object, kind, name: role, rules } of rbac.writtenRoles) {
      for (const [index, rule] of rules.entries()) {
        if (!psp.isUseRule(rule) || rule.resources?.includes('podsecuritypolicies') !== true) continue;
        for (const [position, policy] of (rule.resourceNames ?? []).entries()) {
          if (names.has(policy)) continue;
          const place = { object, path: ['rules', index, 'resourceNames', position] };
          const meant = nearest(policy, known);
          const hint =
            policy === '*'
              ? '`*` is a name like any other here: to mean all policies, leave `resourceNames` out'
              : meant === undefined
                ? 'add the policy, or name the file that holds it under `context`'
                : `did you mean \`${meant}\`?`;
          const certain = meant !== undefined || policy === '*';
          report(place, 'undefined', { kind, role, policy }, { hint, ...(certain ? {} : { atMost: 'warning' }) });
        }
      }
    }
  },
});
