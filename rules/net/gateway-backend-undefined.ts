import { defineRule } from '../../src/lint/rule.ts';

/** A route of the Gateway API that sends requests to a Service, or a port of it, that does not exist or that it may not reference. */
export const rule = defineRule({
  id: 'net/gateway-backend-undefined',
  summary: 'Every backend of a route is a Service port that exists and that the route may reference',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  aliases: ['C-0302'],
  scope: 'object',
  kinds: ['gateway.networking.k8s.io/*'],
  needs: ['net'],
  messages: {
    // Nothing like it is written: it may be created elsewhere.
    service: {
      level: 'warning',
      text: '{route} routes to Service `{service}`, which no manifest of namespace `{namespace}` defines',
    },
    misspelt: '{route} routes to Service `{service}`, which no manifest of namespace `{namespace}` defines',
    port: '{route} routes to port {port} of Service `{service}`, which has {ports}',
    // A ReferenceGrant belongs to the other namespace, whose manifests another team may keep.
    grant: {
      level: 'warning',
      text: '{route} cannot route to Service `{service}` of namespace `{namespace}`: no ReferenceGrant there allows it',
    },
  },
  *find(route, { facts: { net } }) {
    for (const backend of net.backends.of(route)) {
      const { kind, namePath, portPath, namespace, service, port, found, foundPort, isGranted } = backend;
      if (kind === 'Ingress' || kind === 'Route') return;
      const at = { object: route, path: namePath };
      if (found === undefined) {
        if (net.backends.mayBeMade(backend)) continue;
        const meant = net.backends.misspelt(backend);
        if (meant !== undefined) yield { is: 'misspelt', at, route, service, namespace, meant };
        else {
          const restsOn = [{ on: 'absence', namespace, kind: 'Service', inDoubt: 'drop' }] as const;
          yield { is: 'service', at, restsOn, route, service, namespace };
        }
      } else if (port !== undefined && foundPort === undefined && found.type !== 'ExternalName') {
        const because = [{ object: found.object, path: ['spec', 'ports'], sentence: 'the ports of the Service' }];
        const restsOn = [{ on: 'field', object: found.object }] as const;
        yield { is: 'port', at: { object: route, path: portPath }, because, restsOn, route, port, found };
      } else if (!isGranted) yield { is: 'grant', at, route, service, namespace };
    }
  },
  say: {
    service: ({ route, service, namespace }) => ({
      route: titleOf(route),
      service,
      namespace,
      hint: 'create the Service, or list the file that defines it under `context`',
    }),
    misspelt: ({ route, service, namespace, meant }) => ({
      route: titleOf(route),
      service,
      namespace,
      hint: `did you mean \`${meant}\`?`,
    }),
    port: ({ route, port, found }, { facts: { net } }) => ({
      route: titleOf(route),
      port,
      service: found.name,
      ports: net.services.portsOf(found),
      hint: 'use a port of the Service, not of its pods',
    }),
    grant: ({ route, service, namespace }) => ({
      route: titleOf(route),
      service,
      namespace,
      hint: `add a ReferenceGrant to namespace \`${namespace}\``,
    }),
  },
});

function titleOf({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `${kind} \`${name}\``;
}
