import { defineRule, type Direction } from '../../src/lint/rule.ts';

/** Metrics that a monitor or annotation asks Prometheus to scrape, where policies deny it. Asks the network engine. */
export const rule = defineRule({
  id: 'net/scrape-blocked',
  summary: 'Prometheus can reach the metrics that it is configured to scrape',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  restsOn: ['placement', 'no-other-policies'],
  // One monitor may name many pods, and one port of a pod may be named by several fields of a monitor.
  scope: 'tree',
  needs: ['net'],
  messages: {
    denied: 'Prometheus ({scraper}) cannot scrape {pods} on port {port}: denied {sides}',
    closed: 'Prometheus cannot scrape {pods} on port {port}: no other pod can reach that port',
  },
  when: ({ facts: { net } }) => net.policies.restrict('ingress') || net.policies.restrict('egress'),
  *find(_cluster, { facts: { net } }) {
    const { scrapers, scraperNamespaces } = net.callers;
    const seen = new Set<string>();
    for (const { object, path, pod, port } of net.callers.scrapes) {
      const to = net.traffic.podEnd(pod);
      const key = `${to.name} ${String(port)} ${object.namespace}/${object.name}`;
      if (to.endpoint === undefined || seen.has(key)) continue;
      seen.add(key);
      const at = { object, path };
      if (scrapers.length > 0) {
        const answers = scrapers.map((scraper) => net.traffic.flow(net.traffic.podEnd(scraper), to, 6, port));
        const [first] = answers;
        const [scraper] = scrapers.map((each) => net.traffic.podEnd(each).name);
        if (first === undefined || scraper === undefined) continue;
        if (answers.some(({ decision }) => decision !== 'deny')) continue;
        const sides = first.sides.filter(({ decision }) => decision === 'deny').map(({ direction }) => direction);
        yield { is: 'denied', at, because: first.because, pods: to.name, port, scraper, sides };
        continue;
      }
      const { anyPod, anyAddress } = net.traffic.strangers;
      const made = scraperNamespaces.map((namespace) => net.traffic.strangers.podIn(namespace));
      const callers = made.length > 0 ? made : [anyPod, anyAddress];
      if (callers.some((from) => net.traffic.side('ingress', from, to, 6, port) !== 'deny')) continue;
      const others = net.traffic.policiesAt(pod, 'ingress');
      const restsOn = [
        { on: 'written-together', object, others, inDoubt: 'drop' },
        { on: 'written-together', object: pod.owner, others, inDoubt: 'drop' },
      ] as const;
      const { because } = net.traffic.flow(anyAddress, to, 6, port);
      yield { is: 'closed', at, because, restsOn, pods: to.name, port };
    }
  },
  say: {
    denied: ({ pods, port, scraper, sides }) => ({
      pods,
      port,
      scraper,
      sides: sides.map((side) => SIDES[side]).join(' and '),
      hint: `allow Prometheus to reach port ${String(port)}`,
    }),
    closed: ({ pods, port }) => ({ pods, port, hint: `allow ingress from Prometheus to port ${String(port)}` }),
  },
});

const SIDES: Readonly<Record<Direction, string>> = {
  egress: 'by the egress policies of Prometheus',
  ingress: 'by the ingress policies of the pods',
};
