import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kubelet maintains its iptables chains. Defaults after cmd/kubelet/app/options and pkg/kubelet/apis/config/v1beta1/defaults.go of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/kubelet-iptables-chains',
  summary: 'The kubelet maintains its iptables chains',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:4.2.6'],
  component: 'kubelet',
  flag: 'make-iptables-util-chains',
  bad: (value) => value === 'false',
  message: 'the kubelet does not maintain its iptables chains',
  hint: 'remove the field: the default is `true`',
});
