import { defineRule } from '../../src/lint/rule.ts';

/** A deny for host endpoints of ports that Felix keeps open. Mirrors felix/rules/static.go failsafeInChain, v3.32. */
export const rule = defineRule({
  id: 'calico/failsafe-hides',
  summary: 'No rule denies a failsafe port',
  severity: 'info',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  restsOn: ['placement'],
  scope: 'policy-rule',
  needs: ['net'],
  messages: {
    hidden: '`{title}` cannot deny {ports}: Felix accepts failsafe ports before it evaluates policy',
  },
  *find({ policy: { object, isCalico, policy }, rule: { direction, compiled } }, { facts: { net } }) {
    if (policy === undefined || !isCalico || direction !== 'ingress' || !policy.governs.ingress) return;
    if (policy.stage === 'preDNAT' || !net.hosts.isForHosts(policy)) return;
    for (const rule of compiled) {
      if (rule.action !== 'deny' || rule.destination.ports === undefined) continue;
      const hidden = net.hosts.management.filter(
        ({ port }) => net.hosts.takesPort(rule, port) && net.hosts.isFailsafeFor(policy, port),
      );
      const at = { object, path: [...rule.origin.path, 'destination', 'ports'] };
      if (hidden.length > 0) yield { is: 'hidden', at, rule, hidden };
    }
  },
  say: {
    hidden: ({ rule, hidden }, { facts: { net } }) => ({
      title: net.order.ruleTitle(rule),
      ports: net.hosts.titles(hidden),
      hint: 'remove the port from `failsafeInboundHostPorts` of the FelixConfiguration, or block it in front of the node',
    }),
  },
});
