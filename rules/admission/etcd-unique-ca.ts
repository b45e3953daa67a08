import { defineRule } from '../../src/lint/rule.ts';

/** The CA of etcd signs no other certificates of the cluster. Flags after server/etcdmain/config.go of etcd 3.5 and cmd/kube-apiserver/app/options, v1.24. */
export const rule = defineRule({
  id: 'admission/etcd-unique-ca',
  summary: 'etcd uses a dedicated CA',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:2.7'],
  scope: 'component',
  needs: ['components', 'cluster'],
  messages: {
    shared:
      'etcd trusts `{file}`, the client CA of the kube-apiserver: every client certificate of the cluster gives access to etcd',
  },
  find(component, { facts: { components, cluster } }) {
    const trusted = components.setting(component, 'etcd', 'trusted-ca-file');
    if (trusted?.written !== true) return [];
    const clients = cluster.controlPlane.apiServers
      .map((server) => components.setting(server, 'kube-apiserver', 'client-ca-file'))
      .find((setting) => setting?.value === trusted.value);
    if (clients === undefined) return [];
    const because = [{ ...clients.place, sentence: 'the CA of the client certificates of the cluster' }];
    return [{ is: 'shared', at: trusted.place, because, file: trusted.value }];
  },
  say: {
    shared: ({ file }) => ({ file, hint: 'sign the certificates of etcd with a dedicated CA' }),
  },
});
