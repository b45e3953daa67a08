import { defineFlagRule } from '../../src/lint/rule.ts';

/** Idle connections to containers are closed. Defaults after cmd/kubelet/app/options and pkg/kubelet/apis/config/v1beta1/defaults.go of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/kubelet-idle-timeout',
  summary: 'Idle connections to containers are closed',
  severity: 'info',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:4.2.5'],
  component: 'kubelet',
  flag: 'streaming-connection-idle-timeout',
  bad: (value, { components }) => components.seconds(value) === 0,
  message: 'idle connections to containers are never closed',
  hint: 'remove the flag, or set `streamingConnectionIdleTimeout` in the KubeletConfiguration',
});
