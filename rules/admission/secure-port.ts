import { defineCheckRule } from '../../src/lint/rule.ts';

/** The kube-apiserver serves HTTPS. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/secure-port',
  summary: 'The kube-apiserver serves HTTPS',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis-1.5:1.2.20'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'the kube-apiserver does not serve HTTPS: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'kube-apiserver', 'secure-port');
    if (setting === undefined) return;
    if (setting.value !== '0') return;
    report(setting.place, 'wrong', { said: setting.words }, { hint: 'remove the flag: the default is 6443' });
  },
});
