import { defineCheckRule } from '../../src/lint/rule.ts';

/** An Ingress that sends requests to a Service, or to a port of it, that is not there. */
export const rule = defineCheckRule({
  id: 'net/ingress-backend-undefined',
  summary: 'Every backend of an Ingress is a port of a Service',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  aliases: ['dangling-ingress', 'ingress-targets-service', 'C-0298'],
  scope: 'tree',
  needs: ['net'],
  messages: {
    service: 'Ingress `{name}` sends requests to Service `{service}`, which is not in the tree',
    port: 'Ingress `{name}` sends requests to port {port} of Service `{service}`, which has {ports}',
  },
  check(_cluster, { facts: { net }, report }) {
    for (const backend of net.backends.ofIngresses) {
      const { object, namePath: path, portPath, namespace, service, port, found } = backend;
      if (found === undefined) {
        const meant = net.backends.misspelt(backend);
        if (meant === undefined && (net.backends.mayBeElsewhere(backend) || net.pods.mayHoldMore(namespace))) continue;
        const hint =
          meant === undefined
            ? 'add the Service, or name the file that holds it under `context`'
            : `did you mean \`${meant}\`?`;
        report(
          { object, path },
          'service',
          { name: object.name, service },
          { hint, ...(meant === undefined ? { atMost: 'warning' } : {}) },
        );
      } else if (port !== undefined && backend.foundPort === undefined && found.type !== 'ExternalName') {
        report(
          { object, path: portPath },
          'port',
          { name: object.name, port, service, ports: net.services.portsOf(found) },
          [{ object: found.object, path: ['spec', 'ports'], sentence: 'the ports of the Service' }],
        );
      }
    }
  },
});
