import { defineFlagRule } from '../../src/lint/rule.ts';

/** Etcd has certificates that clients can verify. Defaults after server/etcdmain/config.go of etcd 3.5. */
export const rule = defineFlagRule({
  id: 'admission/etcd-auto-tls',
  summary: 'etcd has certificates that clients can verify',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:2.3'],
  component: 'etcd',
  flag: 'auto-tls',
  bad: (value) => value !== 'false',
  message: 'etcd uses a self-signed serving certificate, which clients cannot verify',
  hint: 'remove `--auto-tls`; set `--cert-file` and `--key-file`',
});
