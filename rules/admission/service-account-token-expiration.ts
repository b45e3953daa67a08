import { defineFlagRule } from '../../src/lint/rule.ts';

/** Service account tokens of pods expire after an hour. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/service-account-token-expiration',
  summary: 'Service account tokens of pods expire after an hour',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.12'],
  component: 'kube-apiserver',
  flag: 'service-account-extend-token-expiration',
  bad: (value) => value !== 'false',
  message: 'service account tokens of pods are valid for a year instead of an hour',
  hint: 'set `--service-account-extend-token-expiration=false` once all clients reload their token',
});
