import { defineFlagRule } from '../../src/lint/rule.ts';

/** An audit log holds enough before it is rotated. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/audit-log-maxsize',
  summary: 'An audit log holds enough before it is rotated',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.19'],
  component: 'kube-apiserver',
  flag: 'audit-log-maxsize',
  options: {
    megabytes: { type: 'number', default: 100, description: 'how many megabytes an audit log must be able to hold' },
  },
  bad: (value, { options }) => value !== '0' && !(Number(value) >= options.megabytes),
  message: 'audit logs are rotated after too few megabytes',
  hint: ({ megabytes }) => `set \`--audit-log-maxsize\` to at least ${megabytes}`,
});
