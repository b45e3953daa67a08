import { definePluginRule } from '../../src/lint/rule.ts';

/** Pods get a service account. Which plugins are on by default: pkg/kubeapiserver/options/plugins.go, by version. */
export const rule = definePluginRule({
  id: 'admission/plugin-service-account',
  summary: 'Pods get a service account',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.12'],
  plugin: 'ServiceAccount',
  bad: 'off',
  message: 'pods get no service account and no token',
  hint: 'remove `ServiceAccount` from `--disable-admission-plugins`',
});
