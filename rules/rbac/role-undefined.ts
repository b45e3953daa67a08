import { type AnyGround, defineRule, type Facts, nearest } from '../../src/lint/rule.ts';

/** A binding to a role that nothing defines. The authorizer skips it: plugin/pkg/auth/authorizer/rbac, v1.24. */
export const rule = defineRule({
  id: 'rbac/role-undefined',
  summary: 'Bindings name roles that exist',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['rbac'],
  restsOn: ['placement'],
  scope: 'object',
  kinds: ['rbac.authorization.k8s.io/RoleBinding', 'rbac.authorization.k8s.io/ClusterRoleBinding'],
  needs: ['rbac', 'problems', 'cluster'],
  messages: {
    undefined: '{kind} `{name}` grants nothing: no manifest defines {role}',
    // An operator or the platform may bring it.
    elsewhere: { level: 'info', text: '{kind} `{name}` is for {role}, which no manifest defines' },
  },
  *find(object, { facts: { rbac, problems, cluster } }) {
    const binding = rbac.bindingOf(object);
    if (binding === undefined || binding.roleRef.name === '') return;
    const { kind, name, namespace, roleRef, subjects } = binding;
    const { kind: wanted, name: role } = roleRef;
    const home = wanted === 'Role' ? namespace : '';
    // Who applies a binding that leaves its namespace out says which it is.
    const isOpen = wanted === 'Role' && object.namespace === '';
    const known = rbac.objects.roles.filter((each) => each.kind === wanted && (isOpen || each.namespace === home));
    // What the server refuses is a finding of its own.
    if ([...cluster.cluster.refused.keys()].some((each) => each.kind === wanted && each.name === role)) return;
    if (known.some((each) => each.name === role) || isPlatformRole(role)) return;
    // Who brings the account, and nobody else, brings its rights.
    const isOwn = subjects.some(
      (each) =>
        each.kind === 'ServiceAccount' &&
        cluster
          .ofKind('', 'ServiceAccount')
          .some((account) => account.name === each.name && [account.namespace, namespace, ''].includes(each.namespace)),
    );
    const near = nearest(
      role,
      known.map((each) => each.name),
    );
    const division = { on: 'division', group: 'rbac.authorization.k8s.io', kind: wanted, name: role } as const;
    const found = { at: { object, path: ['roleRef', 'name'] }, kind, name, wanted, role, near } as const;
    if (wanted === 'ClusterRole' && !isOwn) yield { is: 'elsewhere', ...found };
    else yield { is: 'undefined', restsOn: isUnread(problems) ? [unread, division] : [division], ...found };
  },
  say: {
    undefined: ({ kind, name, wanted, role, near }) => ({
      kind,
      name,
      role: `${wanted} \`${role}\``,
      hint:
        near === undefined ? `add the ${wanted}, or list its manifest under \`context\`` : `did you mean \`${near}\`?`,
    }),
    elsewhere: ({ kind, name, wanted, role }) => ({
      kind,
      name,
      role: `${wanted} \`${role}\``,
      hint: `add the ${wanted}, or list its manifest under \`context\``,
    }),
  },
});

const unread: AnyGround = {
  assumes: {
    sentence: 'documents that cannot be read may define roles',
    decide: 'render templates first',
  },
  level: 'info',
};

function isUnread(problems: Facts['problems']): boolean {
  return ['parse', 'not-rendered'].some((rule) =>
    problems
      .of(rule)
      .some(({ file }) => /\bkind:\s*["']?(?:Cluster)?Role\b/.test(file.text) || /(?:^|\/)templates\//.test(file.path)),
  );
}

/** Roles that a platform brings: those of Kubernetes that a version lacks, and those of OpenShift (openshift/origin, bootstrappolicy). */
function isPlatformRole(name: string): boolean {
  return name.startsWith('system:') || OPENSHIFT_ROLES.has(name);
}

const OPENSHIFT_ROLES: ReadonlySet<string> = new Set([
  'basic-user',
  'cluster-debugger',
  'cluster-monitoring-view',
  'cluster-reader',
  'cluster-status',
  'monitoring-edit',
  'monitoring-rules-edit',
  'monitoring-rules-view',
  'registry-admin',
  'registry-editor',
  'registry-viewer',
  'self-access-reviewer',
  'self-provisioner',
  'storage-admin',
  'sudoer',
]);
