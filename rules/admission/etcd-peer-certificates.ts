import { defineCheckRule } from '../../src/lint/rule.ts';

/** Members of etcd talk to each other over TLS. Defaults after server/etcdmain/config.go of etcd 3.5. */
export const rule = defineCheckRule({
  id: 'admission/etcd-peer-certificates',
  summary: 'Members of etcd talk to each other over TLS',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:2.4'],
  scope: 'component',
  needs: ['components'],
  messages: {
    unset: 'members of etcd talk to each other without TLS: {said}',
  },
  check(component, { facts, report }) {
    const unset = facts.components.firstUnset(component, 'etcd', ['peer-cert-file', 'peer-key-file']);
    if (unset === undefined) return;
    report(unset.place, 'unset', { said: unset.words }, { hint: 'set `--peer-cert-file` and `--peer-key-file`' });
  },
});
