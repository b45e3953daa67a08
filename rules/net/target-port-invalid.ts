import { defineRule } from '../../src/lint/rule.ts';

/** A port of a Service that leads to no port of its pods. */
export const rule = defineRule({
  id: 'net/target-port-invalid',
  summary: 'Every port of a Service leads to a port of its pods',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  aliases: ['invalid-target-ports', 'container-ports-check'],
  scope: 'service',
  needs: ['net'],
  messages: {
    name: 'the API server rejects Service `{name}`: `{target}` is not a valid port name',
    unresolved:
      'no pod of Service `{name}` has a {protocol} port named `{target}`: connections to port {port} are refused',
    // A container may serve ports that it does not declare.
    undeclared: {
      level: 'info',
      text: 'no container behind Service `{name}` declares {protocol} port {target} (declared: {declared})',
    },
  },
  *find({ object, name, namespace, ports, pods }, { facts: { net } }) {
    const restsOn = [{ on: 'pods-of-namespace', object, namespace }] as const;
    for (const port of ports) {
      const { target, protocol, index } = port;
      const at = { object, path: ['spec', 'ports', index, 'targetPort'] };
      if (typeof target === 'string' && !isPortName(target)) {
        yield { is: 'name', at, name, target };
      } else if (pods.length > 0 && typeof target === 'string') {
        if (pods.some((pod) => net.services.targetAt(pod, port) !== undefined)) continue;
        yield { is: 'unresolved', at, restsOn, name, protocol, target, port: port.port };
      } else if (typeof target === 'number') {
        const declared = new Set(pods.flatMap((pod) => net.pods.declaredPorts(pod, protocol)));
        if (declared.size === 0 || declared.has(target)) continue;
        yield { is: 'undeclared', at, restsOn, name, protocol, target, declared: [...declared] };
      }
    }
  },
  say: {
    name: ({ name, target }) => ({
      name,
      target,
      hint: 'use at most 15 lower-case letters, digits and dashes, at least one of them a letter',
    }),
    unresolved: ({ name, protocol, target, port }) => ({
      name,
      protocol,
      target,
      port,
      hint: `name a container port \`${target}\`, or set \`targetPort\` to its number`,
    }),
    undeclared: ({ name, protocol, target, declared }) => ({
      name,
      protocol,
      target,
      declared: declared.join(', '),
      hint: 'correct `targetPort`, or declare the port in the container',
    }),
  },
});

function isPortName(text: string): boolean {
  return text.length <= 15 && /^(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text);
}
