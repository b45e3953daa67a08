import { defineCheckRule } from '../../src/lint/rule.ts';

/** Members of etcd have certificates that others can check. Defaults after server/etcdmain/config.go of etcd 3.5. */
export const rule = defineCheckRule({
  id: 'admission/etcd-peer-auto-tls',
  summary: 'Members of etcd have certificates that others can check',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:2.6'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'members of etcd make their certificates themselves, which no other can check: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'etcd', 'peer-auto-tls');
    if (setting === undefined || setting.value === 'false') return;
    report(
      setting.place,
      'wrong',
      { said: setting.words },
      { hint: 'remove `--peer-auto-tls`; set `--peer-cert-file` and `--peer-key-file`' },
    );
  },
});
