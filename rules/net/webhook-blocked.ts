import { defineRule } from '../../src/lint/rule.ts';

/** A webhook whose pods the API server cannot reach. It calls from the host network, so that no pod selector matches it. */
export const rule = defineRule({
  id: 'net/webhook-blocked',
  summary: 'The API server can reach the pods of webhooks',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  restsOn: ['placement', 'no-other-policies'],
  scope: 'object',
  kinds: [
    'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
    'admissionregistration.k8s.io/MutatingWebhookConfiguration',
  ],
  needs: ['net'],
  messages: {
    denied:
      'the API server cannot call webhook `{name}` ({pods}, port {port}), because no policy allows ingress from its address: all matching requests are rejected',
    ignored: {
      level: 'warning',
      text: 'the API server cannot call webhook `{name}` ({pods}, port {port}), because no policy allows ingress from its address: matching requests skip the webhook',
    },
  },
  when: ({ facts: { net } }) => net.policies.restrict('ingress'),
  *find(object, { facts: { net } }) {
    const { anyAddress } = net.traffic.strangers;
    for (const { path, name, targets, isRequired } of net.callers.webhooks.filter((each) => each.object === object)) {
      const denied = targets.filter(({ pod, protocol, port }) => {
        const to = net.traffic.podEnd(pod);
        return to.endpoint !== undefined && net.traffic.side('ingress', anyAddress, to, protocol, port) === 'deny';
      });
      const [first] = denied;
      if (first === undefined || denied.length < targets.length) continue;
      const to = net.traffic.podEnd(first.pod);
      const { because } = net.traffic.flow(anyAddress, to, first.protocol, first.port);
      const found = { at: { object, path }, because, name, pods: to.name, port: first.port };
      if (isRequired) yield { is: 'denied', ...found };
      else yield { is: 'ignored', ...found };
    }
  },
  say: {
    denied: ({ name, pods, port }) => ({ name, pods, port, hint }),
    ignored: ({ name, pods, port }) => ({ name, pods, port, hint }),
  },
});

const hint = 'allow ingress from the addresses of the control plane nodes';
