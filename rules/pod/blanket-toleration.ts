import { defineCheckRule } from '../../src/lint/rule.ts';

/** A toleration without a key: of every taint, or of every one with an effect. */
export const rule = defineCheckRule({
  id: 'pod/blanket-toleration',
  summary: 'Pods tolerate the taints that they name',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['pod', 'scheduling'],
  scope: 'pod',
  needs: ['cluster', 'scheduling'],
  messages: {
    blanket: '{pod} may run on any node, whoever it is set aside for: every taint{effect} is tolerated',
  },
  check(pod, { facts: { cluster, scheduling }, report }) {
    if (scheduling.isSystem(pod)) return;
    const toleration = scheduling.tolerations(pod).find(
      // NoExecute alone keeps pods where they are; it is the other effect that decides where they come to.
      ({ key = '', operator, effect = '' }) => key === '' && operator === 'Exists' && effect !== 'NoExecute',
    );
    if (toleration === undefined) return;
    const { effect = '', path } = toleration;
    report(
      pod.placeOf(path),
      'blanket',
      { pod: cluster.describe(pod), effect: effect === '' ? '' : ` that says ${effect}` },
      {
        hint: 'name the key of the taint, and its value',
        // What brings up the network must run before nodes are ready, and by custom parts of the cluster live in `…-system`.
        ...(scheduling.spec(pod).hostNetwork === true || pod.namespace.endsWith('-system') ? { atMost: 'info' } : {}),
      },
    );
  },
});
