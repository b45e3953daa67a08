import { defineCheckRule } from '../../src/lint/rule.ts';

/** Tokens of deleted service accounts are refused. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/service-account-lookup',
  summary: 'Tokens of deleted service accounts are refused',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.21'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'tokens of deleted service accounts stay valid: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'kube-apiserver', 'service-account-lookup');
    if (setting === undefined) return;
    if (setting.value !== 'false') return;
    report(setting.place, 'wrong', { said: setting.words }, { hint: 'remove the flag: the default is to look' });
  },
});
