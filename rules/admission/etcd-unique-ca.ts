import { defineCheckRule } from '../../src/lint/rule.ts';

/** The authority of etcd signs nothing else of the cluster. Flags after server/etcdmain/config.go of etcd 3.5 and cmd/kube-apiserver/app/options, v1.24. */
export const rule = defineCheckRule({
  id: 'admission/etcd-unique-ca',
  summary: 'etcd trusts an authority that signs nothing else',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:2.7'],
  scope: 'component',
  needs: ['components', 'cluster'],
  messages: {
    shared:
      'etcd trusts the authority `{file}`, as the kube-apiserver does for its clients: every client of the cluster may read etcd',
  },
  check(component, { facts, report }) {
    const trusted = facts.components.setting(component, 'etcd', 'trusted-ca-file');
    if (trusted?.written !== true) return;
    for (const server of facts.cluster.controlPlane.apiServers) {
      const clients = facts.components.setting(server, 'kube-apiserver', 'client-ca-file');
      if (clients?.value !== trusted.value) continue;
      report(
        trusted.place,
        'shared',
        { file: trusted.value },
        {
          because: [{ ...clients.place, sentence: 'the authority that signs client certificates of the cluster' }],
          hint: 'sign the certificates of etcd with an authority of its own',
        },
      );
      return;
    }
  },
});
