import { defineFlagRule } from '../../src/lint/rule.ts';

/** Tokens of pods expire within the hour they ask for. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/service-account-token-expiration',
  summary: 'Tokens of pods expire within the hour they ask for',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.12'],
  component: 'kube-apiserver',
  flag: 'service-account-extend-token-expiration',
  bad: (value) => value !== 'false',
  message: 'tokens of pods live for a year, not for an hour',
  hint: 'set `--service-account-extend-token-expiration=false` once all clients read their token anew',
});
