import { defineCheckRule } from '../../src/lint/rule.ts';

/** Every controller acts as an account of its own. Defaults after cmd/kube-controller-manager/app/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/controller-credentials',
  summary: 'Every controller acts as an account of its own',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.3.3'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'all controllers act as one user: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'kube-controller-manager', 'use-service-account-credentials');
    if (setting === undefined || setting.value === 'true') return;
    report(setting.place, 'wrong', { said: setting.words }, { hint: 'set `--use-service-account-credentials=true`' });
  },
});
