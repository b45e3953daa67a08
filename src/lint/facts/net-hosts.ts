import type { Cluster } from '../../cluster/cluster.ts';
import { record } from '../../cluster/controller-pods.ts';
import { unicastBlocks } from '../../cluster/pod-blocks.ts';
import { TrafficEvaluator } from '../../engines/net/endpoint-traffic.ts';
import { failsafePorts } from '../../engines/net/failsafe.ts';
import type { Network } from '../../engines/net/network.ts';
import type { Family, Policy, Rule } from '../../engines/net/normal-form.ts';
import type { Endpoint } from '../../engines/net/owner.ts';
import type { AddressEnd } from '../../engines/net/packet.ts';
import { packetEnd } from '../../engines/net/packet-end.ts';
import { sharedPeers } from '../../engines/net/peers.ts';
import { blocksHold } from '../../lang/block-cover.ts';
import { parseCidr } from '../../lang/cidr.ts';
import type { Cidr } from '../../lang/cidr.ts';
import { portRangesContain } from '../../lang/port-range.ts';
import { valueAt } from '../../lang/traffic/diagram.ts';
import { plainJson } from '../../model/object-value.ts';
import type { ManifestObject } from '../../model/object.ts';
import { once } from './once.ts';

/** A port by which nodes are managed. */
export interface ManagementPort {
  readonly name: string;
  readonly port: number;
}

/** Questions about host endpoints. */
export interface HostFacts {
  readonly hosts: readonly Endpoint[];
  /** Whether a policy is for host endpoints: it selects one of the tree, or asks for one of their stages. */
  isForHosts(policy: Policy): boolean;
  /** The ports by which nodes are managed. */
  readonly management: readonly ManagementPort[];
  /** Whether a rule takes every address of a family as its source. */
  isAnySource(rule: Rule): boolean;
  /** Whether a rule takes TCP packets to a port. */
  takesPort(rule: Rule, port: number): boolean;
  /** Whether somebody may come in at a TCP port of a host endpoint by policy; `unknown` where that hangs on what is not known. */
  isOpen(host: Endpoint, port: number): boolean | 'unknown';
  /** Whether felix keeps an incoming TCP port open, whatever the policies say. */
  isFailsafe(port: number): boolean;
  /** Where that was changed. */
  readonly failsafeSetting: ManifestObject | undefined;
}

const management: readonly ManagementPort[] = [
  { name: 'SSH', port: 22 },
  { name: 'the API server', port: 6443 },
  { name: 'the kubelet', port: 10250 },
  { name: 'etcd', port: 2379 },
  { name: 'the peers of etcd', port: 2380 },
];

const everyAddress: Readonly<Record<Family, readonly Cidr[]>> = { 4: blocks('0.0.0.0/0'), 6: blocks('::/0') };

/** Answers by evaluating host endpoints for every other end that the network can tell apart. */
export function hostFacts(cluster: Cluster, network: Network): HostFacts {
  const evaluator = once(() => new TrafficEvaluator(network));
  const peers = once(() => ([4, 6] as const).map((family) => ({ family, peers: sharedPeers(network, family) })));
  const failsafe = once(() => failsafeSetting(cluster));
  const open = (host: Endpoint, port: number): boolean | 'unknown' => {
    let answer: boolean | 'unknown' = false;
    for (const { family, peers: all } of peers()) {
      for (const { end } of all.all) {
        const pair = { family, source: end, destination: hostEnd(network, host, family) };
        const { decision } = valueAt(evaluator().endpoint(host, 'ingress', pair), [6, port, 40_000]);
        if (decision === 'allow') return true;
        if (decision === 'unknown') answer = 'unknown';
      }
    }
    return answer;
  };
  return {
    hosts: network.hosts,
    management,
    isForHosts: (policy) =>
      policy.stage !== 'normal' ||
      policy.applyOnForward ||
      network.hosts.some((host) => network.owners.isMatched(policy.selector, host)),
    isAnySource: ({ source: { selector, notSelector, nets, notNets, service } }) =>
      selector === undefined &&
      notSelector === undefined &&
      notNets === undefined &&
      service === undefined &&
      (nets === undefined || ([4, 6] as const).some((family) => blocksHold(nets, everyAddress[family]) === true)),
    takesPort: ({ protocol, notProtocol, destination: { ports, notPorts } }, port) =>
      (protocol === undefined || protocol === 6) &&
      notProtocol !== 6 &&
      (ports === undefined || portRangesContain(ports.ranges, port)) &&
      (notPorts === undefined || !portRangesContain(notPorts.ranges, port)),
    isOpen: open,
    isFailsafe: (port) => failsafe().ports.has(port),
    get failsafeSetting() {
      return failsafe().object;
    },
  };
}

/** A host endpoint as an end of packets; one that is known by its interface only has addresses that nobody knows. */
function hostEnd(network: Network, host: Endpoint, family: Family): AddressEnd {
  const net = host.nets.find((each) => each.family === family);
  if (net !== undefined)
    return packetEnd(network, net.family === 4 ? { family: 4, value: net.base } : { family: 6, value: net.base });
  return { address: undefined, owners: [host], within: unicastBlocks.filter((block) => block.family === family) };
}

function failsafeSetting(cluster: Cluster): { readonly ports: ReadonlySet<number>; readonly object?: ManifestObject } {
  const groups = ['projectcalico.org', 'crd.projectcalico.org'];
  for (const object of cluster.objects) {
    if (object.kind !== 'FelixConfiguration' || !groups.includes(object.group) || object.name !== 'default') continue;
    const { failsafeInboundHostPorts: written } = record(record(plainJson(object.node)).spec);
    if (!Array.isArray(written)) continue;
    const ports = written.flatMap((item) => {
      const { protocol, port } = record(item);
      const isTcp = protocol === undefined || (typeof protocol === 'string' && protocol.toUpperCase() === 'TCP');
      return isTcp && typeof port === 'number' ? [port] : [];
    });
    return { ports: new Set(ports), object };
  }
  const ports = failsafePorts.ingress.flatMap(({ protocol, port }) => (protocol === 6 ? [port] : []));
  return { ports: new Set(ports) };
}

function blocks(text: string): readonly Cidr[] {
  const parsed = parseCidr(text);
  return parsed === undefined ? [] : [parsed.cidr];
}
