import { defineCheckRule } from '../../src/lint/rule.ts';

/** PodSecurityPolicies that nothing enforces: their admission plugin is off. Mirrors apiserver pkg/server/options/admission.go, v1.24. */
export const rule = defineCheckRule({
  id: 'psp/plugin-off',
  summary: 'Where there are PodSecurityPolicies, their admission plugin is on',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  scope: 'tree',
  needs: ['psp', 'cluster'],
  messages: {
    off: 'PodSecurityPolicies are written here, but nothing enforces them: {reason}',
  },
  check(_cluster, { facts, report }) {
    const { state, written } = facts.psp;
    const first = written.find(({ object }) => facts.cluster.isLinted(object));
    if (first === undefined || state.value !== 'off') return;
    const { place } = state;
    report(
      place ?? first.object,
      'off',
      { reason: state.origin },
      {
        because: [{ object: first.object, path: ['metadata', 'name'], sentence: 'the policy that nothing enforces' }],
        hint:
          place === undefined
            ? 'replace them with Pod Security Admission'
            : 'add PodSecurityPolicy to --enable-admission-plugins',
      },
    );
  },
});
