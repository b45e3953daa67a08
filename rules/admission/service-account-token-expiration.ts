import { defineCheckRule } from '../../src/lint/rule.ts';

/** Tokens of pods expire within the hour they ask for. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/service-account-token-expiration',
  summary: 'Tokens of pods expire within the hour they ask for',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.12'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'tokens of pods live for a year, not for an hour: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'kube-apiserver', 'service-account-extend-token-expiration');
    if (setting === undefined || setting.value === 'false') return;
    report(
      setting.place,
      'wrong',
      { said: setting.words },
      { hint: 'set `--service-account-extend-token-expiration=false` once all clients read their token anew' },
    );
  },
});
