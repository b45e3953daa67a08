import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kube-apiserver serves HTTPS. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/secure-port',
  summary: 'The kube-apiserver serves HTTPS',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis-1.5:1.2.20'],
  component: 'kube-apiserver',
  flag: 'secure-port',
  bad: (value) => value === '0',
  message: 'the kube-apiserver does not serve HTTPS',
  hint: 'remove the flag: the default is 6443',
});
