import { defineCheckRule } from '../../src/lint/rule.ts';

/** A port of a Service that leads to no port of its pods. */
export const rule = defineCheckRule({
  id: 'net/target-port-invalid',
  summary: 'Every port of a Service leads to a port of its pods',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  aliases: ['invalid-target-ports', 'container-ports-check'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  messages: {
    name: '`{target}` cannot be the name of a port: the API server refuses Service `{name}`',
    unresolved: 'none of the pods behind Service `{name}` has a {protocol} port named `{target}`',
    undeclared: 'no container behind Service `{name}` declares {protocol} port {target}; they declare {declared}',
  },
  check(_cluster, { facts: { net, cluster }, report }) {
    for (const service of net.services.all) {
      const { object, name, ports, pods } = service;
      if (!cluster.isLinted(object)) continue;
      for (const port of ports) {
        const { target, protocol, index } = port;
        const place = { object, path: ['spec', 'ports', index, 'targetPort'] };
        if (typeof target === 'string' && !isPortName(target)) {
          report(place, 'name', { target, name });
        } else if (pods.length === 0) {
          continue;
        } else if (typeof target === 'string') {
          if (pods.some((pod) => net.services.targetAt(pod, port) !== undefined)) continue;
          report(
            place,
            'unresolved',
            { name, protocol, target },
            { hint: 'name the port of the container so, or give its number' },
          );
        } else {
          const declared = new Set(pods.flatMap((pod) => net.pods.declaredPorts(pod, protocol)));
          if (declared.size === 0 || declared.has(target)) continue;
          // Nobody is obliged to declare the ports that a container serves.
          report(
            place,
            'undeclared',
            { name, protocol, target, declared: [...declared].join(', ') },
            { atMost: 'info' },
          );
        }
      }
    }
  },
});

function isPortName(text: string): boolean {
  return text.length <= 15 && /^(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text);
}
