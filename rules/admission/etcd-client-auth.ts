import { defineFlagRule } from '../../src/lint/rule.ts';

/** Etcd requires client certificates. Defaults after server/etcdmain/config.go of etcd 3.5. */
export const rule = defineFlagRule({
  id: 'admission/etcd-client-auth',
  summary: 'etcd requires client certificates',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:2.2'],
  component: 'etcd',
  flag: 'client-cert-auth',
  bad: (value) => value !== 'true',
  message: 'etcd accepts clients without a certificate',
  hint: 'set `--client-cert-auth=true` and `--trusted-ca-file`',
});
