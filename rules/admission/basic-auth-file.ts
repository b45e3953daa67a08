import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kube-apiserver does not use static password files. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/basic-auth-file',
  summary: 'The kube-apiserver does not use static password files',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis-1.5:1.2.2'],
  component: 'kube-apiserver',
  flag: 'basic-auth-file',
  bad: (value) => value !== '',
  message: 'the kube-apiserver reads plain-text passwords from a file',
  hint: 'remove the flag; give users certificates or an OpenID Connect provider',
});
