import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kubelet does not change kernel parameters. Defaults after cmd/kubelet/app/options and pkg/kubelet/apis/config/v1beta1/defaults.go of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/kubelet-protect-kernel-defaults',
  summary: 'The kubelet does not change kernel parameters',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis-1.5:4.2.6'],
  component: 'kubelet',
  flag: 'protect-kernel-defaults',
  bad: (value) => value !== 'true',
  message: 'the kubelet overwrites kernel parameters that differ from its defaults',
  hint: 'set `protectKernelDefaults: true`, and set the parameters on the node',
});
