import { defineCheckRule } from '../../src/lint/rule.ts';

/** A role that allows the `use` of policies in an API group that is not asked about. Mirrors admission/security/podsecuritypolicy, v1.24. */
export const rule = defineCheckRule({
  id: 'psp/grant-wrong-group',
  summary: 'Roles allow the use of PodSecurityPolicies in the API group that holds them',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'rbac'],
  scope: 'tree',
  needs: ['psp', 'rbac'],
  messages: {
    ineffective:
      '{kind} `{role}` allows the `use` of podsecuritypolicies in the API group {groups}, which has none: nobody gets anything by it',
    legacy:
      '{kind} `{role}` allows the `use` of podsecuritypolicies in the API group `extensions`, which no longer holds them: the plugin still asks for it, `kubectl auth can-i` does not',
  },
  check(cluster, { facts, report }) {
    const { psp, rbac } = facts;
    if (psp.state.value !== 'on') return;
    for (const { object, kind, name: role, rules } of rbac.writtenRoles) {
      const current = new Set(rules.filter(({ apiGroups = [] }) => holdsPolicies(apiGroups)).flatMap(policiesOf));
      for (const [index, rule] of rules.entries()) {
        const { verbs = [], apiGroups = [], resources = [] } = rule;
        if (!resources.includes('podsecuritypolicies') || !verbs.some((verb) => verb === 'use' || verb === '*'))
          continue;
        if (holdsPolicies(apiGroups) || policiesOf(rule).every((name) => current.has(name))) continue;
        const place = { object, path: ['rules', index, 'apiGroups'], at: 'key' } as const;
        if (!apiGroups.includes('extensions')) {
          const groups = apiGroups.map((group) => (group === '' ? 'core' : `\`${group}\``)).join(', ') || 'of no name';
          report(place, 'ineffective', { kind, role, groups }, { hint: 'write `policy`' });
        } else if (cluster.version.value.minor >= 16) {
          report(place, 'legacy', { kind, role }, { hint: 'write `policy`', atMost: 'info' });
        }
      }
    }
  },
});

function holdsPolicies(apiGroups: readonly string[]): boolean {
  return apiGroups.includes('policy') || apiGroups.includes('*');
}

/** The names a rule of policies is about; `*` stands for all. */
function policiesOf({
  verbs = [],
  resources = [],
  resourceNames = [],
}: {
  readonly verbs?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
}): readonly string[] {
  if (!resources.includes('podsecuritypolicies') && !resources.includes('*')) return [];
  if (!verbs.includes('use') && !verbs.includes('*')) return [];
  return resourceNames.length === 0 ? ['*'] : resourceNames;
}
