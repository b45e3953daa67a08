import { defineFlagRule } from '../../src/lint/rule.ts';

/** A pod cannot exhaust the process IDs of its node. Defaults after cmd/kubelet/app/options and pkg/kubelet/apis/config/v1beta1/defaults.go of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/kubelet-pod-pids',
  summary: 'A pod cannot exhaust the process IDs of its node',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:4.2.13'],
  component: 'kubelet',
  flag: 'pod-max-pids',
  bad: (value) => !(Number(value) > 0),
  message: 'one pod can exhaust the process IDs of its node',
  hint: 'set `podPidsLimit`, for example to 4096',
});
