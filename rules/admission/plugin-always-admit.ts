import { definePluginRule } from '../../src/lint/rule.ts';

/** No plugin pretends to judge. Which plugins are on by default: pkg/kubeapiserver/options/plugins.go, by version. */
export const rule = definePluginRule({
  id: 'admission/plugin-always-admit',
  summary: 'No plugin pretends to judge',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.10'],
  plugin: 'AlwaysAdmit',
  bad: 'on',
  message: 'a plugin is on that admits everything',
  hint: 'remove `AlwaysAdmit`',
});
