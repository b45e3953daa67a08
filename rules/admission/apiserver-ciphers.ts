import { defineCheckRule } from '../../src/lint/rule.ts';

/** The kube-apiserver offers strong ciphers only. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/apiserver-ciphers',
  summary: 'The kube-apiserver offers strong ciphers only',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.29'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'the kube-apiserver offers ciphers that are broken or lack forward secrecy: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'kube-apiserver', 'tls-cipher-suites');
    if (setting === undefined || !facts.components.hasWeakCipher(setting.value)) return;
    report(
      setting.place,
      'wrong',
      { said: setting.words },
      { hint: 'leave the flag out, or list ECDHE suites with GCM or ChaCha20 only' },
    );
  },
});
