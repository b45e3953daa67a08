import { defineCheckRule } from '../../src/lint/rule.ts';

/** Kube-proxy serves its metrics to its own node only. Defaults after pkg/proxy/apis/config/v1alpha1/defaults.go of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/kube-proxy-metrics',
  summary: 'kube-proxy serves its metrics to its own node only',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:4.3.1'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'kube-proxy serves its metrics to the network, without authentication: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'kube-proxy', 'metrics-bind-address');
    if (setting === undefined || facts.components.isLoopback(setting.value)) return;
    report(setting.place, 'wrong', { said: setting.words }, { hint: 'set `metricsBindAddress: 127.0.0.1:10249`' });
  },
});
