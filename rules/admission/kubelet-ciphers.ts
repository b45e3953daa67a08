import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kubelet offers strong ciphers only. Defaults after cmd/kubelet/app/options and pkg/kubelet/apis/config/v1beta1/defaults.go of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/kubelet-ciphers',
  summary: 'The kubelet offers strong ciphers only',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:4.2.12'],
  component: 'kubelet',
  flag: 'tls-cipher-suites',
  bad: (value, { components }) => components.hasWeakCipher(value),
  message: 'the kubelet offers weak cipher suites',
  hint: 'remove `tlsCipherSuites`, or list ECDHE suites with GCM or ChaCha20 only',
});
