import { defineCheckRule } from '../../src/lint/rule.ts';

/** Metrics that a monitor or annotation asks for, and that Prometheus may not fetch. Asks the network engine. */
export const rule = defineCheckRule({
  id: 'net/scrape-blocked',
  summary: 'Prometheus may reach the metrics that it is to fetch',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  messages: {
    denied: 'metrics of {pods} on port {port} are asked for here, and {scraper} may not fetch them: denied {sides}',
    closed: 'metrics of {pods} on port {port} are asked for here, and no other pod may reach that port',
  },
  check(_cluster, { facts: { net, cluster }, report }) {
    const { scrapers, scraperNamespaces } = net.callers;
    const { anyPod, anyAddress } = net.traffic.strangers;
    const seen = new Set<string>();
    for (const { object, path, pod, port } of net.callers.scrapes) {
      const to = net.traffic.podEnd(pod);
      const key = `${to.name} ${String(port)} ${object.namespace}/${object.name}`;
      if (to.endpoint === undefined || seen.has(key)) continue;
      seen.add(key);
      const soft = cluster.isTransformed(object) ? ({ atMost: 'info' } as const) : {};
      const data = { pods: to.name, port };
      if (scrapers.length > 0) {
        const answers = scrapers.map((scraper) => ({
          scraper,
          answer: net.traffic.flow(net.traffic.podEnd(scraper), to, 6, port),
        }));
        const [first] = answers;
        if (first === undefined || answers.some(({ answer }) => answer.decision !== 'deny')) continue;
        const sides = first.answer.sides
          .filter(({ decision }) => decision === 'deny')
          .map(({ direction }) => (direction === 'egress' ? 'on its way out of Prometheus' : 'at the pods'));
        report(
          { object, path },
          'denied',
          { ...data, scraper: net.traffic.podEnd(first.scraper).name, sides: sides.join(' and ') },
          { because: first.answer.because, ...soft },
        );
        continue;
      }
      const made = scraperNamespaces.map((namespace) => net.traffic.strangers.podIn(namespace));
      const callers = made.length > 0 ? made : [anyPod, anyAddress];
      if (
        callers.some((from) => net.traffic.side('ingress', from, to, 6, port) !== 'deny') ||
        !net.traffic.isCloseBy(object, pod, 'ingress')
      )
        continue;
      report({ object, path }, 'closed', data, { because: net.traffic.flow(anyAddress, to, 6, port).because, ...soft });
    }
  },
});
