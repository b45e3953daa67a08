import { defineRule, listed } from '../../src/lint/rule.ts';

/** Pods that no policy selects for ingress, in a namespace where policies select others. */
export const rule = defineRule({
  id: 'net/pod-not-isolated',
  summary: 'Every pod of a namespace with network policies is selected by one for ingress',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  aliases: ['non-isolated-pod', 'missingNetworkPolicy', 'pod-networkpolicy', 'C-0260', 'C-0030'],
  restsOn: ['field', 'namespace-as-applied'],
  scope: 'namespace',
  needs: ['net'],
  options: {
    ignoreNamespaces: {
      type: 'strings',
      default: ['kube-system', 'kube-public', 'kube-node-lease'],
      description: 'namespaces whose pods may accept all ingress',
    },
  },
  messages: {
    open: 'no policy selects {pods} for ingress: every client has access, while other pods of namespace `{namespace}` are isolated',
  },
  find({ name: namespace }, { facts: { net }, options }) {
    const found = net.isolation.of(namespace);
    const [first] = found?.open ?? [];
    // Others are isolated only where there are others.
    const others = found?.isGuarded === true || found?.isDenied.ingress === true;
    if (found?.isolation !== 'some' || first === undefined || !others || options.ignoreNamespaces.includes(namespace))
      return [];
    return [{ is: 'open', at: first.pod.owner, open: found.open, namespace }];
  },
  say: {
    open: ({ open, namespace }) => ({
      pods: listed(
        open.map(({ name }) => name),
        3,
      ),
      namespace,
      hint: 'add a policy that selects every pod of the namespace and denies ingress by default',
    }),
  },
});
