import { defineCheckRule } from '../../src/lint/rule.ts';

/** Pods get a service account. Which plugins are on by default: pkg/kubeapiserver/options/plugins.go, by version. */
export const rule = defineCheckRule({
  id: 'admission/plugin-service-account',
  summary: 'Pods get a service account',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.12'],
  scope: 'component',
  needs: ['components'],
  messages: {
    off: 'pods get no service account and no token: {said}',
  },
  check(component, { facts, report }) {
    const state = facts.components.plugin(component, 'ServiceAccount');
    if (state?.on !== false) return;
    report(
      state.place,
      'off',
      { said: state.words },
      { hint: 'remove `ServiceAccount` from `--disable-admission-plugins`' },
    );
  },
});
