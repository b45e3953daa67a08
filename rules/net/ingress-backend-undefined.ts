import { defineRule } from '../../src/lint/rule.ts';

/** An Ingress that sends requests to a Service, or to a port of it, that does not exist. */
export const rule = defineRule({
  id: 'net/ingress-backend-undefined',
  summary: 'Every backend of an Ingress is a Service port that exists',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  aliases: ['dangling-ingress', 'ingress-targets-service', 'C-0298'],
  scope: 'ingress',
  needs: ['net'],
  messages: {
    // Nothing like it is written: it may be created elsewhere.
    service: {
      level: 'warning',
      text: 'Ingress `{name}` routes to Service `{service}`, which no manifest of namespace `{namespace}` defines',
    },
    misspelt: 'Ingress `{name}` routes to Service `{service}`, which no manifest of namespace `{namespace}` defines',
    port: 'Ingress `{name}` routes to port {port} of Service `{service}`, which has {ports}',
  },
  *find({ object }, { facts: { net } }) {
    const { name } = object;
    for (const backend of net.backends.of(object)) {
      const { namePath, portPath, namespace, service, port, found, foundPort } = backend;
      const at = { object, path: namePath };
      if (found === undefined) {
        if (net.backends.mayBeMade(backend)) continue;
        const meant = net.backends.misspelt(backend);
        if (meant !== undefined) yield { is: 'misspelt', at, name, service, namespace, meant };
        else {
          const restsOn = [
            { on: 'absence', namespace, kind: 'Service', inDoubt: 'drop' },
            { on: 'division', kind: 'Service', name: service },
          ] as const;
          yield { is: 'service', at, restsOn, name, service, namespace };
        }
      } else if (port !== undefined && foundPort === undefined && found.type !== 'ExternalName') {
        const because = [{ object: found.object, path: ['spec', 'ports'], sentence: 'the ports of the Service' }];
        const restsOn = [{ on: 'field', object: found.object }] as const;
        yield { is: 'port', at: { object, path: portPath }, because, restsOn, name, port, found };
      }
    }
  },
  say: {
    service: ({ name, service, namespace }) => ({
      name,
      service,
      namespace,
      hint: 'create the Service, or list the file that defines it under `context`',
    }),
    misspelt: ({ name, service, namespace, meant }) => ({
      name,
      service,
      namespace,
      hint: `did you mean \`${meant}\`?`,
    }),
    port: ({ name, port, found }, { facts: { net } }) => ({
      name,
      port,
      service: found.name,
      ports: net.services.portsOf(found),
      hint: 'use a port of the Service, not of its pods',
    }),
  },
});
