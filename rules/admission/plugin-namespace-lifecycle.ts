import { definePluginRule } from '../../src/lint/rule.ts';

/** Objects cannot be created in missing or terminating namespaces. Which plugins are on by default: pkg/kubeapiserver/options/plugins.go, by version. */
export const rule = definePluginRule({
  id: 'admission/plugin-namespace-lifecycle',
  summary: 'Objects cannot be created in missing or terminating namespaces',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.13'],
  plugin: 'NamespaceLifecycle',
  bad: 'off',
  message: 'objects can be created in namespaces that do not exist or are terminating',
  hint: 'remove `NamespaceLifecycle` from `--disable-admission-plugins`',
});
