import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kube-scheduler listens on loopback only. Defaults after cmd/kube-scheduler/app/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/scheduler-bind-address',
  summary: 'The kube-scheduler listens on loopback only',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.4.2'],
  component: 'kube-scheduler',
  flag: 'bind-address',
  bad: (value, { components }) => !components.isLoopback(value),
  message: 'the kube-scheduler exposes health and metrics endpoints to the network',
  hint: 'set `--bind-address=127.0.0.1`',
});
