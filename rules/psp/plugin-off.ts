import { defineRule } from '../../src/lint/rule.ts';

/** PodSecurityPolicies that nothing enforces: their admission plugin is off. Mirrors apiserver pkg/server/options/admission.go, v1.24. */
export const rule = defineRule({
  id: 'psp/plugin-off',
  summary: 'The PodSecurityPolicy plugin is on where there are PodSecurityPolicies',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  // Said once, at the kube-apiserver where it decides.
  scope: 'tree',
  needs: ['psp', 'cluster'],
  messages: {
    off: 'PodSecurityPolicies have no effect, because nothing enforces them: {reason}',
  },
  find(_cluster, { facts: { psp, cluster } }) {
    const { state, written } = psp;
    const first = written.find(({ object }) => cluster.isLinted(object));
    if (first === undefined || state.value !== 'off') return [];
    const because = [{ object: first.object, path: ['metadata', 'name'], sentence: 'a policy that has no effect' }];
    return [{ is: 'off', at: state.place ?? first.object, because, state }];
  },
  say: {
    off: ({ state }) => ({
      reason: state.origin,
      hint:
        state.place === undefined
          ? 'replace them with Pod Security Admission'
          : 'add PodSecurityPolicy to --enable-admission-plugins',
    }),
  },
});
