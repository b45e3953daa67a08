import { defineCheckRule } from '../../src/lint/rule.ts';

/** The admission plugin without any policy: it refuses every pod. Mirrors plugin/pkg/admission/security/podsecuritypolicy, v1.24. */
export const rule = defineCheckRule({
  id: 'psp/plugin-without-policy',
  summary: 'Where the PodSecurityPolicy plugin is on, there is a policy',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  scope: 'tree',
  needs: ['psp', 'cluster'],
  messages: {
    none: 'the PodSecurityPolicy plugin is on and no policy is written here: without one from elsewhere no pod is admitted',
  },
  check(_cluster, { facts, report }) {
    const { state, written } = facts.psp;
    if (state.value !== 'on' || written.length > 0) return;
    const place = state.place ?? facts.cluster.pods[0]?.owner;
    if (place === undefined) return;
    report(
      place,
      'none',
      {},
      {
        hint: 'write the policies and who may use them first, or name the files that hold them under `context`',
      },
    );
  },
});
