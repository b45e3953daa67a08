import { defineRule, type Facts, type PodSource, type PolicySubject } from '../../src/lint/rule.ts';

/**
 * A policy that is chosen over another one only because of its name, where neither is laxer, or the chosen one is stricter. Chooses again with
 * the names swapped; mirrors the order of plugin/pkg/admission/security/podsecuritypolicy, v1.24.
 */
export const rule = defineRule({
  id: 'psp/name-decides',
  summary: 'The choice of a policy does not depend on names alone',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  // A policy of a context file may decide about linted pods: the scope `policy` leaves it out.
  scope: 'tree',
  needs: ['psp', 'cluster'],
  messages: {
    decides:
      'PodSecurityPolicy `{policy}` is tried before `{others}` only because of its name; if it sorted later, {workloads} would change',
    // The stricter policy comes first, as it should: only a new name would change that.
    stricter: {
      level: 'info',
      text: 'the stricter PodSecurityPolicy `{policy}` is tried before `{others}` only because of its name; if it sorted later, {workloads} would change',
    },
    samePods: {
      level: 'info',
      text: 'PodSecurityPolicy `{policy}` is tried before `{others}` only because of its name; if it sorted later, {workloads} would get another policy without any other change',
    },
  },
  *find(_cluster, { facts }) {
    const { psp, cluster } = facts;
    if (psp.state.value !== 'on') return;
    for (const policy of psp.policies) {
      const { pods, others, makesOthers } = contest(policy, psp);
      const [first] = pods;
      if (first === undefined) continue;
      const isStricter = others.every((name) => psp.compare(policy.name, name) === 'stricter');
      yield {
        is: !makesOthers ? 'samePods' : isStricter ? 'stricter' : 'decides',
        at: cluster.isLinted(policy.object) ? policy.object : first.owner,
        because: pods.map((pod) => ({
          object: pod.owner,
          path: [],
          sentence: `${psp.describe(pod)} may use \`${[policy.name, ...others].join('`, `')}\``,
        })),
        policy,
        others,
        pods,
      };
    }
  },
  say: {
    decides: (found, context) => wordsOf(found, context),
    stricter: (found, context) => wordsOf(found, context),
    samePods: (found, context) => wordsOf(found, context),
  },
});

interface Contest {
  /** The other policies, and the pods that would get one of them if only names were swapped. */
  readonly others: readonly string[];
  readonly pods: readonly PodSource[];
  /** Whether some of those pods would then be different; if so, only they are listed. */
  readonly makesOthers: boolean;
}

function contest(policy: PolicySubject, psp: Facts['psp']): Contest {
  const contested = psp.podsOn(policy).map((pod) => ({
    pod,
    rivals: psp
      .rivals(pod)
      .filter(({ trial, why }) => why === 'name' && psp.compare(policy.name, trial.name) !== 'laxer'),
  }));
  const changed = contested.map(({ pod, rivals }) => ({ pod, rivals: rivals.filter(({ isOther }) => isOther) }));
  const makesOthers = changed.some(({ rivals }) => rivals.length > 0);
  const told = (makesOthers ? changed : contested).filter(({ rivals }) => rivals.length > 0);
  return {
    others: [...new Set(told.flatMap(({ rivals }) => rivals.map(({ trial }) => trial.name)))],
    pods: told.map(({ pod }) => pod),
    makesOthers,
  };
}

function wordsOf(
  { policy, others, pods }: { readonly policy: PolicySubject } & Pick<Contest, 'others' | 'pods'>,
  { facts: { psp } }: { readonly facts: Pick<Facts, 'psp'> },
) {
  const [first] = pods;
  return {
    policy: policy.name,
    others: others.join('`, `'),
    workloads:
      first !== undefined && pods.length === 1 ? psp.describe(first) : `the pods of ${String(pods.length)} workloads`,
    hint: 'grant these pods only one of the policies, or choose names that show the intended order',
  };
}
