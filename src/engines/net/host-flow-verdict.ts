import type { Reason } from '../verdict.ts';
import { defaultInterface, evaluateHostFlow } from './host-flow.ts';
import type { Place } from './host-flow.ts';
import type { HookVerdict } from './host-path.ts';
import type { Network } from './network.ts';
import type { Endpoint } from './owner.ts';
import type { Packet, PacketEnd } from './packet.ts';
import { objectTitle, policyPlace, ruleTitle, writtenOrImplicit } from './policy-words.ts';
import type { WalkStep } from './policy-walk.ts';

/** What the hooks of the nodes say on a packet's way, and who decided at each. */
export interface HostAnswer {
  readonly decision: 'allow' | 'deny' | 'unknown';
  readonly reasons: readonly Reason[];
}

/** Decides a flow of which one end is a node with a host endpoint; undefined for any other. */
export function hostFlowVerdict(network: Network, packet: Packet): HostAnswer | undefined {
  const ends = [packet.source, packet.destination].map(hostOf);
  if (ends.every((host) => host === undefined)) return undefined;
  const { decision, hooks } = evaluateHostFlow(network, packet, placeOf(packet.source), placeOf(packet.destination));
  const reasons = hooks.flatMap((hook) => hookReasons(network, hook));
  return { decision, reasons: decision === 'deny' ? reasons.slice(-1) : reasons };
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

function hookReasons(network: Network, { node, hook, steps }: HookVerdict): readonly Reason[] {
  const step = steps.findLast(({ action }) => action === 'allow' || action === 'deny');
  if (step === undefined) return [];
  const host = network.hosts.find((each) => each.node === node);
  const object = stepObject(step, host);
  if (object === undefined) return [];
  const rule = step.kind === 'rule' ? step.policy.rules[directionOf(hook)][step.index] : undefined;
  const path = rule?.origin.path ?? (step.kind === 'end-of-tier' ? [] : ['spec']);
  const sentence = `${hook} of node ${node}: ${stepWords(step, rule === undefined ? undefined : ruleTitle(rule))}`;
  return [{ object: writtenOrImplicit(object, 'not written'), path, sentence }];
}

function stepObject(step: WalkStep, host: Endpoint | undefined) {
  return step.kind === 'rule' ? step.policy.origin.object : host?.object;
}

/** Which rules of a policy a hook looks at, for the hooks that look at one direction alone. */
function directionOf(hook: HookVerdict['hook']): 'ingress' | 'egress' {
  return hook.endsWith('OUTPUT') || hook === 'mangle POSTROUTING' ? 'egress' : 'ingress';
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
