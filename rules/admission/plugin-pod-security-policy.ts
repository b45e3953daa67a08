import { defineRule } from '../../src/lint/rule.ts';

/** A built-in plugin restricts pods, in versions that have PodSecurityPolicy (1.11 to 1.24). */
export const rule = defineRule({
  id: 'admission/plugin-pod-security-policy',
  summary: 'Pods are restricted by PodSecurityPolicy or Pod Security Admission',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis-1.6:1.2.16'],
  scope: 'component',
  needs: ['components', 'psp'],
  messages: {
    off: 'no built-in plugin restricts pods: {said}',
  },
  find(component, { facts: { components, psp } }) {
    const state = components.plugin(component, 'PodSecurityPolicy');
    // If the tree has policies, psp/plugin-off reports it.
    if (state?.on !== false || psp.written.length > 0) return [];
    const isJudged = components.plugin(component, 'PodSecurity')?.on === true;
    return isJudged ? [] : [{ is: 'off', at: state.place, state }];
  },
  say: {
    off: ({ state }) => ({
      said: state.words,
      hint: 'create policies and grant their use, then add `PodSecurityPolicy` to `--enable-admission-plugins`',
    }),
  },
});
