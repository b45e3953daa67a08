import { defineCheckRule } from '../../src/lint/rule.ts';

/** Enough old audit logs are kept. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/audit-log-maxbackup',
  summary: 'Enough old audit logs are kept',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.18'],
  scope: 'component',
  needs: ['components'],
  options: {
    files: { type: 'number', default: 10, description: 'how many old audit logs must be kept' },
  },
  messages: {
    wrong: 'too few old audit logs are kept: {said}',
  },
  check(component, { facts, options, report }) {
    const setting = facts.components.setting(component, 'kube-apiserver', 'audit-log-maxbackup');
    if (setting === undefined || setting.value === '0' || Number(setting.value) >= options.files) return;
    report(
      setting.place,
      'wrong',
      { said: setting.words },
      { hint: `set \`--audit-log-maxbackup\` to at least ${options.files}, or 0 to keep all` },
    );
  },
});
