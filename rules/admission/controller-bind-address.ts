import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kube-controller-manager listens on loopback only. Defaults after cmd/kube-controller-manager/app/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/controller-bind-address',
  summary: 'The kube-controller-manager listens on loopback only',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.3.7'],
  component: 'kube-controller-manager',
  flag: 'bind-address',
  bad: (value, { components }) => !components.isLoopback(value),
  message: 'the kube-controller-manager exposes health and metrics endpoints to the network',
  hint: 'set `--bind-address=127.0.0.1`',
});
