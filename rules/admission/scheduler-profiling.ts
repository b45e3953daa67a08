import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kube-scheduler does not expose profiling endpoints. Defaults after cmd/kube-scheduler/app/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/scheduler-profiling',
  summary: 'The kube-scheduler does not expose profiling endpoints',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.4.1'],
  component: 'kube-scheduler',
  flag: 'profiling',
  bad: (value) => value !== 'false',
  message: 'the kube-scheduler exposes profiling endpoints (/debug/pprof)',
  hint: 'set `--profiling=false`',
});
