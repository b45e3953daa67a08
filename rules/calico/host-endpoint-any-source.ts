import { defineRule, type Facts, type NetPolicy, type NetRule } from '../../src/lint/rule.ts';

/** An allow from every address to a port by which nodes are managed, in a policy for host endpoints. */
export const rule = defineRule({
  id: 'calico/host-endpoint-any-source',
  summary: 'Management ports of nodes are not open to every address',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  restsOn: ['placement'],
  scope: 'policy-rule',
  needs: ['net'],
  messages: {
    any: '`{title}` allows every address to reach {ports} of nodes',
    // The API server alone is often meant to be public.
    api: { level: 'warning', text: '`{title}` allows every address to reach {ports} of nodes' },
  },
  *find({ policy: { object, isCalico, isGlobal, policy }, rule: { direction, compiled } }, { facts: { net }, gaveUp }) {
    if (policy === undefined || !isCalico || !isGlobal || direction !== 'ingress') return;
    if (!policy.governs.ingress || !isForHosts(policy, net)) return;
    net.order.gaveUp.dead.forEach(gaveUp);
    const dead = net.order.deadIn(policy).map(({ rule }) => rule);
    for (const rule of compiled) {
      if (rule.action !== 'allow' || dead.includes(rule) || !net.hosts.isAnySource(rule)) continue;
      const open = net.hosts.management.filter(({ port }) => net.hosts.takesPort(rule, port));
      if (open.length === 0) continue;
      const written = rule.source.nets === undefined ? [] : ['source', 'nets'];
      const at = { object, path: [...rule.origin.path, ...written] };
      yield open.every(({ port }) => port === 6443) ? { is: 'api', at, rule, open } : { is: 'any', at, rule, open };
    }
  },
  say: {
    any: ({ rule, open }, { facts: { net } }) => words(rule, open, net),
    api: ({ rule, open }, { facts: { net } }) => words(rule, open, net),
  },
});

type Ports = Facts['net']['hosts']['management'];

function words(rule: NetRule, open: Ports, { order, hosts }: Facts['net']) {
  return {
    title: order.ruleTitle(rule),
    ports: hosts.titles(open),
    hint: 'list the networks of the administrators under `source.nets`',
  };
}

function isForHosts(policy: NetPolicy, net: Facts['net']): boolean {
  const selectsPods = net.policies.subjects(policy).sure.some(({ kind }) => kind === 'pod');
  return net.hosts.isForHosts(policy) || (!selectsPods && selectsHostsByLabel(policy));
}

/** Controllers often create the host endpoints, with a label of their own that has this name. */
function selectsHostsByLabel({ selector }: NetPolicy): boolean {
  return /host-?endpoint/i.test(JSON.stringify(selector));
}
