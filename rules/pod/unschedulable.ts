import { defineRule } from '../../src/lint/rule.ts';

/** A pod that fits no declared Node. Mirrors the plugins TaintToleration and NodeAffinity of pkg/scheduler/framework, v1.24. */
export const rule = defineRule({
  id: 'pod/unschedulable',
  summary: 'Every pod fits one of the declared nodes',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['pod', 'scheduling'],
  restsOn: [{ on: 'placement', inDoubt: 'drop' }, 'nodes'],
  scope: 'pod',
  needs: ['cluster', 'scheduling'],
  messages: {
    nowhere: '{pod} will stay pending, because no declared Node fits: {reasons}',
  },
  find(pod, { facts: { scheduling } }) {
    const found = scheduling.unschedulable(pod);
    if (found === undefined) return [];
    return [{ is: 'nowhere', at: { ...pod.placeOf(found.path), at: 'key' }, pod, reasons: [...found.reasons] }];
  },
  say: {
    nowhere: ({ pod, reasons }, { facts: { cluster } }) => ({
      pod: cluster.describe(pod),
      reasons: reasons
        .map(([reason, [first = '', ...more]]) => {
          return `${reason} (\`${first}\`${more.length === 0 ? '' : ` and ${more.length} more`})`;
        })
        .join(', '),
      hint: 'correct the tolerations, selector or affinity of the pod, or the taints and labels of a Node',
    }),
  },
});
