import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kubelet verifies client certificates against a CA. Defaults after cmd/kubelet/app/options and pkg/kubelet/apis/config/v1beta1/defaults.go of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/kubelet-client-ca',
  summary: 'The kubelet verifies client certificates against a CA',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:4.2.3'],
  component: 'kubelet',
  flags: ['client-ca-file'],
  message: 'the kubelet does not accept client certificates',
  hint: 'set `authentication.x509.clientCAFile`',
});
