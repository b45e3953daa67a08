import { defineFlagRule } from '../../src/lint/rule.ts';

/** Tokens of deleted service accounts are refused. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/service-account-lookup',
  summary: 'Tokens of deleted service accounts are refused',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.21'],
  component: 'kube-apiserver',
  flag: 'service-account-lookup',
  bad: (value) => value === 'false',
  message: 'tokens of deleted service accounts stay valid',
  hint: 'remove the flag: the default is `true`',
});
