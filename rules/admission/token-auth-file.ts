import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kube-apiserver does not use static token files. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/token-auth-file',
  summary: 'The kube-apiserver does not use static token files',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.2'],
  component: 'kube-apiserver',
  flag: 'token-auth-file',
  bad: (value) => value !== '',
  message: 'the kube-apiserver reads static tokens, which never expire, from a file',
  hint: 'remove the flag; use service account tokens, certificates or an OpenID Connect provider',
});
