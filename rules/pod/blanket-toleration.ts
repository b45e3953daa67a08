import { defineRule } from '../../src/lint/rule.ts';

/** A toleration without a key: of every taint, or of every taint with one effect. */
export const rule = defineRule({
  id: 'pod/blanket-toleration',
  summary: 'Pods tolerate only taints that they name',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['pod', 'scheduling'],
  scope: 'pod',
  needs: ['cluster', 'scheduling'],
  messages: {
    blanket: '{pod} can run on every node, including nodes that are reserved: every taint{effect} is tolerated',
    infrastructure: {
      level: 'info',
      text: '{pod} can run on every node, which components of the cluster may require: every taint{effect} is tolerated',
    },
  },
  find(pod, { facts: { scheduling } }) {
    if (scheduling.isSystem(pod)) return [];
    const toleration = scheduling.tolerations(pod).find(
      // NoExecute alone evicts pods; the other effects decide where they are scheduled.
      ({ key = '', operator, effect = '' }) => key === '' && operator === 'Exists' && effect !== 'NoExecute',
    );
    if (toleration === undefined) return [];
    const { effect = '', path } = toleration;
    const is = scheduling.maySupportNodes(pod) ? 'infrastructure' : 'blanket';
    return [{ is, at: pod.placeOf(path), pod, effect }];
  },
  say: {
    blanket: (found, { facts: { cluster } }) => ({ ...wordsOf(found), pod: cluster.describe(found.pod) }),
    infrastructure: (found, { facts: { cluster } }) => ({ ...wordsOf(found), pod: cluster.describe(found.pod) }),
  },
});

function wordsOf({ effect }: { readonly effect: string }) {
  return {
    effect: effect === '' ? '' : ` with the effect ${effect}`,
    hint: 'set `key`, and `operator: Equal` with the `value` of the taint',
  };
}
