import { definePluginRule } from '../../src/lint/rule.ts';

/** Pods need credentials for every image that they run. Which plugins are on by default: pkg/kubeapiserver/options/plugins.go, by version. */
export const rule = definePluginRule({
  id: 'admission/plugin-always-pull-images',
  summary: 'Pods need credentials for every image that they run',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.11'],
  plugin: 'AlwaysPullImages',
  bad: 'off',
  message: 'a pod can run any image that is already on its node, without credentials',
  hint: 'add `AlwaysPullImages` to `--enable-admission-plugins`',
});
