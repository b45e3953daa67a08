import { defineCheckRule } from '../../src/lint/rule.ts';

/** A namespace in which a pod that is yet to be written would be open. Asks the network engine about such a pod. */
export const rule = defineCheckRule({
  id: 'net/default-deny-missing',
  summary: 'What no policy names is denied',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'tree',
  needs: ['net'],
  options: {
    ignoreNamespaces: {
      type: 'strings',
      default: ['kube-system', 'kube-public', 'kube-node-lease'],
      description: 'namespaces that need none',
    },
  },
  messages: {
    tree: 'there is no network policy here: every pod may reach every other, and be reached from everywhere',
    ingress: 'namespace `{namespace}` has no default deny for ingress: a pod that no policy names accepts everything',
    egress: 'namespace `{namespace}` denies ingress by default and not egress: its pods may reach everything{but}',
  },
  check(_cluster, { facts: { net }, options, report }) {
    const { hasPolicies, namespaces } = net.isolation;
    const [first] = namespaces;
    if (!hasPolicies) {
      // Trees without a single policy are left in peace: their policies may be written by somebody else.
      if (first !== undefined) report(first.place, 'tree', {}, { atMost: 'info' });
      return;
    }
    for (const { namespace, place, isolation, isDenied, isSealed, isGuessed } of namespaces) {
      // Open pods are named by net/pod-not-isolated, open namespaces by net/namespace-without-policy.
      if (isolation !== 'all' || options.ignoreNamespaces.includes(namespace)) continue;
      const hint = 'add a policy with an empty selector that names the type and has no rules for it';
      if (!isDenied.ingress)
        report(place, 'ingress', { namespace }, { hint, ...(isGuessed ? { atMost: 'info' } : {}) });
      else if (!isDenied.egress)
        report(
          place,
          'egress',
          { namespace, but: isSealed ? ', but for those that a policy names' : '' },
          { hint, atMost: 'info' },
        );
    }
  },
});
