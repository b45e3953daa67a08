import { definePluginRule } from '../../src/lint/rule.ts';

/** Floods of events are cut off. Which plugins are on by default: pkg/kubeapiserver/options/plugins.go, by version. */
export const rule = definePluginRule({
  id: 'admission/plugin-event-rate-limit',
  summary: 'Floods of events are cut off',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.9'],
  plugin: 'EventRateLimit',
  bad: 'off',
  message: 'one client may flood the kube-apiserver with events',
  hint: 'add `EventRateLimit` to `--enable-admission-plugins`, with its limits in the admission configuration',
});
