import { defineCheckRule, type NetService, listed } from '../../src/lint/rule.ts';

/** A Service that nobody may reach. Asks the network engine about every stranger, and about the pods of the tree. */
export const rule = defineCheckRule({
  id: 'net/service-unreachable',
  summary: 'Somebody may reach every Service',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  messages: {
    closed: 'no pod and no address may reach Service `{name}` on any of its ports: policies deny it all at its pods',
    several:
      'no pod and no address may reach {count} Services of namespace `{namespace}`: policies deny it all at the pods of {names}',
  },
  check(_cluster, { facts: { net, cluster }, report }) {
    const { anyPod, anyAddress } = net.traffic.strangers;
    // These say it better.
    const called = new Set([
      ...net.backends.ofIngresses.map(({ found }) => found?.object),
      ...net.callers.webhooks.map(({ service }) => service.object),
    ]);
    const scraped = new Set(net.callers.scrapes.map(({ pod }) => pod));
    const closed = new Map<string, NetService[]>();
    for (const service of net.services.all) {
      const { object, namespace, pods } = service;
      if (!cluster.isLinted(object) || called.has(object) || pods.some((pod) => scraped.has(pod))) continue;
      const [first] = net.services.targetsOf(service);
      if (first === undefined || !isClosed(service) || !net.traffic.isCloseBy(object, first.pod, 'ingress')) continue;
      const key = `${namespace} ${String(cluster.isTransformed(object))}`;
      const others = closed.get(key);
      if (others === undefined) closed.set(key, [service]);
      else others.push(service);
    }
    for (const services of closed.values()) {
      if (services.length > few) reportAll(services);
      else for (const service of services) reportOne(service);
    }

    function isClosed(service: NetService): boolean {
      return net.services.targetsOf(service).every(({ pod, protocol, port }) => {
        const to = net.traffic.podEnd(pod);
        if (to.endpoint === undefined) return false;
        const others = service.ports.map((each) => each.port).filter((each) => each !== port);
        // A rule with the port of the Service is net/service-port-not-pod-port's.
        return [anyPod, anyAddress].every((from) =>
          [port, ...others].every((each) => net.traffic.side('ingress', from, to, protocol, each) === 'deny'),
        );
      });
    }
    function reportOne(service: NetService): void {
      report(service.object, 'closed', { name: service.name }, detail(service));
    }
    /** Where so many Services are closed it is the namespace that is. */
    function reportAll(services: readonly NetService[]): void {
      const [first] = services;
      if (first === undefined) return;
      const { namespace } = first;
      const declared = cluster.find('', 'Namespace', '', namespace);
      const place = declared !== undefined && cluster.isLinted(declared) ? declared : first.object;
      const names = listed(
        services.map(({ name }) => `\`${name}\``),
        3,
      );
      report(place, 'several', { count: services.length, namespace, names }, detail(first));
    }
    function detail(service: NetService) {
      const because = net.services
        .targetsOf(service)
        .slice(0, 1)
        .flatMap(
          ({ pod, protocol, port }) => net.traffic.flow(anyAddress, net.traffic.podEnd(pod), protocol, port).because,
        );
      const hint = 'allow those who are to use it, or remove the Service';
      return { because, hint, ...(cluster.isTransformed(service.object) ? ({ atMost: 'info' } as const) : {}) };
    }
  },
});

/** So many Services of a namespace are reported one by one. */
const few = 5;
