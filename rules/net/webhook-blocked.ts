import { defineCheckRule } from '../../src/lint/rule.ts';

/** A webhook whose pods the API server may not reach. It calls from the network of its node, whose address no manifest says. */
export const rule = defineCheckRule({
  id: 'net/webhook-blocked',
  summary: 'The API server may reach the pods of webhooks',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  messages: {
    denied:
      'the API server may not reach webhook `{name}` at {pods}, port {port}: no rule lets in any address{required}',
  },
  check(_cluster, { facts: { net, cluster }, report }) {
    const { anyAddress } = net.traffic.strangers;
    for (const { object, path, name, targets, isRequired } of net.callers.webhooks) {
      const denied = targets.filter(({ pod, protocol, port }) => {
        const to = net.traffic.podEnd(pod);
        return to.endpoint !== undefined && net.traffic.side('ingress', anyAddress, to, protocol, port) === 'deny';
      });
      const [first] = denied;
      if (first === undefined || denied.length < targets.length) continue;
      const to = net.traffic.podEnd(first.pod);
      const required = isRequired ? ', and requests that it is to judge are refused' : '';
      const atMost = cluster.isTransformed(object) ? 'info' : isRequired ? 'error' : 'warning';
      report(
        { object, path },
        'denied',
        { name, pods: to.name, port: first.port, required },
        {
          because: net.traffic.flow(anyAddress, to, first.protocol, first.port).because,
          hint: 'allow the addresses of the control plane; from its own node alone it may come through',
          atMost,
        },
      );
    }
  },
});
