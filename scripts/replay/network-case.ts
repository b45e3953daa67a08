import type { Address, Cidr } from '../../src/lang/addresses/cidr.ts';
import { parseAddress } from '../../src/lang/addresses/cidr.ts';
import { buildNetwork } from '../../src/engines/net/model/build-network.ts';
import { plainObjects } from '../../src/engines/net/objects/network-objects.ts';
import { evaluateFlow } from '../../src/engines/net/packet/flow.ts';
import { packetEnd } from '../../src/engines/net/packet/packet-end.ts';
import type { FlowVerdict } from '../../src/engines/net/packet/flow.ts';
import { evaluateHttp } from '../../src/engines/net/packet/evaluate-http.ts';
import type { HttpRequest } from '../../src/engines/net/packet/evaluate-http.ts';
import { isNormal, selectTiers } from '../../src/engines/net/packet/evaluate-endpoint.ts';
import type { EndpointVerdict, WalkStep } from '../../src/engines/net/packet/evaluate-endpoint.ts';
import type { Network } from '../../src/engines/net/model/network.ts';
import type { Direction, ObjectName, Policy } from '../../src/engines/net/form/normal-form.ts';
import type { Endpoint } from '../../src/engines/net/form/owner.ts';
import type { Packet, PacketEnd } from '../../src/engines/net/form/packet.ts';
import { defaultInterface, evaluateHostFlow } from '../../src/engines/net/packet/host-flow.ts';
import type { Place } from '../../src/engines/net/packet/host-flow.ts';
import { protocolNumbers } from '../../src/engines/net/form/protocol.ts';
import { readKubernetesObject } from '../../src/engines/net/objects/kubernetes-object.ts';
import { readPod } from '../../src/engines/net/objects/read-pod.ts';
import type { JsonObject } from '../../src/model/object.ts';

export interface NetworkCase {
  readonly id: string;
  readonly objects: readonly JsonObject[];
  readonly flows: readonly CaseFlow[];
}

export interface CasePeer {
  readonly pod?: string;
  readonly ip?: string;
  readonly host?: string;
  readonly iface?: string;
}

export interface CaseFlow {
  readonly id: string;
  readonly src: CasePeer;
  readonly dst: CasePeer;
  readonly protocol: string | number;
  readonly srcPort?: number;
  readonly dstPort?: number;
  readonly icmpType?: number;
  readonly icmpCode?: number;
  readonly http?: HttpRequest;
  readonly family?: 4 | 6;
}

/** Answers a case of the network suites: refused objects, flows at both ends, and the order of policies. */
export function answerNetworkCase(question: NetworkCase): unknown {
  const { network, refused } = buildNetwork(plainObjects(question.objects));
  const addresses = podAddresses(question.objects);
  const answer = network.hosts.length > 0 ? answerHostFlow : answerFlow;
  return {
    id: question.id,
    invalid: refused
      .filter((x) => x.by !== 'felix')
      .map((x) => ({ object: shown(x.object), by: x.by, error: x.message })),
    dropped: refused.filter((x) => x.by === 'felix').map((x) => shown(x.object)),
    flows: question.flows.map((flow) => answer(network, addresses, flow)),
    policyOrder: [...network.pods, ...network.hosts].map((endpoint) => policyOrder(network, endpoint)),
  };
}

function answerFlow(network: Network, addresses: ReadonlyMap<string, readonly Address[]>, flow: CaseFlow): unknown {
  const packet = casePacket(network, addresses, flow);
  if (packet === undefined) return { id: flow.id, verdict: 'error' };
  const verdict = evaluateFlow(network, packet);
  return {
    id: flow.id,
    verdict: verdict.decision,
    ...(verdict.egress === undefined ? {} : { egress: half(verdict.egress) }),
    ...(verdict.ingress === undefined ? {} : { ingress: half(verdict.ingress) }),
    ...(flow.http === undefined ? {} : { http: httpAnswers(network, verdict, packet, flow.http) }),
  };
}

function answerHostFlow(network: Network, addresses: ReadonlyMap<string, readonly Address[]>, flow: CaseFlow): unknown {
  const packet = casePacket(network, addresses, flow);
  if (packet === undefined) return { id: flow.id, verdict: 'error' };
  const verdict = evaluateHostFlow(
    network,
    packet,
    place(flow.src, packet.source),
    place(flow.dst, packet.destination),
  );
  return {
    id: flow.id,
    verdict: verdict.decision,
    host: verdict.hooks.map(({ node, hook, decision, steps }) => ({
      node,
      hook,
      verdict: decision,
      ...(steps.length === 0 ? {} : { trace: steps.map(traceStep) }),
    })),
  };
}

/** An address of a pod or host endpoint is that pod, or that node. */
function place(peer: CasePeer, end: PacketEnd): Place {
  const endpoint = end.owners.find((owner): owner is Endpoint => owner.kind !== 'set');
  const interfaceName = peer.iface ?? defaultInterface;
  if (peer.host !== undefined) return { kind: 'node', node: peer.host, interfaceName };
  if (endpoint === undefined) return { kind: 'outside' };
  return endpoint.kind === 'pod'
    ? { kind: 'pod', pod: endpoint }
    : { kind: 'node', node: endpoint.node, interfaceName };
}

function httpAnswers(network: Network, verdict: FlowVerdict, packet: Packet, request: HttpRequest): unknown {
  const answers: Record<string, string> = {};
  for (const direction of ['egress', 'ingress'] as const) {
    const endpoint = verdict[direction]?.endpoint;
    if (endpoint !== undefined) answers[direction] = evaluateHttp(network, endpoint, direction, packet, request);
  }
  return answers;
}

/** The packet that a flow of a case begins with; undefined when an end has no address of the family. */
export function casePacket(
  network: Network,
  addresses: ReadonlyMap<string, readonly Address[]>,
  flow: CaseFlow,
): Packet | undefined {
  const sources = peerAddresses(network, addresses, flow.src);
  const destinations = peerAddresses(network, addresses, flow.dst);
  const families = flow.family === undefined ? ([4, 6] as const) : [flow.family];
  for (const family of families) {
    const source = sources.find((address) => address.family === family);
    const destination = destinations.find((address) => address.family === family);
    if (source === undefined || destination === undefined) continue;
    const protocol = typeof flow.protocol === 'number' ? flow.protocol : (protocolNumbers[flow.protocol] ?? 0);
    return {
      family,
      protocol,
      source: packetEnd(network, source, flow.srcPort),
      destination: packetEnd(network, destination, flow.dstPort),
      ...(flow.icmpType === undefined ? {} : { icmp: { type: flow.icmpType, code: flow.icmpCode ?? 0 } }),
    };
  }
  return undefined;
}

function peerAddresses(
  network: Network,
  addresses: ReadonlyMap<string, readonly Address[]>,
  peer: CasePeer,
): readonly Address[] {
  if (peer.host !== undefined) {
    return network.hosts.filter((host) => host.node === peer.host).flatMap((host) => host.nets.map(addressOf));
  }
  if (peer.pod !== undefined) return addresses.get(peer.pod) ?? [];
  const address = parseAddress(peer.ip ?? '');
  return address === undefined ? [] : [address];
}

/** The addresses of every pod, also of those that are no endpoints. */
export function podAddresses(objects: readonly JsonObject[]): ReadonlyMap<string, readonly Address[]> {
  const addresses = new Map<string, readonly Address[]>();
  for (const json of objects) {
    const object = readKubernetesObject({ json });
    if (object.kind !== 'Pod') continue;
    addresses.set(`${object.namespace}/${object.name}`, readPod(object).addresses.map(addressOf));
  }
  return addresses;
}

function addressOf(net: Cidr): Address {
  return net.family === 4 ? { family: 4, value: net.base } : { family: 6, value: net.base };
}

function half({ endpoint, verdict }: { readonly endpoint: Endpoint; readonly verdict: EndpointVerdict }): unknown {
  return { verdict: verdict.decision, endpoint: shown(endpoint.object), trace: verdict.steps.map(traceStep) };
}

/** A step as the vectors write it. */
export function traceStep(step: WalkStep): unknown {
  switch (step.kind) {
    case 'rule': {
      const { kind, namespace, name, tier } = step.policy;
      return { tier, kind, ...(namespace === '' ? {} : { namespace }), name, rule: step.index, action: step.action };
    }
    case 'end-of-tier':
      return { tier: step.tier, rule: 'end-of-tier', action: step.action };
    case 'profile':
      return { kind: 'Profile', name: step.profile, rule: step.index, action: step.action };
    case 'no-profile-match':
      return { kind: 'Profile', rule: 'no-profile-match', action: step.action };
    case 'failsafe':
      return { rule: 'failsafe', action: step.action };
  }
}

function policyOrder(network: Network, endpoint: Endpoint): unknown {
  const isHost = endpoint.kind === 'host';
  return {
    endpoint: shown(endpoint.object),
    tiers: shownTiers(network, endpoint, isNormal),
    ...(isHost
      ? { forward: shownTiers(network, endpoint, (policy) => isNormal(policy) && policy.applyOnForward) }
      : {}),
    ...(isHost ? { preDNAT: shownTiers(network, endpoint, (policy) => policy.stage === 'preDNAT', 'Pass') } : {}),
    ...(isHost ? { untracked: shownTiers(network, endpoint, (policy) => policy.stage === 'untracked', 'Pass') } : {}),
    profiles: endpoint.profiles,
  };
}

function shownTiers(
  network: Network,
  endpoint: Endpoint,
  wanted: (policy: Policy) => boolean,
  action?: 'Pass',
): unknown[] {
  const directions: readonly Direction[] = ['ingress', 'egress'];
  const selected = directions.map((direction) => selectTiers(network, endpoint, direction, wanted));
  return network.tiers.flatMap((tier) => {
    const lists = selected.map((tiers) => tiers.find((each) => each.tier === tier)?.policies.map(policyName));
    const [ingress, egress] = lists;
    if (ingress === undefined && egress === undefined) return [];
    return {
      tier: tier.name,
      defaultAction: action ?? tier.defaultAction,
      ...(ingress === undefined ? {} : { ingress }),
      ...(egress === undefined ? {} : { egress }),
    };
  });
}

function policyName(policy: Policy): string {
  return [policy.kind, policy.namespace, policy.name].filter((part) => part !== '').join('/');
}

function shown(object: ObjectName): string {
  return [object.kind, object.namespace, object.name].filter((part) => part !== '').join('/');
}
