import { defineCheckRule } from '../../src/lint/rule.ts';

/** The kube-apiserver has no insecure address. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/insecure-bind-address',
  summary: 'The kube-apiserver has no insecure address',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis-1.5:1.2.18'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'the kube-apiserver serves without TLS and without authorization at an address of its own: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'kube-apiserver', 'insecure-bind-address');
    if (setting === undefined || setting.value === '') return;
    report(setting.place, 'wrong', { said: setting.words }, { hint: 'remove the flag' });
  },
});
