import type { Cluster } from '../../../cluster/index/cluster.ts';
import { unicastBlocks } from '../../../cluster/pods/pod-blocks.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { AddressSet } from '../../../lang/addresses/address-set.ts';
import { blocksWithout } from '../../../lang/addresses/block-cover.ts';
import { parseAddress, parseCidr } from '../../../lang/addresses/cidr.ts';
import type { Address } from '../../../lang/addresses/cidr.ts';
import { formatAddress, formatCidr } from '../../../lang/addresses/format-address.ts';
import { memo } from '../../../lang/memo.ts';
import { once } from '../../../lang/once.ts';
import { record } from '../../../model/json.ts';
import { networkOf } from '../model/network-of.ts';
import type { Family, ObjectName } from '../form/normal-form.ts';
import { outsideClasses } from '../model/outside-classes.ts';
import type { Endpoint } from '../form/owner.ts';
import { packetEnd, unplacedEnd } from './packet-end.ts';
import type { AddressEnd } from '../form/packet.ts';

/** One end of a flow: the pods of a workload (which are all alike), or an address. */
export interface FlowEnd {
  /** `shop/web (Deployment)`, `192.0.2.1`, `internet`. */
  readonly name: string;
  readonly pod?: PodSource;
  /** What policies act on; absent for a pod on its node's network. */
  readonly endpoint?: Endpoint;
  readonly address?: Address;
}

/** The first packet of a connection between two ends. */
export interface FlowQuestion {
  readonly from: FlowEnd;
  readonly to: FlowEnd;
  /** A number of IANA. */
  readonly protocol: number;
  /** For protocols with ports: the port of the destination (of a pod, not of its Service). */
  readonly port?: number;
  readonly icmp?: { readonly type: number; readonly code: number };
  /** Default: IPv4, where both ends have such an address. */
  readonly family?: Family;
}

/** The end that is a workload's pods. */
export function podFlowEnd(cluster: Cluster, pod: PodSource): FlowEnd {
  const endpoint = networkOf(cluster).endpoints.get(pod);
  return { name: podTitle(pod), pod, ...(endpoint === undefined ? {} : { endpoint }) };
}

/** How a workload's pods are called: `shop/web (Deployment)`, a declared Pod without its kind. */
export function podTitle({ namespace, owner }: PodSource): string {
  const name = `${namespace}/${owner.name === '' ? owner.generateName : owner.name}`;
  return owner.kind === 'Pod' ? name : `${name} (${owner.kind})`;
}

/** How what policies act on is called: a pod as `podTitle` says, one without a manifest and a host endpoint by name. */
export function endpointTitle(object: ObjectName): string {
  // The name of a made pod takes its time: it is not to be read for nothing.
  if (object.source !== undefined) return podTitle(object.source);
  return object.namespace === '' ? object.name : `${object.namespace}/${object.name}`;
}

/** Pods by `NAME`, `NAMESPACE/NAME`, `KIND/NAME` or `NAMESPACE/KIND/NAME` of the pod or of the workload that makes it. */
export function podsNamed(cluster: Cluster, text: string): readonly PodSource[] {
  const [name = '', ...before] = text.split('/').reverse();
  return networkOf(cluster).pods.filter((pod) => {
    const { owner, namespace } = pod;
    if (!before.every((part) => part === namespace || part.toLowerCase() === owner.kind.toLowerCase())) return false;
    return name === owner.name || (mayBeNamed(pod, name) && name === pod.name);
  });
}

/** Whether a name begins as that of a pod, up to where the cluster makes something up: working that out takes its time. */
function mayBeNamed({ pod }: PodSource, name: string): boolean {
  const { name: given, generateName = '' } = record(pod.metadata);
  const shown = typeof given === 'string' && given !== '' ? given : generateName;
  return typeof shown !== 'string' || name.startsWith(shown.replace(/x.*/s, ''));
}

/** The end that is an address; undefined for a text that is none. */
export function addressFlowEnd(text: string): FlowEnd | undefined {
  const address = parseAddress(text);
  return address && { name: formatAddress(address), address };
}

/** Blocks that the internet does not route. */
const privateBlocks = ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16'].flatMap(
  (text) => parseCidr(text)?.cidr ?? [],
);

/** What is left of the unicast addresses. */
const internet = once(() => AddressSet.of(unicastBlocks.flatMap((block) => blocksWithout(block, privateBlocks))));

/**
 * The addresses of the internet, one end for all that no policy can tell apart, the largest set of them first.
 */
export function internetFlowEnds(cluster: Cluster): readonly FlowEnd[] {
  return memo(cluster, findInternet);
}

function findInternet(cluster: Cluster): readonly FlowEnd[] {
  const { network } = networkOf(cluster);
  const classes = outsideClasses(network, 4).flatMap(({ ranges }) => {
    const blocks = ranges.flatMap(({ first, last }) => internet().blocksBetween(first, last));
    const [block] = blocks;
    if (block?.family !== 4) return [];
    const size = blocks.reduce((sum, { bits }) => sum + 2 ** (32 - bits), 0);
    return [{ blocks, size, address: { family: 4, value: block.base } as const }];
  });
  classes.sort((a, b) => b.size - a.size);
  return classes.map(({ blocks, address }, index) => {
    const listed = blocks.slice(0, 3).map(formatCidr).join(', ');
    const more = blocks.length > 3 ? `, and ${blocks.length - 3} more` : '';
    return { name: index === 0 ? 'internet' : `internet (${listed}${more})`, address };
  });
}

/** The end of packets of a family; undefined when it has no address of that family. */
export function endOfFamily(
  cluster: Cluster,
  { address, endpoint, pod }: FlowEnd,
  family: Family,
): AddressEnd | undefined {
  const { network } = networkOf(cluster);
  if (address !== undefined) return address.family === family ? packetEnd(network, address) : undefined;
  if (endpoint === undefined) {
    const within = unicastBlocks.filter((block) => block.family === family);
    const possibleOwners = [...network.hosts, ...network.sets];
    return { address: undefined, owners: [], within, possibleOwners, ...(pod === undefined ? {} : { source: pod }) };
  }
  if (endpoint.nets.length === 0) return unplacedEnd(network, endpoint, family);
  const net = endpoint.nets.find((each) => each.family === family);
  if (net === undefined) return undefined;
  return packetEnd(network, net.family === 4 ? { family: 4, value: net.base } : { family: 6, value: net.base });
}
