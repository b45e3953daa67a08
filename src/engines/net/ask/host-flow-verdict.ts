import type { Reason, Step } from '../../verdict.ts';
import { selectTiers, isNormal } from '../packet/evaluate-endpoint.ts';
import { endpointTitle } from '../packet/flow-end.ts';
import { sideSteps } from '../words/flow-steps.ts';
import { defaultInterface, evaluateHostFlow } from '../packet/host-flow.ts';
import type { Place } from '../packet/host-flow.ts';
import type { HookPart, HookVerdict } from '../packet/host-path.ts';
import { hostTiers } from '../packet/host-stage.ts';
import type { Network } from '../model/network.ts';
import type { Endpoint } from '../form/owner.ts';
import type { Packet, PacketEnd } from '../form/packet.ts';
import { objectTitle, policyPlace, ruleTitle, writtenOrImplicit } from '../words/policy-words.ts';
import type { WalkStep } from '../packet/policy-walk.ts';

/** What the hooks of the nodes say on a packet's way, and who decided at each. */
export interface HostAnswer {
  readonly decision: 'allow' | 'deny' | 'unknown';
  readonly reasons: readonly Reason[];
  /** Hook by hook, up to the first that denies it. */
  readonly steps: readonly Step[];
}

/** Decides a flow of which one end is a node with a host endpoint; undefined for any other. */
export function hostFlowVerdict(network: Network, packet: Packet): HostAnswer | undefined {
  const ends = [packet.source, packet.destination].map(hostOf);
  if (ends.every((host) => host === undefined)) return undefined;
  const { decision, hooks } = evaluateHostFlow(network, packet, placeOf(packet.source), placeOf(packet.destination));
  const reasons = hooks.flatMap((hook) => hook.parts.flatMap((part) => partReasons(hook, part)));
  return {
    decision,
    reasons: decision === 'deny' ? reasons.slice(-1) : reasons,
    steps: hooks.map((hook) => hookStep(network, hook, packet)),
  };
}

function hostOf({ owners }: PacketEnd): Endpoint | undefined {
  return owners.find((owner): owner is Endpoint => owner.kind === 'host');
}

function placeOf(end: PacketEnd): Place {
  const host = hostOf(end);
  if (host !== undefined) {
    const isNamed = host.interfaceName !== '' && host.interfaceName !== '*';
    return { kind: 'node', node: host.node, interfaceName: isNamed ? host.interfaceName : defaultInterface };
  }
  const pod = end.owners.find((owner): owner is Endpoint => owner.kind === 'pod');
  return pod === undefined ? { kind: 'outside' } : { kind: 'pod', pod };
}

function partReasons({ node, hook }: HookVerdict, { endpoint, direction, steps }: HookPart): readonly Reason[] {
  const step = steps.findLast(({ action }) => action === 'allow' || action === 'deny');
  if (step === undefined) return [];
  const object = step.kind === 'rule' ? step.policy.origin.object : endpoint.object;
  const rule = step.kind === 'rule' ? step.policy.rules[direction][step.index] : undefined;
  const path = rule?.origin.path ?? (step.kind === 'end-of-tier' ? [] : ['spec']);
  const sentence = `${hook} of node ${node}: ${stepWords(step, rule === undefined ? undefined : ruleTitle(rule))}`;
  return [{ object: writtenOrImplicit(object, 'not written'), path, sentence }];
}

function stepWords(step: WalkStep, rule: string | undefined): string {
  const verb = step.action === 'allow' ? 'allows' : 'denies';
  switch (step.kind) {
    case 'rule':
      return `${rule ?? objectTitle(step.policy.origin.object)} ${verb} it (${policyPlace(step.policy)})`;
    case 'end-of-tier':
      return `no rule of tier ${step.tier} matches, and its end ${verb} it`;
    case 'profile':
      return `profile ${step.profile} ${verb} it`;
    case 'no-profile-match':
      return 'a host endpoint drops what no policy allows';
    case 'failsafe':
      return 'a failsafe port is always allowed';
  }
}

const outcomes = { allow: 'passed', deny: 'failed', continue: 'skipped', unknown: 'noted' } as const;
const words = { allow: 'allowed', deny: 'denied', continue: 'no say', unknown: 'unknown' } as const;
const stages = { untracked: 'doNotTrack', preDNAT: 'preDNAT', normal: 'normal', forward: 'applyOnForward' } as const;

function hookStep(network: Network, { node, hook, decision, parts }: HookVerdict, packet: Packet): Step {
  return {
    sentence: `${hook} of node ${node}: ${words[decision]}`,
    outcome: outcomes[decision],
    steps: parts.map((part) => partStep(network, part, packet)),
  };
}

/** The walk through one endpoint's policies at a hook. */
function partStep(network: Network, { endpoint, stage, direction, decision, steps }: HookPart, packet: Packet): Step {
  const verdict = { decision, steps };
  const isPod = stage === 'pod';
  const tiers = isPod
    ? selectTiers(network, endpoint, direction, isNormal)
    : hostTiers(network, endpoint, stage, direction);
  const walked = sideSteps(network, { direction, endpoint, verdict }, packet, tiers);
  const asked = isPod ? endpointTitle(endpoint.object) : `host endpoint ${endpoint.object.name}`;
  const policies = isPod ? '' : `, ${stages[stage]} policies`;
  const sentence = `${direction} at ${asked}${policies}: ${words[decision]}`;
  if (steps.some(({ kind }) => kind === 'failsafe')) {
    return { sentence: `${sentence} (a failsafe port)`, outcome: outcomes[decision] };
  }
  return { ...walked, sentence, outcome: outcomes[decision] };
}
