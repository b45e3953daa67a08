import { defineRule } from '../../src/lint/rule.ts';

/** The authority of etcd signs nothing else of the cluster. Flags after server/etcdmain/config.go of etcd 3.5 and cmd/kube-apiserver/app/options, v1.24. */
export const rule = defineRule({
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
  find(component, { facts: { components, cluster } }) {
    const trusted = components.setting(component, 'etcd', 'trusted-ca-file');
    if (trusted?.written !== true) return [];
    const clients = cluster.controlPlane.apiServers
      .map((server) => components.setting(server, 'kube-apiserver', 'client-ca-file'))
      .find((setting) => setting?.value === trusted.value);
    if (clients === undefined) return [];
    const because = [{ ...clients.place, sentence: 'the authority that signs client certificates of the cluster' }];
    return [{ is: 'shared', at: trusted.place, because, file: trusted.value }];
  },
  say: {
    shared: ({ file }) => ({ file, hint: 'sign the certificates of etcd with an authority of its own' }),
  },
});
