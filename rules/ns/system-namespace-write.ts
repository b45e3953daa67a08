import { defineRule } from '../../src/lint/rule.ts';

/** Objects that belong there: permissions for its readers, what every namespace is set up with, leases. */
const OWN = [
  ...['Role', 'RoleBinding', 'NetworkPolicy', 'ResourceQuota', 'LimitRange', 'ServiceAccount'].flatMap((kind) => [
    `kube-public/${kind}`,
    `kube-node-lease/${kind}`,
  ]),
  'kube-node-lease/Lease',
];

/** ConfigMaps for all users: kubeadm's, and the one that names the registry of a local cluster (KEP-1755). */
const PUBLIC: ReadonlySet<string> = new Set(['cluster-info', 'local-registry-hosting']);

/** Objects in namespaces that are reserved for Kubernetes: pkg/controlplane/reconcilers and the documentation of namespaces. */
export const rule = defineRule({
  id: 'ns/system-namespace-write',
  summary: 'No objects are created in `kube-public` and `kube-node-lease`',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['namespace', 'seed:002'],
  restsOn: [{ on: 'placement', inDoubt: 'drop' }],
  scope: 'object',
  needs: ['cluster'],
  messages: {
    public: '{kind} `{name}` is in `kube-public`, which is meant for objects that all users can read',
    lease: '{kind} `{name}` is in `kube-node-lease`, which is reserved for the leases of nodes',
  },
  find(object, { facts: { cluster } }) {
    const { kind, name } = object;
    const namespace = cluster.namespaceOf(object);
    if (namespace !== 'kube-public' && namespace !== 'kube-node-lease') return [];
    if (OWN.includes(`${namespace}/${kind}`) || PUBLIC.has(name)) return [];
    const is = namespace === 'kube-public' ? 'public' : 'lease';
    return [{ is, at: { object, path: ['metadata', 'namespace'] }, kind, name }];
  },
  say: {
    public: ({ kind, name }) => ({ kind, name, hint: 'move it to another namespace, unless it is public' }),
    lease: ({ kind, name }) => ({ kind, name, hint: 'move it to another namespace' }),
  },
});
