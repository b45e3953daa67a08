import { defineCheckRule } from '../../src/lint/rule.ts';

/** A namespace whose default account may use no policy: a pod that names no account would be refused there. Asks the authorizer, v1.24. */
export const rule = defineCheckRule({
  id: 'psp/namespace-gap',
  summary: 'In every namespace the default account may use a PodSecurityPolicy',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  scope: 'tree',
  needs: ['psp', 'cluster'],
  options: {
    ignoreNamespaces: {
      type: 'strings',
      default: ['kube-system', 'kube-public', 'kube-node-lease'],
      description: 'namespaces that no ordinary pod is made in',
    },
  },
  messages: {
    gap: 'the default ServiceAccount of the namespace `{namespace}` may use no PodSecurityPolicy: new pods that name no account will be refused there',
  },
  check(_cluster, { facts, options, report }) {
    const { psp, cluster } = facts;
    if (psp.state.value !== 'on' || psp.written.length === 0) return;
    // In a part of a cluster this would be said of every namespace.
    if (psp.partial) return;
    for (const object of cluster.ofKind('', 'Namespace')) {
      const namespace = object.name;
      if (!cluster.isLinted(object) || options.ignoreNamespaces.includes(namespace)) continue;
      const user = cluster.accountUser(namespace, 'default');
      if (psp.policies.some(({ name }) => psp.mayUse(user, namespace, name))) continue;
      report(
        object,
        'gap',
        { namespace },
        {
          hint: 'bind a role that allows the `use` of a restrictive policy to its ServiceAccounts, or to all of them',
        },
      );
    }
  },
});
