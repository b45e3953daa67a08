import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kube-apiserver writes an audit log. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/audit-log-path',
  summary: 'The kube-apiserver writes an audit log',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.16'],
  component: 'kube-apiserver',
  flags: ['audit-log-path'],
  message: 'the kube-apiserver writes no audit log',
  hint: 'set `--audit-log-path` and `--audit-policy-file`, or send events to a webhook',
});
