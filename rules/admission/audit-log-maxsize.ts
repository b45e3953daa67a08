import { defineCheckRule } from '../../src/lint/rule.ts';

/** An audit log holds enough before it is rotated. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/audit-log-maxsize',
  summary: 'An audit log holds enough before it is rotated',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.19'],
  scope: 'component',
  needs: ['components'],
  options: {
    megabytes: { type: 'number', default: 100, description: 'how many megabytes an audit log must be able to hold' },
  },
  messages: {
    wrong: 'audit logs are rotated after too few megabytes: {said}',
  },
  check(component, { facts, options, report }) {
    const setting = facts.components.setting(component, 'kube-apiserver', 'audit-log-maxsize');
    if (setting === undefined || setting.value === '0' || Number(setting.value) >= options.megabytes) return;
    report(
      setting.place,
      'wrong',
      { said: setting.words },
      { hint: `set \`--audit-log-maxsize\` to at least ${options.megabytes}` },
    );
  },
});
