import { defineCheckRule } from '../../src/lint/rule.ts';

/** A policy whose selector finds none of the pods of its namespace. Asks the network engine which endpoints it selects. */
export const rule = defineCheckRule({
  id: 'net/policy-selects-nothing',
  summary: 'Every network policy selects pods',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  aliases: ['dangling-networkpolicy', 'networkpolicy-targets-pod', 'C-0299'],
  scope: 'tree',
  needs: ['net'],
  messages: {
    nothing: '{title} `{name}` selects none of the pods that are written here for namespace `{namespace}`',
  },
  check(_cluster, { facts: { net }, report }) {
    for (const { role, policy, path, fault } of net.selections.empty) {
      if (role !== 'subject' || fault.kind !== 'nothing') continue;
      const { object, kindTitle: title } = policy;
      const { namespace } = fault;
      report(
        { object, path, at: 'key' },
        'nothing',
        { title, name: object.name, namespace },
        net.pods.softenedEmpty(object, namespace),
      );
    }
  },
});
