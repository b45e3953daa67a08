import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kube-apiserver verifies client certificates against a CA. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/client-ca-file',
  summary: 'The kube-apiserver verifies client certificates against a CA',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.25'],
  component: 'kube-apiserver',
  flags: ['client-ca-file'],
  message: 'the kube-apiserver does not accept client certificates',
  hint: 'set `--client-ca-file`',
});
