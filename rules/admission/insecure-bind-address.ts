import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kube-apiserver has no insecure address. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/insecure-bind-address',
  summary: 'The kube-apiserver has no insecure address',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis-1.5:1.2.18'],
  component: 'kube-apiserver',
  flag: 'insecure-bind-address',
  bad: (value) => value !== '',
  message: 'the kube-apiserver serves the insecure port on this address, without TLS, authentication or authorization',
  hint: 'remove the flag',
});
