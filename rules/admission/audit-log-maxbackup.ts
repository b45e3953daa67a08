import { defineFlagRule } from '../../src/lint/rule.ts';

/** Enough old audit logs are kept. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/audit-log-maxbackup',
  summary: 'Enough old audit logs are kept',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.18'],
  component: 'kube-apiserver',
  flag: 'audit-log-maxbackup',
  options: {
    files: { type: 'number', default: 10, description: 'how many old audit logs must be kept' },
  },
  bad: (value, { options }) => value !== '0' && !(Number(value) >= options.files),
  message: 'too few old audit logs are kept',
  hint: ({ files }) => `set \`--audit-log-maxbackup\` to at least ${files}, or to 0 to keep them all`,
});
