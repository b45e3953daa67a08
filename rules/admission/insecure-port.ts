import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kube-apiserver has no insecure port. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/insecure-port',
  summary: 'The kube-apiserver has no insecure port',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis-1.5:1.2.19'],
  component: 'kube-apiserver',
  flag: 'insecure-port',
  bad: (value) => value !== '0',
  message: 'the kube-apiserver serves a port without TLS, authentication or authorization',
  hint: 'set `--insecure-port=0`',
});
