import { defineCheckRule } from '../../src/lint/rule.ts';

/** A pod that no declared Node takes. Mirrors the plugins TaintToleration and NodeAffinity of pkg/scheduler/framework, v1.24. */
export const rule = defineCheckRule({
  id: 'pod/unschedulable',
  summary: 'Every pod finds a node among the declared ones',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['pod', 'scheduling'],
  scope: 'pod',
  needs: ['cluster', 'scheduling'],
  messages: {
    nowhere: '{pod} will stay pending, no declared Node takes it: {reasons}',
  },
  check(pod, { facts: { cluster, scheduling }, report }) {
    if (cluster.isTransformed(pod.owner)) return;
    const found = scheduling.unschedulable(pod);
    if (found === undefined) return;
    const reasons = [...found.reasons].map(([reason, [first = '', ...more]]) => {
      return `${reason} (\`${first}\`${more.length === 0 ? '' : ` and ${more.length} more`})`;
    });
    report(
      { ...pod.placeOf(found.path), at: 'key' },
      'nowhere',
      { pod: cluster.describe(pod), reasons: reasons.join(', ') },
      scheduling.isComplete
        ? {}
        : {
            atMost: 'info',
            hint: 'there may be other nodes: `complete: true` in the configuration says that there are not',
          },
    );
  },
});
