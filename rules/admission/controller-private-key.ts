import { defineFlagRule } from '../../src/lint/rule.ts';

/** Service account tokens are signed with a dedicated key. Defaults after cmd/kube-controller-manager/app/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/controller-private-key',
  summary: 'Service account tokens are signed with a dedicated key',
  severity: 'info',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.3.4'],
  component: 'kube-controller-manager',
  flags: ['service-account-private-key-file'],
  message: 'the kube-controller-manager does not sign service account tokens',
  hint: 'set `--service-account-private-key-file` to the private key that matches `--service-account-key-file` of the kube-apiserver',
});
