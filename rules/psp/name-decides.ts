import { defineCheckRule } from '../../src/lint/rule.ts';

/**
 * A policy that is chosen for pods over another one only because of its name, where neither is the laxer, or the chosen one is stricter.
 * Chooses again with the names swapped; mirrors the order of plugin/pkg/admission/security/podsecuritypolicy, v1.24.
 */
export const rule = defineCheckRule({
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
    decides: 'only by its name does `{policy}` come before `{others}`: renamed behind, {workloads} would {become}',
  },
  check(_cluster, { facts: { psp, cluster }, report }) {
    if (psp.state.value !== 'on') return;
    const isStricter = (name: string, than: string) => psp.compare(than, name) === 'laxer';
    for (const policy of psp.policies) {
      const contested = psp.podsOn(policy).map((pod) => {
        const rivals = psp.rivals(pod);
        return {
          pod,
          rivals: rivals.filter(({ trial, why }) => why === 'name' && !isStricter(trial.name, policy.name)),
        };
      });
      const changed = contested.map(({ pod, rivals }) => ({ pod, rivals: rivals.filter(({ isOther }) => isOther) }));
      const makesOthers = changed.some(({ rivals }) => rivals.length > 0);
      const told = (makesOthers ? changed : contested).filter(({ rivals }) => rivals.length > 0);
      const pods = told.map(({ pod }) => pod);
      const others = new Set(told.flatMap(({ rivals }) => rivals.map(({ trial }) => trial.name)));
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
      const become = makesOthers ? 'be made into other pods' : 'get another policy, and stay the same pods';
      report(
        place,
        'decides',
        { policy: policy.name, others: [...others].join('`, `'), workloads, become },
        {
          because,
          ...(asItShould || !makesOthers ? { atMost: 'info' } : {}),
        },
      );
    }
  },
});
