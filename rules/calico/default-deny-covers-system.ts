import { defineCheckRule } from '../../src/lint/rule.ts';

/** A global policy that leaves pods of the system, an ingress controller or host endpoints only what it allows itself. The end of a tier: felix/rules/endpoints.go, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/default-deny-covers-system',
  summary: 'A global default deny spares what the cluster runs on',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'tree',
  needs: ['net', 'cluster', 'calico'],
  messages: {
    system:
      '`{title}` is for {what} too, and leaves {them} nothing but what its own rules allow: no other policy is there for {them}',
  },
  check(_cluster, { facts: { net, cluster, calico }, report }) {
    for (const policy of net.policies.all) {
      const { manifest } = policy.origin.object;
      if (policy.staged || manifest === undefined || !cluster.isLinted(manifest)) continue;
      if (calico.policy(manifest)?.isGlobal !== true) continue;
      const namespaces = net.system.closedNamespaces(policy);
      const controllers = net.callers.ingressControllers.flatMap((pod) => net.pods.endpointOf(pod) ?? []);
      const asked = [...controllers, ...net.hosts.hosts].filter((endpoint) => net.system.closes(policy, endpoint));
      const pods = asked.filter(({ kind, object }) => kind === 'pod' && !namespaces.includes(object.namespace));
      const hosts = asked.filter(({ kind }) => kind === 'host');
      const what = [
        ...(namespaces.length === 0
          ? []
          : [
              `the ${namespaces.length > 1 ? 'namespaces' : 'namespace'} ${namespaces.map((name) => `\`${name}\``).join(', ')}`,
            ]),
        ...(pods.length === 0 ? [] : [`the ingress controller ${net.order.pods(pods)}`]),
        ...(hosts.length === 0
          ? []
          : [`${String(hosts.length)} ${hosts.length > 1 ? 'host endpoints' : 'host endpoint'}`]),
      ];
      if (what.length === 0) continue;
      const because = [...pods, ...hosts].slice(0, 5).flatMap(({ object }) => {
        const written = object.source?.owner ?? object.manifest;
        return written === undefined ? [] : [{ object: written, path: [], sentence: 'is selected by it' }];
      });
      report(
        manifest,
        'system',
        {
          title: net.policies.title(policy),
          what: what.join(' and '),
          them: namespaces.length + pods.length + hosts.length > 1 ? 'them' : 'it',
        },
        { because, hint: 'leave them out of its selectors, or write policies that allow what they need' },
      );
    }
  },
});
