import { defineCheckRule, nearest } from '../../src/lint/rule.ts';

/** A runtime class that no manifest declares. Mirrors plugin/pkg/admission/runtimeclass, v1.24. */
export const rule = defineCheckRule({
  id: 'pod/runtime-class-undefined',
  summary: 'Every runtime class that a pod names is declared',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['pod', 'runtime-class'],
  scope: 'pod',
  needs: ['cluster', 'scheduling'],
  messages: {
    undefined: '{pod} will be refused: the runtime class `{name}` is declared nowhere',
  },
  check(pod, { facts: { cluster, scheduling }, report }) {
    const { runtimeClassName = '' } = scheduling.spec(pod);
    if (runtimeClassName === '' || cluster.isTransformed(pod.owner)) return;
    const declared = cluster.ofKind('node.k8s.io', 'RuntimeClass').map(({ name }) => name);
    if (declared.includes(runtimeClassName)) return;
    // Who keeps no runtime classes in the tree has them elsewhere.
    if (declared.length === 0 && !scheduling.isComplete) return;
    const near = nearest(runtimeClassName, declared);
    report(
      pod.placeOf(['spec', 'runtimeClassName']),
      'undefined',
      { pod: cluster.describe(pod), name: runtimeClassName },
      {
        hint: near === undefined ? 'declare the RuntimeClass' : `is \`${near}\` meant?`,
        ...(scheduling.isComplete ? {} : { atMost: 'warning' }),
      },
    );
  },
});
