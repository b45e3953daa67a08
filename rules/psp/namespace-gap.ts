import { defineRule } from '../../src/lint/rule.ts';

/** A namespace whose default account may use no policy: pods that name no account are refused there. Asks the authorizer, v1.24. */
export const rule = defineRule({
  id: 'psp/namespace-gap',
  summary: 'The default ServiceAccount of every namespace may use a PodSecurityPolicy',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  // Without the bindings this would be found for every namespace.
  restsOn: ['placement', { on: 'bindings', inDoubt: 'drop' }, 'policies'],
  scope: 'namespace',
  needs: ['psp', 'cluster'],
  options: {
    ignoreNamespaces: {
      type: 'strings',
      default: ['kube-system', 'kube-public', 'kube-node-lease'],
      description: 'namespaces in which no ordinary pods are created',
    },
  },
  messages: {
    gap: 'the default ServiceAccount of namespace `{namespace}` is not allowed to use any PodSecurityPolicy: pods that name no account will be refused there',
  },
  when: ({ facts: { psp } }) => psp.state.value === 'on' && psp.written.length > 0,
  find({ object, name }, { facts: { psp, cluster }, options }) {
    if (object === undefined || options.ignoreNamespaces.includes(name)) return [];
    const user = cluster.accountUser(name, 'default');
    const mayUseOne = psp.policies.some((policy) => psp.mayUse(user, name, policy.name));
    return mayUseOne ? [] : [{ is: 'gap', at: object, namespace: name }];
  },
  say: {
    gap: ({ namespace }) => ({
      namespace,
      hint: 'bind a role that grants the `use` of a restrictive policy to the service accounts of the namespace, or to all service accounts',
    }),
  },
});
