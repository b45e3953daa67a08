import { defineCheckRule } from '../../src/lint/rule.ts';

/** A deny for host endpoints of ports that felix keeps open. Mirrors felix/rules/static.go failsafeInChain, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/failsafe-hides',
  summary: 'No deny is written for what is always open',
  severity: 'info',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'tree',
  needs: ['net', 'cluster', 'calico'],
  messages: {
    hidden: '`{title}` cannot deny {ports}: felix keeps its failsafe ports open before it asks any policy',
  },
  check(_cluster, { facts: { net, cluster, calico }, report }) {
    for (const policy of net.policies.all) {
      const { manifest } = policy.origin.object;
      if (policy.staged || manifest === undefined || !cluster.isLinted(manifest) || !policy.governs.ingress) continue;
      if (calico.policy(manifest) === undefined || policy.stage === 'preDNAT' || !net.hosts.isForHosts(policy))
        continue;
      for (const rule of policy.rules.ingress) {
        if (rule.action !== 'deny' || rule.destination.ports === undefined) continue;
        const hidden = net.hosts.management.filter(
          ({ port }) => net.hosts.takesPort(rule, port) && net.hosts.isFailsafeFor(policy, port),
        );
        if (hidden.length === 0) continue;
        const ports = hidden.map(({ name, port }) => `${name} (${String(port)})`).join(', ');
        report(
          { object: manifest, path: [...rule.origin.path, 'destination', 'ports'] },
          'hidden',
          { title: net.order.ruleTitle(rule), ports },
          {
            hint: 'take the port out of `failsafeInboundHostPorts` of the FelixConfiguration, or deny it by a `preDNAT` policy elsewhere',
          },
        );
      }
    }
  },
});
