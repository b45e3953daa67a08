import { definePluginRule } from '../../src/lint/rule.ts';

/** Namespaces that are going or were never made take no objects. Which plugins are on by default: pkg/kubeapiserver/options/plugins.go, by version. */
export const rule = definePluginRule({
  id: 'admission/plugin-namespace-lifecycle',
  summary: 'Namespaces that are going or were never made take no objects',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.13'],
  plugin: 'NamespaceLifecycle',
  bad: 'off',
  message: 'objects may be made in namespaces that do not exist or are being deleted',
  hint: 'remove `NamespaceLifecycle` from `--disable-admission-plugins`',
});
