import { parseAddress } from '../../../lang/addresses/cidr.ts';
import type { JsonObject } from '../../../model/object.ts';
import { buildNetwork } from '../model/build-network.ts';
import type { BuiltNetwork } from '../model/build-network.ts';
import type { WalkStep } from '../packet/evaluate-endpoint.ts';
import { evaluateFlow } from '../packet/flow.ts';
import { packetEnd } from '../packet/packet-end.ts';
import { plainObjects } from '../objects/network-objects.ts';
import type { Network } from '../model/network.ts';
import type { Packet } from '../form/packet.ts';

/** A pod with one address, in a few letters. */
export function pod(namespace: string, name: string, ip: string, labels: Record<string, string> = {}): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name, labels },
    spec: { nodeName: 'node-1', containers: [{ name: 'c', ports: [{ name: 'http', containerPort: 8080 }] }] },
    status: { podIP: ip },
  };
}

export function namespace(name: string, labels: Record<string, string> = {}): JsonObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

export function kubernetesPolicy(namespaceName: string, name: string, spec: JsonObject): JsonObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { namespace: namespaceName, name },
    spec,
  };
}

export function calicoPolicy(
  namespaceName: string,
  name: string,
  spec: JsonObject,
  kind = 'NetworkPolicy',
): JsonObject {
  return { apiVersion: 'projectcalico.org/v3', kind, metadata: { namespace: namespaceName, name }, spec };
}

/** An object of a Calico kind of cluster scope. */
export function calicoGlobal(
  kind: string,
  name: string,
  spec: JsonObject,
  labels: Record<string, string> = {},
): JsonObject {
  return { apiVersion: 'projectcalico.org/v3', kind, metadata: { name, labels }, spec };
}

export function build(objects: readonly JsonObject[]): BuiltNetwork {
  return buildNetwork(plainObjects(objects));
}

/** A packet between two addresses, TCP unless said otherwise. */
export function packet(
  network: Network,
  source: string,
  destination: string,
  port = 80,
  protocol = 6,
  sourcePort = 40000,
): Packet {
  const from = parseAddress(source);
  const to = parseAddress(destination);
  if (from === undefined || to === undefined) throw new Error('not an address');
  return {
    family: from.family,
    protocol,
    source: packetEnd(network, from, sourcePort),
    destination: packetEnd(network, to, port),
  };
}

/** The decision and the deciding steps of a flow, as short texts. */
export function decide(
  objects: readonly JsonObject[],
  source: string,
  destination: string,
  port = 80,
  protocol = 6,
): string[] {
  const { network } = build(objects);
  const verdict = evaluateFlow(network, packet(network, source, destination, port, protocol));
  const steps = [...(verdict.egress?.verdict.steps ?? []), ...(verdict.ingress?.verdict.steps ?? [])];
  return [verdict.decision, ...steps.map(showStep)];
}

/** One step of a walk as a short text: `default/allow-web[0] allow`. */
export function showStep(step: WalkStep): string {
  switch (step.kind) {
    case 'rule':
      return `${step.policy.tier}/${step.policy.name}[${step.index}] ${step.action}`;
    case 'end-of-tier':
      return `${step.tier} ends: ${step.action}`;
    case 'profile':
      return `${step.profile}[${step.index}] ${step.action}`;
    case 'no-profile-match':
    case 'failsafe':
      return `${step.kind} ${step.action}`;
  }
}
