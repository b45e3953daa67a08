import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kubelet rotates its serving certificate. Defaults after cmd/kubelet/app/options and pkg/kubelet/apis/config/v1beta1/defaults.go of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/kubelet-rotate-server-certificate',
  summary: 'The kubelet rotates its serving certificate',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:4.2.11'],
  component: 'kubelet',
  flag: 'feature-gates',
  bad: (value) => value.split(',').includes('RotateKubeletServerCertificate=false'),
  message: 'the kubelet does not rotate its serving certificate',
  hint: 'remove `RotateKubeletServerCertificate: false`: the gate is on by default',
});
