import { evaluateEndpoint } from './evaluate-endpoint.ts';
import type { EndpointVerdict } from './evaluate-endpoint.ts';
import type { Network } from '../model/network.ts';
import type { Endpoint } from '../form/owner.ts';
import type { Packet, PacketEnd } from '../form/packet.ts';

/** Both halves of a flow: the source's egress, then the destination's ingress. An end that is no endpoint has no half. */
export interface FlowVerdict {
  readonly decision: 'allow' | 'deny' | 'unknown';
  readonly egress?: { readonly endpoint: Endpoint; readonly verdict: EndpointVerdict };
  readonly ingress?: { readonly endpoint: Endpoint; readonly verdict: EndpointVerdict };
}

/** Decides the first packet of a flow at the pods on both ends; each half is evaluated whatever the other one says. */
export function evaluateFlow(network: Network, packet: Packet): FlowVerdict {
  const source = podOf(packet.source);
  const destination = podOf(packet.destination);
  const egress = source && { endpoint: source, verdict: evaluateEgress(network, source, packet) };
  const ingress = destination && {
    endpoint: destination,
    verdict: evaluateEndpoint(network, destination, 'ingress', packet),
  };
  const decisions = [egress, ingress].map((half) => half?.verdict.decision ?? 'allow');
  const isAllowed = decisions.every((decision) => decision === 'allow');
  return {
    decision: decisions.includes('deny') ? 'deny' : isAllowed ? 'allow' : 'unknown',
    ...(egress === undefined ? {} : { egress }),
    ...(ingress === undefined ? {} : { ingress }),
  };
}

/**
 * What a pod's egress policy says. Encapsulated packets that come out of a pod are dropped before any policy: IPIP, and UDP to the
 * port of VXLAN. Mirrors felix/rules/endpoints.go, v3.32, with its default settings.
 */
export function evaluateEgress(network: Network, endpoint: Endpoint, packet: Packet): EndpointVerdict {
  const encapsulated = packet.protocol === 4 || (packet.protocol === 17 && packet.destination.port === 4789);
  if (encapsulated) return { decision: 'deny', steps: [] };
  return evaluateEndpoint(network, endpoint, 'egress', packet);
}

function podOf(end: PacketEnd): Endpoint | undefined {
  return end.owners.find((owner): owner is Endpoint => owner.kind === 'pod');
}
