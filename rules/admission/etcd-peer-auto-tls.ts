import { defineFlagRule } from '../../src/lint/rule.ts';

/** etcd members have certificates that their peers can verify. Defaults after server/etcdmain/config.go of etcd 3.5. */
export const rule = defineFlagRule({
  id: 'admission/etcd-peer-auto-tls',
  summary: 'etcd members have certificates that their peers can verify',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:2.6'],
  component: 'etcd',
  flag: 'peer-auto-tls',
  bad: (value) => value !== 'false',
  message: 'etcd members use self-signed peer certificates, which their peers cannot verify',
  hint: 'remove `--peer-auto-tls`; set `--peer-cert-file` and `--peer-key-file`',
});
