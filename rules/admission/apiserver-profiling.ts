import { defineFlagRule } from '../../src/lint/rule.ts';

/** The kube-apiserver does not expose profiling endpoints. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/apiserver-profiling',
  summary: 'The kube-apiserver does not expose profiling endpoints',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.15'],
  component: 'kube-apiserver',
  flag: 'profiling',
  bad: (value) => value !== 'false',
  message: 'the kube-apiserver exposes profiling endpoints (/debug/pprof)',
  hint: 'set `--profiling=false`',
});
