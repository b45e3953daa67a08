import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kube-apiserver offers strong ciphers only. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/apiserver-ciphers',
  summary: 'The kube-apiserver offers strong ciphers only',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.29'],
  component: 'kube-apiserver',
  flag: 'tls-cipher-suites',
  bad: (value, { components }) => components.hasWeakCipher(value),
  message: 'the kube-apiserver offers weak cipher suites',
  hint: 'remove the flag, or list ECDHE suites with GCM or ChaCha20 only',
});
