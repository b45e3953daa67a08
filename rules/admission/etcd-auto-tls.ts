import { defineCheckRule } from '../../src/lint/rule.ts';

/** Etcd has certificates that clients can check. Defaults after server/etcdmain/config.go of etcd 3.5. */
export const rule = defineCheckRule({
  id: 'admission/etcd-auto-tls',
  summary: 'etcd has certificates that clients can check',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:2.3'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'etcd makes its certificates itself, which no client can check: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'etcd', 'auto-tls');
    if (setting === undefined || setting.value === 'false') return;
    report(
      setting.place,
      'wrong',
      { said: setting.words },
      { hint: 'remove `--auto-tls`; set `--cert-file` and `--key-file`' },
    );
  },
});
