import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kube-controller-manager does not expose profiling endpoints. Defaults after cmd/kube-controller-manager/app/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/controller-profiling',
  summary: 'The kube-controller-manager does not expose profiling endpoints',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.3.2'],
  component: 'kube-controller-manager',
  flag: 'profiling',
  bad: (value) => value !== 'false',
  message: 'the kube-controller-manager exposes profiling endpoints (/debug/pprof)',
  hint: 'set `--profiling=false`',
});
