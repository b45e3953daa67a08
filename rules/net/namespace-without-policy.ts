import { defineRule } from '../../src/lint/rule.ts';

/** A namespace whose pods no policy selects, in a tree that has policies. Asks the network engine which policies select them. */
export const rule = defineRule({
  id: 'net/namespace-without-policy',
  summary: 'Every namespace with pods has a network policy',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  aliases: ['C-0206', 'C-0049', 'C-0054'],
  restsOn: ['placement', 'namespace-as-applied'],
  scope: 'namespace',
  needs: ['net'],
  options: {
    ignoreNamespaces: {
      type: 'strings',
      default: ['kube-system', 'kube-public', 'kube-node-lease'],
      description: 'namespaces that need no policy',
    },
  },
  messages: {
    none: 'no network policy selects any workload of namespace `{namespace}`: all ingress and egress is allowed',
  },
  *find({ name }, { facts: { net }, options }) {
    const { isolation: facts } = net;
    if (!facts.hasPolicies || options.ignoreNamespaces.includes(name)) return;
    const found = facts.of(name);
    if (found?.isolation === 'none') yield { is: 'none', at: found.place, namespace: name };
  },
  say: {
    none: ({ namespace }) => ({
      namespace,
      hint: 'start with a policy that selects all pods and allows nothing',
    }),
  },
});
