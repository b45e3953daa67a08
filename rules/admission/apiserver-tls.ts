import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kube-apiserver has a serving certificate that clients can verify. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/apiserver-tls',
  summary: 'The kube-apiserver has a serving certificate that clients can verify',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.24'],
  component: 'kube-apiserver',
  flags: ['tls-cert-file', 'tls-private-key-file'],
  message: 'the kube-apiserver uses a self-signed serving certificate',
  hint: 'set `--tls-cert-file` and `--tls-private-key-file`',
});
