import { defineRule } from '../../src/lint/rule.ts';

/** A policy that is not chosen for any pod of the manifests. Asks the admission chain for every pod. */
export const rule = defineRule({
  id: 'psp/never-selected',
  summary: 'Every PodSecurityPolicy is chosen for at least one pod',
  severity: 'info',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  scope: 'policy',
  needs: ['psp', 'cluster'],
  messages: {
    never: 'PodSecurityPolicy `{policy}` is not chosen for {pods} of these manifests',
  },
  find(policy, { facts: { psp, cluster } }) {
    const { pods } = cluster;
    if (psp.state.value !== 'on' || pods.length === 0 || psp.podsOn(policy).length > 0) return [];
    // Where no subject may use it, no-subject reports it.
    if (psp.grantsOf(policy).every(({ grant }) => grant.binding.subjects.length === 0)) return [];
    // The creator that the manifests do not tell might be allowed to use it.
    const unknown = pods.find(({ creator }) => creator.kind !== 'controller' && creator.user.decide !== undefined);
    return [{ is: 'never', at: policy.object, policy, count: pods.length, decide: unknown?.creator.user.decide }];
  },
  say: {
    never: ({ policy, count, decide }) => ({
      policy: policy.name,
      pods: count === 1 ? 'the only pod' : `any of the ${String(count)} pods`,
      hint: decide ?? 'remove the policy and its grants, if no other manifests have pods for it',
    }),
  },
});
