import { defineFlagRule } from '../../src/lint/rule.ts';

/** Every controller uses its own service account. Defaults after cmd/kube-controller-manager/app/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/controller-credentials',
  summary: 'Every controller uses its own service account',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.3.3'],
  component: 'kube-controller-manager',
  flag: 'use-service-account-credentials',
  bad: (value) => value !== 'true',
  message: 'all controllers share one user',
  hint: 'set `--use-service-account-credentials=true`',
});
