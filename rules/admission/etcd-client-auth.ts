import { defineCheckRule } from '../../src/lint/rule.ts';

/** Etcd takes clients with a certificate only. Defaults after server/etcdmain/config.go of etcd 3.5. */
export const rule = defineCheckRule({
  id: 'admission/etcd-client-auth',
  summary: 'etcd takes clients with a certificate only',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:2.2'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'etcd takes clients without a certificate: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'etcd', 'client-cert-auth');
    if (setting === undefined || setting.value === 'true') return;
    report(
      setting.place,
      'wrong',
      { said: setting.words },
      { hint: 'set `--client-cert-auth=true` and `--trusted-ca-file`' },
    );
  },
});
