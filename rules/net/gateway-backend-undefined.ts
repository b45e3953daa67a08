import { defineCheckRule } from '../../src/lint/rule.ts';

/** A route of the Gateway API that sends requests to a Service, or to a port of it, that is not there or not granted. */
export const rule = defineCheckRule({
  id: 'net/gateway-backend-undefined',
  summary: 'Every backend of a route is a port of a Service that it may name',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  aliases: ['C-0302'],
  scope: 'tree',
  needs: ['net'],
  messages: {
    service:
      '{kind} `{name}` sends requests to Service `{service}` of namespace `{namespace}`, which is not in the tree',
    port: '{kind} `{name}` sends requests to port {port} of Service `{service}`, which has {ports}',
    grant: 'no ReferenceGrant lets {kind} `{name}` send requests to Service `{service}` of namespace `{namespace}`',
  },
  check(_cluster, { facts: { net }, report }) {
    for (const backend of net.backends.ofRoutes) {
      const { object, namePath: path, portPath, namespace, service, port, found } = backend;
      const { kind, name } = object;
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
          { kind, name, service, namespace },
          { hint, ...(meant === undefined ? { atMost: 'warning' } : {}) },
        );
      } else if (port !== undefined && backend.foundPort === undefined && found.type !== 'ExternalName') {
        report({ object, path: portPath }, 'port', { kind, name, port, service, ports: net.services.portsOf(found) });
      } else if (!backend.isGranted) {
        const hint = `add a ReferenceGrant to namespace \`${namespace}\``;
        report({ object, path }, 'grant', { kind, name, service, namespace }, { hint, atMost: 'warning' });
      }
    }
  },
});
