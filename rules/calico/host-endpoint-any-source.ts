import { defineCheckRule } from '../../src/lint/rule.ts';

/** An allow from every address to a port by which nodes are managed, in a policy for host endpoints. */
export const rule = defineCheckRule({
  id: 'calico/host-endpoint-any-source',
  summary: 'No node can be managed from everywhere',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'tree',
  needs: ['net', 'cluster', 'calico'],
  messages: {
    any: '`{title}` lets every address of the world reach {ports} of nodes',
  },
  check(_cluster, { facts: { net, cluster, calico }, report, gaveUp }) {
    net.order.gaveUp.dead.forEach(gaveUp);
    const dead = new Set(net.order.dead.map(({ rule }) => rule));
    for (const policy of net.policies.all) {
      const { manifest } = policy.origin.object;
      if (policy.staged || manifest === undefined || !cluster.isLinted(manifest)) continue;
      if (calico.policy(manifest)?.isGlobal !== true || !policy.governs.ingress || !isForHosts(policy)) continue;
      for (const rule of policy.rules.ingress) {
        if (rule.action !== 'allow' || dead.has(rule) || !net.hosts.isAnySource(rule)) continue;
        const open = net.hosts.management.filter(({ port }) => net.hosts.takesPort(rule, port));
        if (open.length === 0) continue;
        const ports = open.map(({ name, port }) => `${name} (${String(port)})`).join(', ');
        // The API server alone is often meant to be public.
        const isPublic = open.every(({ port }) => port === 6443);
        const written = rule.source.nets === undefined ? [] : ['source', 'nets'];
        report(
          { object: manifest, path: [...rule.origin.path, ...written] },
          'any',
          { title: net.order.ruleTitle(rule), ports },
          {
            hint: 'list the networks of those who manage the nodes under `source.nets`',
            ...(isPublic ? { atMost: 'warning' } : {}),
          },
        );
      }
    }

    function isForHosts(policy: (typeof net.policies.all)[number]): boolean {
      const selectsPods = net.policies.subjects(policy).sure.some(({ kind }) => kind === 'pod');
      return net.hosts.isForHosts(policy) || (!selectsPods && asksForHosts(policy));
    }

    /** Host endpoints are often made by a controller, and known by this label of its. */
    function asksForHosts(policy: (typeof net.policies.all)[number]): boolean {
      return /host-?endpoint/i.test(JSON.stringify(policy.selector));
    }
  },
});
