import { defineFlagRule } from '../../src/lint/rule.ts';

/** Service account tokens are verified with a dedicated key. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/service-account-key-file',
  summary: 'Service account tokens are verified with a dedicated key',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.22'],
  component: 'kube-apiserver',
  flags: ['service-account-key-file'],
  message: 'the kube-apiserver verifies service account tokens with the key of its TLS certificate',
  hint: 'set `--service-account-key-file` to a dedicated key',
});
