import { defineRule, type PodSource } from '../../src/lint/rule.ts';

/**
 * A policy that is chosen for pods over another one only because of its name, where neither is the laxer, or the chosen one is stricter.
 * Chooses again with the names swapped; mirrors the order of plugin/pkg/admission/security/podsecuritypolicy, v1.24.
 */
export const rule = defineRule({
  id: 'psp/name-decides',
  summary: 'Which policy a pod gets does not hang on a name alone',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  scope: 'tree',
  needs: ['psp', 'cluster'],
  messages: {
    decides:
      'only by its name does `{policy}` come before `{others}`: renamed behind, {workloads} would be made into other pods',
  },
  check(_cluster, { facts: { psp, cluster }, report }) {
    if (psp.state.value !== 'on') return;
    for (const policy of psp.policies) {
      const pods: PodSource[] = [];
      const others = new Set<string>();
      for (const pod of psp.podsOn(policy)) {
        const rivals = psp
          .rivals(pod)
          .filter(({ trial, why }) => why === 'name' && psp.compare(policy.name, trial.name) !== 'laxer');
        if (rivals.length === 0) continue;
        pods.push(pod);
        for (const { trial } of rivals) others.add(trial.name);
      }
      const [first] = pods;
      if (first === undefined) continue;
      // A stricter policy that comes first is as it should be, only fragile.
      const asItShould = [...others].every((name) => psp.compare(policy.name, name) === 'stricter');
      const because = pods.map((pod) => ({
        object: pod.owner,
        path: [],
        sentence: `${psp.describe(pod)} may use \`${policy.name}\` and \`${[...others].join('`, `')}\``,
      }));
      const place = cluster.isLinted(policy.object) ? policy.object : first.owner;
      const workloads = pods.length === 1 ? psp.describe(first) : `the pods of ${String(pods.length)} workloads`;
      report(
        place,
        'decides',
        { policy: policy.name, others: [...others].join('`, `'), workloads },
        {
          because,
          ...(asItShould ? { atMost: 'info' } : {}),
        },
      );
    }
  },
});
