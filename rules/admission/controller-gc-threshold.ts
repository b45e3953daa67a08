import { defineFlagRule } from '../../src/lint/rule.ts';

/** Terminated pods are garbage-collected. Defaults after cmd/kube-controller-manager/app/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/controller-gc-threshold',
  summary: 'Terminated pods are garbage-collected',
  severity: 'info',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.3.1'],
  component: 'kube-controller-manager',
  flag: 'terminated-pod-gc-threshold',
  bad: (value) => !(Number(value) > 0),
  message: 'terminated pods are never garbage-collected',
  hint: 'set `--terminated-pod-gc-threshold` to a number above 0',
});
