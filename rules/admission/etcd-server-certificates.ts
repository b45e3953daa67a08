import { defineFlagRule } from '../../src/lint/rule.ts';

/** Etcd serves clients over TLS. Defaults after server/etcdmain/config.go of etcd 3.5. */
export const rule = defineFlagRule({
  id: 'admission/etcd-server-certificates',
  summary: 'etcd serves clients over TLS',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:2.1'],
  component: 'etcd',
  flags: ['cert-file', 'key-file'],
  message: 'etcd serves clients without TLS',
  hint: 'set `--cert-file` and `--key-file`',
});
