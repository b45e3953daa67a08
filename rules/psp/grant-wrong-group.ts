import { defineRule } from '../../src/lint/rule.ts';

/** A role that grants the `use` of policies in an API group that the plugin does not check. Mirrors admission/security/podsecuritypolicy, v1.24. */
export const rule = defineRule({
  id: 'psp/grant-wrong-group',
  summary: 'Roles grant the use of PodSecurityPolicies in the API group policy',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'rbac'],
  scope: 'role',
  needs: ['psp', 'cluster'],
  messages: {
    ineffective:
      '{kind} `{role}` grants the `use` of podsecuritypolicies in {groups}, which has no such resource: the grant has no effect',
    legacy: {
      level: 'info',
      text: '{kind} `{role}` grants the `use` of podsecuritypolicies in API group `extensions`, which no longer has them: the plugin still checks that group, but `kubectl auth can-i` does not',
    },
  },
  when: ({ facts: { psp } }) => psp.state.value === 'on',
  *find({ object, kind, name: role, rules }, { facts: { cluster } }) {
    const current = new Set(rules.filter(({ apiGroups = [] }) => holdsPolicies(apiGroups)).flatMap(policiesOf));
    for (const [index, rule] of rules.entries()) {
      const { verbs = [], apiGroups = [], resources = [] } = rule;
      if (!resources.includes('podsecuritypolicies') || !verbs.some((verb) => verb === 'use' || verb === '*')) continue;
      if (holdsPolicies(apiGroups) || policiesOf(rule).every((name) => current.has(name))) continue;
      const found = { at: { object, path: ['rules', index, 'apiGroups'], at: 'key' }, kind, role } as const;
      if (!apiGroups.includes('extensions')) yield { is: 'ineffective', ...found, apiGroups };
      else if (cluster.cluster.version.value.minor >= 16) yield { is: 'legacy', ...found };
    }
  },
  say: {
    ineffective: ({ kind, role, apiGroups }) => ({ kind, role, groups: titleOf(apiGroups), hint }),
    legacy: ({ kind, role }) => ({ kind, role, hint }),
  },
});

const hint = 'set `apiGroups` to `policy`';

function titleOf(groups: readonly string[]): string {
  return groups.map((group) => (group === '' ? 'the core API group' : `API group \`${group}\``)).join(' and ');
}

function holdsPolicies(apiGroups: readonly string[]): boolean {
  return apiGroups.includes('policy') || apiGroups.includes('*');
}

/** The policies that a rule covers; `*` stands for all. */
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
