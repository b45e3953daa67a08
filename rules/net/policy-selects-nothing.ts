import { defineRule } from '../../src/lint/rule.ts';

/** A policy whose selector matches none of the pods of its namespace. Asks the network engine which endpoints it selects. */
export const rule = defineRule({
  id: 'net/policy-selects-nothing',
  summary: 'Every network policy selects pods',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  aliases: ['dangling-networkpolicy', 'networkpolicy-targets-pod', 'C-0299'],
  scope: 'network-policy',
  needs: ['net'],
  messages: {
    nothing: '{title} `{name}` has no effect: it selects no pod of namespace `{namespace}` in these manifests',
  },
  *find(policy, { facts: { net } }) {
    const { object, kindTitle: title } = policy;
    for (const { role, path, fault } of net.selections.emptyOf(policy)) {
      if (role !== 'subject' || fault.kind !== 'nothing') continue;
      const { namespace } = fault;
      const restsOn = [{ on: 'no-pods-of-namespace', object, namespace }] as const;
      yield { is: 'nothing', at: { object, path, at: 'key' }, restsOn, title, name: object.name, namespace };
    }
  },
  say: {
    nothing: ({ title, name, namespace }) => ({
      title,
      name,
      namespace,
      hint: 'correct the selector, or list the files with the pods under `context`',
    }),
  },
});
