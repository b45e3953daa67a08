import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kubelet rotates its client certificate. Defaults after cmd/kubelet/app/options and pkg/kubelet/apis/config/v1beta1/defaults.go of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/kubelet-rotate-certificates',
  summary: 'The kubelet rotates its client certificate',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:4.2.10'],
  component: 'kubelet',
  flag: 'rotate-certificates',
  bad: (value) => value !== 'true',
  message: 'the kubelet does not rotate its client certificate',
  hint: 'set `rotateCertificates: true`',
});
