import { defineCheckRule, type Facts, type NetPolicy, type PodSource } from '../../src/lint/rule.ts';

/** A rule that names the port of a Service, where its pods serve another. Policies see a packet after its address was rewritten. */
export const rule = defineCheckRule({
  id: 'net/service-port-not-pod-port',
  summary: 'Rules name the ports of pods, not those of Services',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'tree',
  needs: ['net'],
  messages: {
    service:
      '{title} `{name}` allows port {port}, which is the port of Service `{service}`; the pods behind it serve {target}',
  },
  check(_cluster, { facts: { net }, report }) {
    for (const written of net.policies.written) {
      const { object, kindTitle: title, rules, policy } = written;
      if (policy === undefined) continue;
      for (const { direction, ports, peers, compiled } of rules) {
        if (!policy.governs[direction] || compiled.every(({ action }) => action !== 'allow')) continue;
        const allowed = new Set(ports.map(({ port }) => port));
        for (const { path, protocol, port, last } of ports) {
          if (typeof port !== 'number' || last !== undefined) continue;
          const pods = receivers(net, policy, direction, peers);
          const mistaken = translation(net, pods, protocol, port);
          if (mistaken === undefined || allowed.has(mistaken.target)) continue;
          const { service, target } = mistaken;
          const because = [
            {
              object: service,
              path: ['spec', 'ports', mistaken.index],
              sentence: `port ${String(port)} of the Service leads to ${String(target)}`,
            },
          ];
          const hint = `allow port ${String(target)}`;
          report(
            { object, path },
            'service',
            { title, name: object.name, port, service: service.name, target },
            { because, hint, ...net.pods.softened(object, '') },
          );
        }
      }
    }
  },
});

function receivers(
  net: Facts['net'],
  policy: NetPolicy,
  direction: string,
  peers: readonly { readonly match?: { readonly selector?: Parameters<Facts['net']['selections']['matched']>[0] } }[],
): readonly PodSource[] {
  const found =
    direction === 'ingress'
      ? net.policies.subjects(policy).sure
      : peers.flatMap(({ match }) =>
          match?.selector === undefined ? [] : net.selections.matched(match.selector).sure,
        );
  return found.flatMap(({ object }) => object.source ?? []);
}

/** Where a Service leads to instead; nothing where one of the pods may serve the port itself. */
function translation(net: Facts['net'], pods: readonly PodSource[], protocol: string, port: number) {
  let found: { readonly service: PodSource['owner']; readonly index: number; readonly target: number } | undefined;
  for (const pod of pods) {
    const declared = net.pods.declaredPorts(pod, protocol);
    if (declared.includes(port)) return undefined;
    let isTranslated = false;
    for (const service of net.services.of(pod)) {
      for (const each of service.ports) {
        if (each.protocol !== protocol) continue;
        const target = net.services.targetAt(pod, each)?.port;
        if (target === port) return undefined;
        if (each.port !== port || target === undefined) continue;
        isTranslated = true;
        found ??= { service: service.object, index: each.index, target };
      }
    }
    if (!isTranslated && declared.length === 0) return undefined;
  }
  return found;
}
