import { definePluginRule } from '../../src/lint/rule.ts';

/** Images are pulled with the credentials of the pod that uses them. Which plugins are on by default: pkg/kubeapiserver/options/plugins.go, by version. */
export const rule = definePluginRule({
  id: 'admission/plugin-always-pull-images',
  summary: 'Images are pulled with the credentials of the pod that uses them',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.11'],
  plugin: 'AlwaysPullImages',
  bad: 'off',
  message: 'a pod may run any image that is already on its node, without credentials for it',
  hint: 'add `AlwaysPullImages` to `--enable-admission-plugins`',
});
