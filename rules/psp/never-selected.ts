import { defineCheckRule } from '../../src/lint/rule.ts';

/** A policy that is chosen for no pod of the tree. Asks the admission chain for every pod. */
export const rule = defineCheckRule({
  id: 'psp/never-selected',
  summary: 'Every PodSecurityPolicy is chosen for some pod',
  severity: 'info',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  scope: 'policy',
  needs: ['psp', 'cluster'],
  messages: {
    never: 'the policy `{policy}` is chosen for none of the {count} pods of the tree',
  },
  check(policy, { facts: { psp, cluster }, report }) {
    const { pods } = cluster;
    if (psp.state.value !== 'on' || pods.length === 0 || psp.podsOn(policy).length > 0) return;
    // Where nobody may use it, no-subject says so.
    if (psp.grantsOf(policy).every(({ grant }) => grant.binding.subjects.length === 0)) return;
    // A person might be allowed to use it whom nobody has named.
    const unknown = pods.find(({ creator }) => creator.kind !== 'controller' && creator.user.decide !== undefined);
    const hint = unknown?.creator.user.decide;
    report(policy.object, 'never', { policy: policy.name, count: pods.length }, hint === undefined ? {} : { hint });
  },
});
