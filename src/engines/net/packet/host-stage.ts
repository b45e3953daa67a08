import { evaluateEndpoint, isNormal, selectTiers, walkTiers } from './evaluate-endpoint.ts';
import type { EndpointVerdict } from './evaluate-endpoint.ts';
import { failsafePortsOf, isFailsafe, isFailsafeReply } from '../objects/failsafe.ts';
import type { Network } from '../model/network.ts';
import type { Direction, Policy } from '../form/normal-form.ts';
import type { Endpoint } from '../form/owner.ts';
import type { Packet } from '../form/packet.ts';
import type { TierPolicies } from '../model/policy-index.ts';

/** Where in a packet's path a host endpoint's policies act. */
export type HostStage = 'untracked' | 'preDNAT' | 'normal' | 'forward';

/** As an endpoint's verdict; `failsafe` ends the hook without marking the packet as accepted for later hooks. */
export interface HostStageVerdict {
  readonly decision: EndpointVerdict['decision'] | 'failsafe';
  readonly steps: EndpointVerdict['steps'];
}

const wanted: Readonly<Record<HostStage, (policy: Policy) => boolean>> = {
  untracked: (policy) => policy.stage === 'untracked',
  preDNAT: (policy) => policy.stage === 'preDNAT',
  normal: isNormal,
  forward: (policy) => isNormal(policy) && policy.applyOnForward,
};

/** The tiers of a host endpoint in one stage and direction; preDNAT policies have no egress. */
export function hostTiers(
  network: Network,
  endpoint: Endpoint,
  stage: HostStage,
  direction: Direction,
): readonly TierPolicies[] {
  if (stage === 'preDNAT' && direction === 'egress') return [];
  return selectTiers(network, endpoint, direction, wanted[stage]);
}

/** Whether a host endpoint has policies in a stage, in whichever direction: without any the stage is not set up. */
export function hasHostStage(network: Network, endpoint: Endpoint, stage: HostStage): boolean {
  return (['ingress', 'egress'] as const).some(
    (direction) => hostTiers(network, endpoint, stage, direction).length > 0,
  );
}

/**
 * What a host endpoint says to a packet in one stage. Failsafe ports come before policy, except for forwarded packets; forwarded
 * packets are accepted where no policy is about them. Mirrors felix/rules/endpoints.go, v3.32.
 */
export function evaluateHostStage(
  network: Network,
  endpoint: Endpoint,
  stage: HostStage,
  direction: Direction,
  packet: Packet,
): HostStageVerdict {
  const ports = failsafePortsOf(network.failsafe, endpoint.node);
  const isSafe =
    stage !== 'forward' &&
    (isFailsafe(ports, direction, packet) || (stage === 'untracked' && isFailsafeReply(ports, direction, packet)));
  if (isSafe) return { decision: 'failsafe', steps: [{ kind: 'failsafe', action: 'allow' }] };
  if (stage === 'normal') return evaluateEndpoint(network, endpoint, direction, packet);
  if (stage === 'forward' && !hasHostStage(network, endpoint, stage)) return { decision: 'allow', steps: [] };
  const tiers = hostTiers(network, endpoint, stage, direction);
  return walkTiers(network, tiers, direction, packet, { endOfTier: stage === 'forward' });
}
