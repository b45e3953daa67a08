import { defineRule, type Facts, type PodSource } from '../../src/lint/rule.ts';

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
  needs: ['net', 'cluster'],
  messages: {
    unresolved:
      'no pod of Service `{name}` has a {protocol} port named `{target}`: connections to port {port} are refused',
    // A port that is declared, and that no Service leads to, was meant.
    meant: {
      level: 'warning',
      text: 'no container behind Service `{name}` declares {protocol} port {target}, and no Service leads to port {free}, which is declared',
    },
    // A container may serve ports that it does not declare.
    undeclared: {
      level: 'info',
      text: 'no container behind Service `{name}` declares {protocol} port {target} (declared: {declared})',
    },
  },
  *find({ object, name, namespace, ports, pods }, { facts: { net, cluster } }) {
    const restsOn = [{ on: 'pods-of-namespace', object, namespace }] as const;
    for (const port of ports) {
      const { target, protocol, index } = port;
      const at = { object, path: ['spec', 'ports', index, 'targetPort'] };
      if (pods.length > 0 && typeof target === 'string') {
        if (pods.some((pod) => net.services.targetAt(pod, port) !== undefined)) continue;
        yield { is: 'unresolved', at, restsOn, name, protocol, target, port: port.port };
      } else if (typeof target === 'number') {
        const declared = new Set(pods.flatMap((pod) => net.pods.declaredPorts(pod, protocol)));
        if (declared.size === 0 || declared.has(target)) continue;
        const isSure = !isServed(pods, target) && pods.every(({ owner }) => !cluster.isRepeated(owner));
        const free = !isSure ? undefined : [...declared].find((each) => !leadsTo(net, pods, protocol, each));
        if (free !== undefined) yield { is: 'meant', at, restsOn, name, protocol, target, free };
        else yield { is: 'undeclared', at, restsOn, name, protocol, target, declared: [...declared] };
      }
    }
  },
  say: {
    unresolved: ({ name, protocol, target, port }) => ({
      name,
      protocol,
      target,
      port,
      hint: `name a container port \`${target}\`, or set \`targetPort\` to its number`,
    }),
    meant: ({ name, protocol, target, free }) => ({
      name,
      protocol,
      target,
      free,
      hint: `set \`targetPort: ${String(free)}\`, or declare port ${String(target)} in the container`,
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

/** Whether the pods themselves name a port that they do not declare: in arguments, variables, annotations or probes. */
function isServed(pods: readonly PodSource[], port: number): boolean {
  const named = new RegExp(`(?<!\\d)${String(port)}(?!\\d)`);
  return pods.some(({ pod }) => named.test(JSON.stringify(pod)));
}

/** Whether a Service leads to a port of pods. */
function leadsTo({ services }: Facts['net'], pods: readonly PodSource[], protocol: string, port: number): boolean {
  return services.all.some(
    (service) =>
      service.pods.some((pod) => pods.includes(pod)) &&
      service.ports.some(
        (each) =>
          each.protocol === protocol &&
          pods.some((pod) => each.target === port || services.targetAt(pod, each)?.port === port),
      ),
  );
}
