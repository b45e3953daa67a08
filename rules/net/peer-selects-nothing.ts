import { defineCheckRule } from '../../src/lint/rule.ts';

/** A peer of a rule that is none of the pods of the namespace in which it is looked for. */
export const rule = defineCheckRule({
  id: 'net/peer-selects-nothing',
  summary: 'Every peer of a rule is found among the pods',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  aliases: ['dangling-networkpolicypeer-podselector'],
  scope: 'tree',
  needs: ['net'],
  messages: {
    nothing: 'a peer of {title} `{name}` is none of the pods that are written here for namespace `{namespace}`',
  },
  check(_cluster, { facts: { net }, report }) {
    for (const { role, policy, path, fault } of net.selections.empty) {
      if (role !== 'peer' || fault.kind !== 'nothing') continue;
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
