import { defineFlagRule } from '../../src/lint/rule.ts';

/** Members of etcd have certificates that others can check. Defaults after server/etcdmain/config.go of etcd 3.5. */
export const rule = defineFlagRule({
  id: 'admission/etcd-peer-auto-tls',
  summary: 'Members of etcd have certificates that others can check',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:2.6'],
  component: 'etcd',
  flag: 'peer-auto-tls',
  bad: (value) => value !== 'false',
  message: 'members of etcd make their certificates themselves, which no other can check',
  hint: 'remove `--peer-auto-tls`; set `--peer-cert-file` and `--peer-key-file`',
});
