import { definePluginRule } from '../../src/lint/rule.ts';

/** The rate of events is limited. Which plugins are on by default: pkg/kubeapiserver/options/plugins.go, by version. */
export const rule = definePluginRule({
  id: 'admission/plugin-event-rate-limit',
  summary: 'The rate of events is limited',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.9'],
  plugin: 'EventRateLimit',
  bad: 'off',
  message: 'one client can flood the kube-apiserver with events',
  hint: 'add `EventRateLimit` to `--enable-admission-plugins`, and configure its limits in the file of `--admission-control-config-file`',
});
