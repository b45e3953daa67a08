import { defineFlagRule } from '../../src/lint/rule.ts';

/** Etcd requires certificates of its peers. Defaults after server/etcdmain/config.go of etcd 3.5. */
export const rule = defineFlagRule({
  id: 'admission/etcd-peer-client-auth',
  summary: 'etcd requires certificates of its peers',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:2.5'],
  component: 'etcd',
  flag: 'peer-client-cert-auth',
  bad: (value) => value !== 'true',
  message: 'etcd accepts peers without a certificate',
  hint: 'set `--peer-client-cert-auth=true` and `--peer-trusted-ca-file`',
});
