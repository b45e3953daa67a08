import { defineRule } from '../../src/lint/rule.ts';

/** A Service that nobody may reach. Asks the network engine about every stranger, and about the pods of the tree. */
export const rule = defineRule({
  id: 'net/service-unreachable',
  summary: 'Somebody may reach every Service',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'tree',
  needs: ['net', 'netTraffic', 'netCallers', 'netBackends', 'netScrapes', 'cluster'],
  messages: {
    closed: 'no pod and no address may reach Service `{name}` on any of its ports: policies deny it all at its pods',
  },
  check(_cluster, { facts: { net, netTraffic, netCallers, netBackends, netScrapes, cluster }, report }) {
    const { anyPod, anyAddress } = netTraffic.strangers;
    // These say it better.
    const called = new Set([
      ...netBackends.ofIngresses.map(({ found }) => found?.object),
      ...netCallers.webhooks.map(({ service }) => service.object),
    ]);
    const scraped = new Set(netScrapes.scrapes.map(({ pod }) => pod));
    for (const service of net.services) {
      if (
        !cluster.isLinted(service.object) ||
        called.has(service.object) ||
        service.pods.some((pod) => scraped.has(pod))
      )
        continue;
      const targets = netCallers.targetsOf(service);
      const isClosed = targets.every(({ pod, protocol, port }) => {
        const to = net.podEnd(pod);
        if (to.endpoint === undefined) return false;
        const others = service.ports.map((each) => each.port).filter((each) => each !== port);
        // A rule with the port of the Service is net/service-port-not-pod-port's.
        return [anyPod, anyAddress].every((from) =>
          [port, ...others].every((each) => netTraffic.side('ingress', from, to, protocol, each) === 'deny'),
        );
      });
      const [first] = targets;
      if (!isClosed || first === undefined || !netTraffic.isCloseBy(service.object, first.pod, 'ingress')) continue;
      report(
        service.object,
        'closed',
        { name: service.name },
        {
          because: netTraffic.flow(anyAddress, net.podEnd(first.pod), first.protocol, first.port).because,
          hint: 'allow those who are to use it, or remove the Service',
          ...(cluster.isTransformed(service.object) ? { atMost: 'info' } : {}),
        },
      );
    }
  },
});
