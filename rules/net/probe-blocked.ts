import { defineCheckRule, type PodSource } from '../../src/lint/rule.ts';

/** A probe that the kubelet may not make, under a plugin that applies policies to what comes from the pod's own node. */
export const rule = defineCheckRule({
  id: 'net/probe-blocked',
  summary: 'The kubelet may reach the ports that it probes',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  options: {
    nodeIsFiltered: {
      type: 'boolean',
      default: false,
      description: 'whether the network plugin applies policies to what a node sends to its own pods; most do not',
    },
  },
  messages: {
    denied: 'the kubelet may not make the {probe} of container `{container}`, port {port}: no rule lets in any address',
  },
  check(_cluster, { facts: { net, cluster }, options, report }) {
    if (!options.nodeIsFiltered) return;
    for (const pod of net.pods.all) {
      const to = net.traffic.podEnd(pod);
      if (to.endpoint === undefined || !cluster.isLinted(pod.owner)) continue;
      for (const { container, probe, port, path } of probesOf(pod)) {
        if (net.traffic.side('ingress', net.traffic.strangers.anyAddress, to, 6, port) !== 'deny') continue;
        report(
          pod.placeOf(path),
          'denied',
          { probe, container, port },
          { because: net.traffic.flow(net.traffic.strangers.anyAddress, to, 6, port).because },
        );
      }
    }
  },
});

interface Probe {
  readonly container: string;
  readonly probe: string;
  readonly port: number;
  readonly path: readonly (string | number)[];
}

function probesOf({ pod }: PodSource): readonly Probe[] {
  const { containers } = (pod.spec ?? {}) as { readonly containers?: readonly Readonly<Record<string, unknown>>[] };
  return (containers ?? []).flatMap((container, index) =>
    ['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((probe): readonly Probe[] => {
      const written = container[probe] as Readonly<Record<string, { readonly port?: unknown } | undefined>> | undefined;
      const port = written?.httpGet?.port ?? written?.tcpSocket?.port ?? written?.grpc?.port;
      const ports = (container.ports ?? []) as readonly { readonly name?: string; readonly containerPort?: number }[];
      const number =
        typeof port === 'number' ? port : ports.find(({ name }) => name === port && name !== undefined)?.containerPort;
      return number === undefined
        ? []
        : [{ container: String(container.name), probe, port: number, path: ['spec', 'containers', index, probe] }];
    }),
  );
}
