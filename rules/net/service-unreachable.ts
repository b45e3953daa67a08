import { defineRule, type Facts, listed, type NetService } from '../../src/lint/rule.ts';

/** A Service that no client can reach. Asks the network engine about pods with any labels, and about every address. */
export const rule = defineRule({
  id: 'net/service-unreachable',
  summary: 'Every Service is reachable by at least one client',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  // Every find says which Services it rests on.
  restsOn: ['no-other-policies'],
  scope: 'namespace',
  needs: ['net', 'cluster'],
  messages: {
    closed: 'no client can reach Service `{name}`: policies deny all ingress to the ports of its pods',
    several:
      'no client can reach {count} Services of namespace `{namespace}` ({names}): policies deny all ingress to the ports of their pods',
  },
  when: ({ facts: { net } }) => net.policies.restrict('ingress'),
  *find({ name: namespace, object: declared }, { facts }) {
    const closed = closedServices(facts, namespace);
    const [first] = closed;
    if (first === undefined) return;
    const detail = (services: readonly [NetService, ...NetService[]]) => ({
      because: denial(facts, services[0]),
      restsOn: services.map(({ object }) => ({ on: 'placement', object }) as const),
    });
    // Where so many Services are unreachable, the namespace is the place to look at.
    if (closed.length > few)
      yield { is: 'several', at: declared ?? first.object, ...detail([first, ...closed.slice(1)]), closed, namespace };
    else for (const service of closed) yield { is: 'closed', at: service.object, ...detail([service]), service };
  },
  say: {
    closed: ({ service: { name } }) => ({ name, hint }),
    several: ({ closed, namespace }) => ({
      count: closed.length,
      namespace,
      names: listed(
        closed.map(({ name }) => `\`${name}\``),
        3,
      ),
      hint,
    }),
  },
});

const hint = 'allow ingress from the clients of the Service, or remove it';

/** So many Services of a namespace are reported one by one. */
const few = 5;

type Asked = Pick<Facts, 'net' | 'cluster'>;

function closedServices(facts: Asked, namespace: string): readonly NetService[] {
  const { net, cluster } = facts;
  const own = net.services.all.filter((each) => each.namespace === namespace && cluster.isLinted(each.object));
  if (own.length === 0) return [];
  // Left to net/ingress-controller-blocked, net/webhook-blocked and net/scrape-blocked.
  const called = new Set([
    ...net.backends.ofIngresses.map(({ found }) => found?.object),
    ...net.callers.webhooks.map(({ service }) => service.object),
  ]);
  const scraped = new Set(net.callers.scrapes.map(({ pod }) => pod));
  return own.filter((service) => {
    const { object, pods } = service;
    if (called.has(object) || pods.some((pod) => scraped.has(pod))) return false;
    const [first] = net.services.targetsOf(service);
    return first !== undefined && isClosed(facts, service) && net.traffic.isCloseBy(object, first.pod, 'ingress');
  });
}

function isClosed({ net }: Asked, service: NetService): boolean {
  const { anyPod, anyAddress } = net.traffic.strangers;
  return net.services.targetsOf(service).every(({ pod, protocol, port }) => {
    const to = net.traffic.podEnd(pod);
    if (to.endpoint === undefined) return false;
    const others = service.ports.map((each) => each.port).filter((each) => each !== port);
    // A rule with the port of the Service is left to net/service-port-not-pod-port.
    return [anyPod, anyAddress].every((from) =>
      [port, ...others].every((each) => net.traffic.side('ingress', from, to, protocol, each) === 'deny'),
    );
  });
}

function denial({ net }: Asked, service: NetService) {
  const { anyAddress } = net.traffic.strangers;
  return net.services
    .targetsOf(service)
    .slice(0, 1)
    .flatMap(
      ({ pod, protocol, port }) => net.traffic.flow(anyAddress, net.traffic.podEnd(pod), protocol, port).because,
    );
}
