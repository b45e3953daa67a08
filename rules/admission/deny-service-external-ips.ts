import { definePluginRule } from '../../src/lint/rule.ts';

/** Services cannot set external IPs. Which plugins are on by default: pkg/kubeapiserver/options/plugins.go, by version. */
export const rule = definePluginRule({
  id: 'admission/deny-service-external-ips',
  summary: 'Services cannot set external IPs',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.3'],
  plugin: 'DenyServiceExternalIPs',
  bad: 'off',
  message: 'any user who can create Services can intercept traffic to any IP address',
  hint: 'add `DenyServiceExternalIPs` to `--enable-admission-plugins`',
});
