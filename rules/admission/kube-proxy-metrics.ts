import { defineFlagRule } from '../../src/lint/rule.ts';

/** Kube-proxy serves metrics on loopback only. Defaults after pkg/proxy/apis/config/v1alpha1/defaults.go of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/kube-proxy-metrics',
  summary: 'kube-proxy serves metrics on loopback only',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:4.3.1'],
  component: 'kube-proxy',
  flag: 'metrics-bind-address',
  bad: (value, { components }) => !components.isLoopback(value),
  message: 'kube-proxy serves metrics to the network without authentication',
  hint: 'set `metricsBindAddress: 127.0.0.1:10249`',
});
