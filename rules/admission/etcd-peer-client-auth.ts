import { defineCheckRule } from '../../src/lint/rule.ts';

/** Etcd takes members with a certificate only. Defaults after server/etcdmain/config.go of etcd 3.5. */
export const rule = defineCheckRule({
  id: 'admission/etcd-peer-client-auth',
  summary: 'etcd takes members with a certificate only',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:2.5'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'etcd takes members without a certificate: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'etcd', 'peer-client-cert-auth');
    if (setting === undefined || setting.value === 'true') return;
    report(
      setting.place,
      'wrong',
      { said: setting.words },
      { hint: 'set `--peer-client-cert-auth=true` and `--peer-trusted-ca-file`' },
    );
  },
});
