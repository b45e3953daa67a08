import { definePluginRule } from '../../src/lint/rule.ts';

/** A kubelet can modify only its own node and pods. Which plugins are on by default: pkg/kubeapiserver/options/plugins.go, by version. */
export const rule = definePluginRule({
  id: 'admission/plugin-node-restriction',
  summary: 'A kubelet can modify only its own node and pods',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.14'],
  plugin: 'NodeRestriction',
  bad: 'off',
  message: 'a kubelet can modify other nodes and their pods',
  hint: 'add `NodeRestriction` to `--enable-admission-plugins`',
});
