import { defineRule } from '../../src/lint/rule.ts';

/** Something judges what pods ask of their node, in versions that have PodSecurityPolicy (1.11 to 1.24). */
export const rule = defineRule({
  id: 'admission/plugin-pod-security-policy',
  summary: 'Where there is no Pod Security Admission, PodSecurityPolicy judges pods',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis-1.6:1.2.16'],
  scope: 'component',
  needs: ['components', 'psp'],
  messages: {
    off: 'nothing built in judges what pods ask of their node: {said}',
  },
  find(component, { facts: { components, psp } }) {
    const state = components.plugin(component, 'PodSecurityPolicy');
    // Where policies are written, psp/plugin-off speaks of them.
    if (state?.on !== false || psp.written.length > 0) return [];
    const isJudged = components.plugin(component, 'PodSecurity')?.on === true;
    return isJudged ? [] : [{ is: 'off', at: state.place, state }];
  },
  say: {
    off: ({ state }) => ({
      said: state.words,
      hint: 'write policies and grant their use, then add `PodSecurityPolicy` to `--enable-admission-plugins`',
    }),
  },
});
