import { defineFlagRule } from '../../src/lint/rule.ts';

/** Pods that have ended are cleaned away. Defaults after cmd/kube-controller-manager/app/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/controller-gc-threshold',
  summary: 'Pods that have ended are cleaned away',
  severity: 'info',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.3.1'],
  component: 'kube-controller-manager',
  flag: 'terminated-pod-gc-threshold',
  bad: (value) => !(Number(value) > 0),
  message: 'pods that have ended are never cleaned away',
  hint: 'set `--terminated-pod-gc-threshold` to a number above 0',
});
