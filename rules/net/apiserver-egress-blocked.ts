import { defineRule } from '../../src/lint/rule.ts';

/** Pods that have permissions in the API and cannot reach its server, whose address no manifest shows. Asks the network engine. */
export const rule = defineRule({
  id: 'net/apiserver-egress-blocked',
  summary: 'Pods whose service account has RBAC permissions can reach the API server',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  restsOn: ['placement', 'no-other-policies'],
  scope: 'pod',
  needs: ['net', 'rbac'],
  messages: {
    denied:
      '{pod} cannot reach the API server, for which its service account `{account}` has permissions: its egress policies allow TCP to no address other than those of pods',
  },
  when: ({ facts: { net } }) => net.policies.restrict('egress'),
  *find(pod, { facts: { net, rbac } }) {
    const endpoint = net.pods.endpointOf(pod);
    if (endpoint === undefined) return;
    const [policy] = net.traffic.isolators(endpoint, 'egress');
    if (policy === undefined || !net.pods.mountsToken(pod) || !rbac.isBound(pod.namespace, pod.accountName)) return;
    if (!net.traffic.deniesAll(endpoint, 'egress', net.traffic.strangers.anyAddress, 6)) return;
    const { manifest } = policy.origin.object;
    const sentence = `${net.policies.title(policy)} limits its egress`;
    const because = manifest === undefined ? [] : [{ object: manifest, path: ['spec'], sentence }];
    const account = `${pod.namespace}/${pod.accountName}`;
    yield { is: 'denied', at: pod.owner, because, endpoint, account };
  },
  say: {
    denied: ({ endpoint, account }, { facts: { net } }) => ({
      pod: net.pods.describe(endpoint),
      account,
      hint: 'allow egress to the addresses of the API servers; the ClusterIP of Service `kubernetes` does not help, because it is translated before policies are evaluated',
    }),
  },
});
