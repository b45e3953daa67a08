import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kubelet uses the host name of its node. Defaults after cmd/kubelet/app/options and pkg/kubelet/apis/config/v1beta1/defaults.go of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/kubelet-hostname-override',
  summary: 'The kubelet uses the host name of its node',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:4.2.7'],
  component: 'kubelet',
  flag: 'hostname-override',
  bad: (value) => value !== '',
  message: 'the node name differs from the host name',
  hint: 'remove `--hostname-override`',
});
