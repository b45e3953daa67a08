import { defineRule, nearest } from '../../src/lint/rule.ts';

/** A role that grants the `use` of a policy by a name that no policy of the manifests has. */
export const rule = defineRule({
  id: 'psp/grant-undefined-policy',
  summary: 'Roles name PodSecurityPolicies that exist',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'rbac'],
  restsOn: ['field', 'absence'],
  scope: 'role',
  needs: ['psp'],
  messages: {
    undefined: '{kind} `{role}` grants the `use` of PodSecurityPolicy `{policy}`, which does not exist',
    // Nothing here has nearly that name: the policy may come from elsewhere.
    unknown: {
      level: 'warning',
      text: '{kind} `{role}` grants the `use` of PodSecurityPolicy `{policy}`, which is not in these manifests',
    },
  },
  *find({ object, kind, name: role, rules }, { facts: { psp } }) {
    // A target version without such policies is the problem then, not a missing one.
    if (psp.state.value === 'off' && psp.written.length === 0 && psp.state.place === undefined) return;
    for (const [index, rule] of rules.entries()) {
      if (!psp.isUseRule(rule) || rule.resources?.includes('podsecuritypolicies') !== true) continue;
      for (const [position, policy] of (rule.resourceNames ?? []).entries()) {
        if (psp.written.some(({ name }) => name === policy)) continue;
        const meant = nearest(
          policy,
          psp.written.map(({ name }) => name),
        );
        const found = { at: { object, path: ['rules', index, 'resourceNames', position] }, kind, role, policy };
        if (meant === undefined && policy !== '*') yield { is: 'unknown', ...found };
        else yield { is: 'undefined', ...found, meant };
      }
    }
  },
  say: {
    undefined: ({ kind, role, policy, meant }) => ({
      kind,
      role,
      policy,
      hint:
        meant === undefined
          ? 'remove `resourceNames` to grant every policy: `*` is an ordinary name there'
          : `did you mean \`${meant}\`?`,
    }),
    unknown: ({ kind, role, policy }) => ({
      kind,
      role,
      policy,
      hint: 'add the policy, or list the file that contains it under `context`',
    }),
  },
});
