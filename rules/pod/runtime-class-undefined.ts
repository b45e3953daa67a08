import { defineRule, nearest } from '../../src/lint/rule.ts';

/** A runtime class that no manifest declares. Mirrors plugin/pkg/admission/runtimeclass, v1.24. */
export const rule = defineRule({
  id: 'pod/runtime-class-undefined',
  summary: 'Every runtime class that a pod names is declared',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['pod', 'runtime-class'],
  restsOn: [{ on: 'placement', inDoubt: 'drop' }, 'nodes'],
  scope: 'pod',
  needs: ['cluster', 'scheduling'],
  messages: {
    undefined: '{pod} will be rejected: no manifest declares the runtime class `{name}`',
  },
  *find(pod, { facts: { cluster, scheduling } }) {
    const { runtimeClassName: name = '' } = scheduling.spec(pod);
    if (name === '') return;
    const declared = cluster.ofKind('node.k8s.io', 'RuntimeClass').map((each) => each.name);
    if (declared.includes(name)) return;
    const found = { at: pod.placeOf(['spec', 'runtimeClassName']), pod, name, near: nearest(name, declared) };
    // A tree without any runtime class has them elsewhere.
    const division = { on: 'division', group: 'node.k8s.io', kind: 'RuntimeClass', name } as const;
    if (declared.length > 0) yield { is: 'undefined', ...found, restsOn: [division] };
    else yield { is: 'undefined', ...found, restsOn: [{ on: 'nodes', inDoubt: 'drop' }, division] };
  },
  say: {
    undefined: ({ pod, name, near }, { facts: { cluster } }) => ({
      pod: cluster.describe(pod),
      name,
      hint: near === undefined ? 'declare the RuntimeClass' : `use \`${near}\`, or declare the RuntimeClass`,
    }),
  },
});
