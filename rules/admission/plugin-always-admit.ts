import { definePluginRule } from '../../src/lint/rule.ts';

/** The AlwaysAdmit plugin is off. Which plugins are on by default: pkg/kubeapiserver/options/plugins.go, by version. */
export const rule = definePluginRule({
  id: 'admission/plugin-always-admit',
  summary: 'The AlwaysAdmit plugin is off',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.10'],
  plugin: 'AlwaysAdmit',
  bad: 'on',
  message: 'the deprecated plugin `AlwaysAdmit` is on',
  hint: 'remove `AlwaysAdmit` from the flag',
});
