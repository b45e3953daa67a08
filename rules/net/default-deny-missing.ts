import { defineRule } from '../../src/lint/rule.ts';

/**
 * A namespace in which a pod that no policy selects would be open. Asks the network engine about such a pod. About the whole tree, because a
 * tree without policies is one finding, whatever the number of its namespaces.
 */
export const rule = defineRule({
  id: 'net/default-deny-missing',
  summary: 'Every namespace has a default deny policy',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  restsOn: ['placement'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  options: {
    ignoreNamespaces: {
      type: 'strings',
      default: ['kube-system', 'kube-public', 'kube-node-lease'],
      description: 'namespaces that need no default deny',
    },
  },
  messages: {
    // The policies of a tree without any may be kept elsewhere, by another team.
    tree: {
      level: 'info',
      text: 'these manifests have no network policy: every pod can reach every other pod, and can be reached from anywhere',
    },
    ingress:
      'namespace `{namespace}` has no default deny for ingress: a pod that no policy selects accepts all connections',
    egress: {
      level: 'info',
      text: 'namespace `{namespace}` denies ingress by default but not egress: its pods can reach everything{except}',
      many: '{count} namespaces deny ingress by default but not egress, so pods of them can reach everything: {namespace}',
    },
  },
  *find(_cluster, { facts: { net, cluster }, options }) {
    const { hasPolicies } = net.isolation;
    if (!hasPolicies) {
      if (net.isolation.hasPods) yield { is: 'tree', at: cluster.place };
      return;
    }
    for (const { namespace, place, isolation, isDenied, isSealed } of net.isolation.namespaces) {
      // Open pods are named by net/pod-not-isolated, open namespaces by net/namespace-without-policy.
      if (isolation !== 'all' || options.ignoreNamespaces.includes(namespace)) continue;
      const restsOn = [{ on: 'namespace-as-applied', namespace }] as const;
      if (!isDenied.ingress) yield { is: 'ingress', at: place, restsOn, namespace };
      else if (!isDenied.egress) yield { is: 'egress', at: place, restsOn, namespace, isSealed };
    }
  },
  say: {
    tree: () => ({ hint: 'start with a policy in each namespace that selects all pods and allows nothing' }),
    ingress: ({ namespace }) => ({ namespace, hint: denyAll('Ingress') }),
    egress: ({ namespace, isSealed }) => ({
      namespace,
      except: isSealed ? ', except those whose egress a policy restricts' : '',
      hint: denyAll('Egress'),
    }),
  },
});

function denyAll(type: string): string {
  return `add a policy with an empty \`podSelector\`, policy type \`${type}\` and no ${type.toLowerCase()} rules`;
}
