import { defineFlagRule } from '../../src/lint/rule.ts';

/** Audit logs are kept long enough to investigate an incident. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/audit-log-maxage',
  summary: 'Audit logs are kept long enough to investigate an incident',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.17'],
  component: 'kube-apiserver',
  flag: 'audit-log-maxage',
  options: {
    days: { type: 'number', default: 30, description: 'how many days audit logs must be kept' },
  },
  bad: (value, { options }) => value !== '0' && !(Number(value) >= options.days),
  message: 'audit logs are deleted too early',
  hint: ({ days }) => `set \`--audit-log-maxage\` to at least ${days}, or to 0 to keep them all`,
});
