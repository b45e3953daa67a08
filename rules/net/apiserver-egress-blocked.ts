import { defineCheckRule } from '../../src/lint/rule.ts';

/** Pods that have rights in the API and may not reach its server, whose address no manifest says. */
export const rule = defineCheckRule({
  id: 'net/apiserver-egress-blocked',
  summary: 'Pods with rights in the API may reach its server',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'tree',
  needs: ['net', 'rbac', 'cluster'],
  messages: {
    denied:
      '{pods} has rights in the API as account `{account}`, and may send TCP to no address outside: not to the API server',
  },
  check(_cluster, { facts: { net, rbac, cluster }, report }) {
    const { anyAddress } = net.traffic.strangers;
    const bound = new Set(
      rbac.objects.bindings.flatMap(({ subjects, namespace }) =>
        subjects
          .filter(({ kind }) => kind === 'ServiceAccount')
          .map((each) => `${each.namespace === '' ? namespace : each.namespace}/${each.name}`),
      ),
    );
    for (const pod of net.pods.all) {
      const account = `${pod.namespace}/${pod.accountName}`;
      const endpoint = net.pods.endpointOf(pod);
      if (endpoint === undefined || !cluster.isLinted(pod.owner) || !bound.has(account)) continue;
      const [policy] = net.traffic.isolators(endpoint, 'egress');
      if (policy === undefined || !net.pods.mountsToken(pod)) continue;
      if (!net.traffic.deniesAll(endpoint, 'egress', anyAddress, 6)) continue;
      const because =
        policy.origin.object.manifest === undefined
          ? []
          : [
              {
                object: policy.origin.object.manifest,
                path: ['spec'],
                sentence: `${net.policies.title(policy)} limits its egress`,
              },
            ];
      const hint =
        'allow the addresses of the API servers: that of the Service `kubernetes` is rewritten before policies see it';
      report(
        pod.owner,
        'denied',
        { pods: net.pods.describe(endpoint), account },
        { because, hint, ...(cluster.isTransformed(pod.owner) ? { atMost: 'info' } : {}) },
      );
    }
  },
});
