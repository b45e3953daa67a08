import { type ContainerSubject, defineRule, type FieldPath } from '../../src/lint/rule.ts';

/** A probe that policies deny, under a network plugin that applies policies to traffic from the pod's own node. */
export const rule = defineRule({
  id: 'net/probe-blocked',
  summary: 'The kubelet can reach the ports that it probes',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  restsOn: ['placement', 'no-other-policies'],
  scope: 'container',
  needs: ['net'],
  options: {
    nodeIsFiltered: {
      type: 'boolean',
      default: false,
      description: 'whether the network plugin applies policies to traffic from a node to its own pods; most do not',
    },
  },
  messages: {
    denied:
      'the kubelet cannot reach the {probe} of container `{container}` on port {port}: no policy allows ingress from a node address',
  },
  when: ({ facts: { net }, options }) => options.nodeIsFiltered && net.policies.restrict('ingress'),
  *find(subject, { facts: { net } }) {
    const { pod } = subject;
    const { anyAddress } = net.traffic.strangers;
    const to = net.traffic.podEnd(pod);
    if (to.endpoint === undefined) return;
    for (const { probe, port, path } of probesOf(subject)) {
      if (net.traffic.side('ingress', anyAddress, to, 6, port) !== 'deny') continue;
      const { because } = net.traffic.flow(anyAddress, to, 6, port);
      yield { is: 'denied', at: pod.placeOf(path), because, probe, container: subject.container.name ?? '', port };
    }
  },
  say: {
    denied: ({ probe, container, port }) => ({
      probe,
      container,
      port,
      hint: `allow ingress from the addresses of the nodes to port ${String(port)}`,
    }),
  },
});

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;

interface Probe {
  readonly probe: string;
  readonly port: number;
  readonly path: FieldPath;
}

function probesOf({ container, path }: ContainerSubject): readonly Probe[] {
  return PROBES.flatMap((probe) => {
    const { httpGet, tcpSocket, grpc } = container[probe] ?? {};
    const written = httpGet?.port ?? tcpSocket?.port ?? grpc?.port;
    const port =
      typeof written === 'string' ? container.ports?.find(({ name }) => name === written)?.containerPort : written;
    return port === undefined ? [] : [{ probe, port, path: [...path, probe] }];
  });
}
