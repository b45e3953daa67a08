import { defineCheckRule } from '../../src/lint/rule.ts';

/** Audit logs are kept for as long as an incident may take to be noticed. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/audit-log-maxage',
  summary: 'Audit logs are kept for as long as an incident may take to be noticed',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.17'],
  scope: 'component',
  needs: ['components'],
  options: {
    days: { type: 'number', default: 30, description: 'how many days audit logs must be kept' },
  },
  messages: {
    wrong: 'audit logs are deleted too early: {said}',
  },
  check(component, { facts, options, report }) {
    const setting = facts.components.setting(component, 'kube-apiserver', 'audit-log-maxage');
    if (setting === undefined || setting.value === '0' || Number(setting.value) >= options.days) return;
    report(
      setting.place,
      'wrong',
      { said: setting.words },
      { hint: `set \`--audit-log-maxage\` to at least ${options.days}, or 0 to keep them` },
    );
  },
});
