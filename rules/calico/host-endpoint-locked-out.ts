import { defineCheckRule } from '../../src/lint/rule.ts';

/** A host endpoint whose policies let nobody in to manage it. Evaluates host endpoints as felix/rules/endpoints.go does, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/host-endpoint-locked-out',
  summary: 'Somebody can still manage every node',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  messages: {
    locked: 'no policy lets anybody reach {ports} of `{host}`',
    failsafe: 'no policy lets anybody reach {ports} of `{host}`: only the failsafe ports of felix keep the way open',
  },
  check(_cluster, { facts: { net, cluster }, report }) {
    const { hosts } = net;
    const asked = hosts.management.filter(({ port }) => [22, 6443, 10250].includes(port));
    const words = (ports: typeof asked): string =>
      ports.map(({ name, port }) => `${name} (${String(port)})`).join(', ');
    for (const host of hosts.hosts) {
      const { manifest } = host.object;
      if (manifest === undefined || !cluster.isLinted(manifest)) continue;
      const closed = asked.filter(({ port }) => hosts.isOpen(host, port) === false);
      const locked = closed.filter(({ port }) => !hosts.isFailsafe(host, port));
      // That not every node serves the API is as it should be.
      const relevant = closed.some(({ port }) => port === 22) ? closed : closed.filter(({ port }) => port !== 6443);
      const hard = locked.filter((each) => relevant.includes(each));
      if (relevant.length === 0) continue;
      const setting = hosts.failsafeSetting(host);
      const because =
        setting === undefined
          ? []
          : [{ object: setting, path: ['spec', 'failsafeInboundHostPorts'], sentence: 'lists the failsafe ports' }];
      const hint = 'allow the networks of those who manage the nodes, for this host endpoint, before what denies';
      if (hard.length > 0)
        report(manifest, 'locked', { ports: words(hard), host: host.object.name }, { because, hint });
      else
        report(
          manifest,
          'failsafe',
          { ports: words(relevant), host: host.object.name },
          { because, hint, atMost: 'info' },
        );
    }
  },
});
