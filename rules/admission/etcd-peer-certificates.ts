import { defineFlagRule } from '../../src/lint/rule.ts';

/** etcd members use TLS among each other. Defaults after server/etcdmain/config.go of etcd 3.5. */
export const rule = defineFlagRule({
  id: 'admission/etcd-peer-certificates',
  summary: 'etcd members use TLS among each other',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:2.4'],
  component: 'etcd',
  flags: ['peer-cert-file', 'peer-key-file'],
  message: 'etcd members communicate without TLS',
  hint: 'set `--peer-cert-file` and `--peer-key-file`',
});
