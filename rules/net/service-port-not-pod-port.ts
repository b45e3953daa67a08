import { defineRule, type Facts, type NetPolicy, type PodSource } from '../../src/lint/rule.ts';

/** A rule with the port of a Service whose pods serve another. Policy sees packets after the Service port was translated. */
export const rule = defineRule({
  id: 'net/service-port-not-pod-port',
  summary: 'Rules name the ports of pods, not those of Services',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'policy-rule',
  needs: ['net'],
  messages: {
    service:
      '{title} `{name}` allows port {port} of Service `{service}`, but policy is evaluated on the port of the pods, {target}',
  },
  *find({ policy: written, rule: { direction, ports, peers, compiled } }, { facts: { net } }) {
    const { object, kindTitle: title, policy } = written;
    if (policy?.governs[direction] !== true || compiled.every(({ action }) => action !== 'allow')) return;
    const allowed = new Set(ports.map(({ port }) => port));
    for (const { path, protocol, port, last } of ports) {
      if (typeof port !== 'number' || last !== undefined) continue;
      const mistaken = translation(net, receivers(net, policy, direction, peers), protocol, port);
      if (mistaken === undefined || allowed.has(mistaken.target)) continue;
      const { service, index, target } = mistaken;
      yield {
        is: 'service',
        at: { object, path },
        because: [
          {
            object: service,
            path: ['spec', 'ports', index],
            sentence: `port ${String(port)} of the Service leads to ${String(target)}`,
          },
        ],
        restsOn: [{ on: 'pods-of-namespace', object, namespace: '' }],
        title,
        name: object.name,
        port,
        service: service.name,
        target,
      };
    }
  },
  say: {
    service: ({ title, name, port, service, target }) => ({
      title,
      name,
      port,
      service,
      target,
      hint: `allow port ${String(target)} instead`,
    }),
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
