import type { Cluster } from '../../../cluster/index/cluster.ts';
import type { Reason } from '../../verdict.ts';
import type { AddressPair, Outcome } from '../sets/endpoint-traffic.ts';
import { evaluateEndpoint } from '../packet/evaluate-endpoint.ts';
import { evaluateEgress } from '../packet/flow.ts';
import { encapsulationReason, sideReason, stepReason } from './flow-reasons.ts';
import type { Network } from '../model/network.ts';
import type { Direction } from '../form/normal-form.ts';
import type { Endpoint } from '../form/owner.ts';
import type { Packet } from '../form/packet.ts';
import type { WalkStep } from '../packet/policy-walk.ts';
import type { SamplePacket } from '../packet/sample-packet.ts';

/**
 * Who decides packets of one outcome at one end, with the place in the manifest. For an unknown outcome, each that may be the one, as
 * far as one packet of it between one pair of addresses tells.
 */
export function outcomeReasons(
  cluster: Cluster,
  network: Network,
  endpoint: Endpoint,
  direction: Direction,
  outcome: Outcome,
  unknown: { readonly pair: AddressPair; readonly sample: SamplePacket },
): readonly Reason[] {
  const { by } = outcome;
  if (by.kind === 'encapsulation') return [encapsulationReason(endpoint, direction)];
  if (by.kind === 'unknown') {
    const packet = packetBetween(unknown.pair, unknown.sample);
    const evaluate = direction === 'egress' && endpoint.kind === 'pod' ? evaluateEgress : evaluateIngress;
    return sideReason(cluster, network, endpoint, direction, evaluate(network, endpoint, packet));
  }
  return [stepReason(cluster, network, endpoint, direction, stepOf(by, outcome.decision))];
}

/** A packet with both of its addresses. */
export function packetBetween(
  { family, source, destination }: AddressPair,
  { protocol, port, sourcePort, icmp }: SamplePacket,
): Packet {
  return {
    family,
    protocol,
    source: sourcePort === undefined ? source : { ...source, port: sourcePort },
    destination: port === undefined ? destination : { ...destination, port },
    ...(icmp === undefined ? {} : { icmp }),
  };
}

function evaluateIngress(network: Network, endpoint: Endpoint, packet: Packet) {
  return evaluateEndpoint(network, endpoint, 'ingress', packet);
}

function stepOf(
  by: Exclude<Outcome['by'], { readonly kind: 'encapsulation' | 'unknown' }>,
  decision: Outcome['decision'],
): WalkStep {
  switch (by.kind) {
    case 'rule':
    case 'profile':
      return { ...by, action: decision === 'allow' ? 'allow' : 'deny' };
    case 'end-of-tier':
    case 'no-profile-match':
      return { ...by, action: 'deny' };
  }
}
