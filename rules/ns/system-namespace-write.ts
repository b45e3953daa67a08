import { defineCheckRule } from '../../src/lint/rule.ts';

/** What belongs there: rights to read what everybody may, what a namespace is equipped with, leases. */
const OWN = [
  ...['Role', 'RoleBinding', 'NetworkPolicy', 'ResourceQuota', 'LimitRange', 'ServiceAccount'].flatMap((kind) => [
    `kube-public/${kind}`,
    `kube-node-lease/${kind}`,
  ]),
  'kube-node-lease/Lease',
];

/** Objects in namespaces that Kubernetes keeps for itself. Which those are: pkg/controlplane/reconcilers and the documentation of namespaces. */
export const rule = defineCheckRule({
  id: 'ns/system-namespace-write',
  summary: 'Nothing is put into `kube-public` and `kube-node-lease`',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['namespace', 'seed:002'],
  scope: 'tree',
  needs: ['namespaces'],
  messages: {
    public: '{kind} `{name}` is put into `kube-public`, which is kept for what everybody may read',
    lease: '{kind} `{name}` is put into `kube-node-lease`, which is kept for the leases of nodes',
  },
  check(_cluster, { facts, report }) {
    for (const { name: namespace, objects } of facts.namespaces.used) {
      if (namespace !== 'kube-public' && namespace !== 'kube-node-lease') continue;
      for (const object of objects) {
        const { kind, name } = object;
        if (OWN.includes(`${namespace}/${kind}`) || name === 'cluster-info') continue;
        const place = { object, path: ['metadata', 'namespace'] };
        report(place, namespace === 'kube-public' ? 'public' : 'lease', { kind, name });
      }
    }
  },
});
