import { defineCheckRule } from '../../src/lint/rule.ts';

/** Something judges the security contexts of pods. Which plugins are on by default: pkg/kubeapiserver/options/plugins.go, by version. */
export const rule = defineCheckRule({
  id: 'admission/plugin-security-context-deny',
  summary: 'Something judges the security contexts of pods',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis-1.5:1.2.13'],
  scope: 'component',
  needs: ['components'],
  messages: {
    off: 'neither SecurityContextDeny nor Pod Security Admission judges security contexts: {said}',
  },
  check(component, { facts, report }) {
    // Up to 1.24 admission/plugin-pod-security-policy says it.
    if (facts.components.plugin(component, 'PodSecurityPolicy') !== undefined) return;
    const state = facts.components.plugin(component, 'SecurityContextDeny');
    if (state?.on !== false) return;
    const successor = facts.components.plugin(component, 'PodSecurity');
    if (successor === undefined || successor.on) return;
    report(
      successor.place,
      'off',
      { said: successor.words },
      { hint: 'remove `PodSecurity` from `--disable-admission-plugins`' },
    );
  },
});
