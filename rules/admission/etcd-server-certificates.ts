import { defineCheckRule } from '../../src/lint/rule.ts';

/** Etcd serves clients over TLS. Defaults after server/etcdmain/config.go of etcd 3.5. */
export const rule = defineCheckRule({
  id: 'admission/etcd-server-certificates',
  summary: 'etcd serves clients over TLS',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:2.1'],
  scope: 'component',
  needs: ['components'],
  messages: {
    unset: 'etcd serves clients without TLS: {said}',
  },
  check(component, { facts, report }) {
    const unset = facts.components.firstUnset(component, 'etcd', ['cert-file', 'key-file']);
    if (unset === undefined) return;
    report(unset.place, 'unset', { said: unset.words }, { hint: 'set `--cert-file` and `--key-file`' });
  },
});
