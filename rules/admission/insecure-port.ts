import { defineCheckRule } from '../../src/lint/rule.ts';

/** The kube-apiserver has no insecure port. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/insecure-port',
  summary: 'The kube-apiserver has no insecure port',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis-1.5:1.2.19'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'the kube-apiserver serves a port without TLS and without authorization: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'kube-apiserver', 'insecure-port');
    if (setting === undefined || setting.value === '0') return;
    report(setting.place, 'wrong', { said: setting.words }, { hint: 'set `--insecure-port=0`' });
  },
});
