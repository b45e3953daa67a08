import { defineRule, type Endpoint, type Facts, type NetPolicy } from '../../src/lint/rule.ts';

/** A global policy that allows pods of the system, an ingress controller or host endpoints only what its own rules allow. The end of a tier: felix/rules/endpoints.go, v3.32. */
export const rule = defineRule({
  id: 'calico/default-deny-covers-system',
  summary: 'A global default deny does not cut off system components',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  restsOn: ['placement'],
  scope: 'network-policy',
  needs: ['net'],
  messages: {
    system: '`{title}` also selects {what}; no other policy allows {their} traffic',
  },
  find({ object, isCalico, isGlobal, policy }, { facts: { net } }) {
    if (policy === undefined || !isCalico || !isGlobal) return [];
    const closed = closedBy(policy, net);
    const { namespaces, controllers, hosts } = closed;
    if (namespaces.length + controllers.length + hosts.length === 0) return [];
    const because = [...controllers, ...hosts].slice(0, 5).flatMap(({ object: { source, manifest } }) => {
      const written = source?.owner ?? manifest;
      return written === undefined ? [] : [{ object: written, path: [], sentence: 'is selected by the policy' }];
    });
    return [{ is: 'system', at: object, because, policy, closed }];
  },
  say: {
    system: ({ policy, closed: { namespaces, controllers, hosts } }, { facts: { net } }) => {
      const names = namespaces.map((name) => `\`${name}\``).join(', ');
      const what = [
        ...(namespaces.length === 0 ? [] : [`${namespaces.length > 1 ? 'namespaces' : 'namespace'} ${names}`]),
        ...(controllers.length === 0 ? [] : [`the ingress controller ${net.order.pods(controllers)}`]),
        ...(hosts.length === 0 ? [] : [`${String(hosts.length)} host ${hosts.length > 1 ? 'endpoints' : 'endpoint'}`]),
      ];
      return {
        title: net.policies.title(policy),
        what: what.join(' and '),
        their: namespaces.length + controllers.length + hosts.length > 1 ? 'their' : 'its',
        hint: 'exclude them with the selectors of the policy, or add policies that allow the traffic that they need',
      };
    },
  },
});

interface Closed {
  readonly namespaces: readonly string[];
  /** Ingress controllers of other namespaces. */
  readonly controllers: readonly Endpoint[];
  readonly hosts: readonly Endpoint[];
}

function closedBy(policy: NetPolicy, net: Facts['net']): Closed {
  const namespaces = net.system.closedNamespaces(policy);
  const closes = (endpoint: Endpoint): boolean => net.system.closes(policy, endpoint);
  return {
    namespaces,
    controllers: net.callers.ingressControllers
      .flatMap((pod) => net.pods.endpointOf(pod) ?? [])
      .filter((endpoint) => closes(endpoint) && !namespaces.includes(endpoint.object.namespace)),
    hosts: net.hosts.hosts.filter(closes),
  };
}
