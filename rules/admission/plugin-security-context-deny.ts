import { defineRule } from '../../src/lint/rule.ts';

/** Security contexts of pods are restricted. Which plugins are on by default: pkg/kubeapiserver/options/plugins.go, by version. */
export const rule = defineRule({
  id: 'admission/plugin-security-context-deny',
  summary: 'Security contexts of pods are restricted',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis-1.5:1.2.13'],
  scope: 'component',
  needs: ['components'],
  messages: {
    off: 'neither SecurityContextDeny nor Pod Security Admission restricts security contexts: {said}',
  },
  find(component, { facts: { components } }) {
    // Up to 1.24 admission/plugin-pod-security-policy reports it.
    if (components.plugin(component, 'PodSecurityPolicy') !== undefined) return [];
    if (components.plugin(component, 'SecurityContextDeny')?.on !== false) return [];
    const successor = components.plugin(component, 'PodSecurity');
    return successor?.on === false ? [{ is: 'off', at: successor.place, successor }] : [];
  },
  say: {
    off: ({ successor }) => ({
      said: successor.words,
      hint: 'remove `PodSecurity` from `--disable-admission-plugins`',
    }),
  },
});
