import { defineRule } from '../../src/lint/rule.ts';

/** A peer whose selector matches none of the pods of the namespace that it selects from. */
export const rule = defineRule({
  id: 'net/peer-selects-nothing',
  summary: 'Every peer of a rule matches pods',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  aliases: ['dangling-networkpolicypeer-podselector'],
  scope: 'network-policy',
  needs: ['net'],
  messages: {
    nothing: 'a peer of {title} `{name}` matches no pod of namespace `{namespace}` in these manifests',
  },
  *find(policy, { facts: { net } }) {
    const { object, kindTitle: title } = policy;
    for (const { role, path, fault } of net.selections.emptyOf(policy)) {
      if (role !== 'peer' || fault.kind !== 'nothing') continue;
      const { namespace } = fault;
      const restsOn = ['namespace-as-built', { on: 'no-pods-of-namespace', object, namespace }] as const;
      yield { is: 'nothing', at: { object, path, at: 'key' }, restsOn, title, name: object.name, namespace };
    }
  },
  say: {
    nothing: ({ title, name, namespace }) => ({
      title,
      name,
      namespace,
      hint: 'correct the labels, or list the files with the pods under `context`',
    }),
  },
});
