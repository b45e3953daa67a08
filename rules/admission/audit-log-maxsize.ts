import { defineFlagRule } from '../../src/lint/rule.ts';

/** Audit logs are not rotated too early. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineFlagRule({
  id: 'admission/audit-log-maxsize',
  summary: 'Audit logs are not rotated too early',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.19'],
  component: 'kube-apiserver',
  flag: 'audit-log-maxsize',
  options: {
    megabytes: {
      type: 'number',
      default: 100,
      description: 'minimum size in megabytes at which an audit log is rotated',
    },
  },
  bad: (value, { options }) => value !== '0' && !(Number(value) >= options.megabytes),
  message: 'audit logs are rotated at too small a size',
  hint: ({ megabytes }) => `set \`--audit-log-maxsize\` to at least ${megabytes}`,
});
