import { listed } from '../../../lang/listed.ts';
import type { Cluster } from '../../../cluster/index/cluster.ts';
import type { SelectorNode } from '../../../lang/calico-selector/selector-node.ts';
import type { Assumption } from '../../verdict.ts';
import { endCriteria } from '../criteria/criteria.ts';
import type { Doubt } from '../criteria/criterion.ts';
import { accountPrefix, namespaceLabel, namespacePrefix } from '../objects/calico-selectors.ts';
import { isNormal, selectTiers } from '../packet/evaluate-endpoint.ts';
import { podTitle } from '../packet/flow-end.ts';
import type { FlowQuestion } from '../packet/flow-end.ts';
import type { WalkedSide } from './flow-steps.ts';
import { addressMatches } from '../packet/match-rule.ts';
import { evaluateHostStage, hasHostStage } from '../packet/host-stage.ts';
import type { HostStage } from '../packet/host-stage.ts';
import { networkOf } from '../model/network-of.ts';
import type { Network } from '../model/network.ts';
import type { Direction, Family, PeerMatch, Policy } from '../form/normal-form.ts';
import type { Endpoint, Owner } from '../form/owner.ts';
import type { AddressEnd, Packet } from '../form/packet.ts';
import { objectTitle } from './policy-words.ts';

/** What would settle a side that is unknown: each fact that some rule on its way asks for and no manifest says. */
export function flowAssumptions(
  cluster: Cluster,
  { direction, endpoint, verdict }: WalkedSide,
  packet: Packet,
): readonly Assumption[] {
  const { network } = networkOf(cluster);
  const found: Assumption[] = [];
  const uncertain = selectTiers(network, endpoint, direction, isNormal).flatMap((tier) => [...tier.uncertain]);
  for (const step of verdict.steps) {
    if (step.uncertain !== true) continue;
    if (step.kind === 'end-of-tier') {
      for (const policy of uncertain) if (policy.tier === step.tier) found.push(...policyAssumptions(policy, endpoint));
    }
    if (step.kind !== 'rule') continue;
    if (uncertain.includes(step.policy)) found.push(...policyAssumptions(step.policy, endpoint));
    const rule = step.policy.rules[direction][step.index];
    if (rule === undefined) continue;
    found.push(...endAssumptions(network, rule.source, packet.source, packet.family));
    found.push(...endAssumptions(network, rule.destination, packet.destination, packet.family));
  }
  return found;
}

/** Why it is not known whether a policy applies to an endpoint. */
function policyAssumptions({ selector, unsettled = [] }: Policy, endpoint: Endpoint): readonly Assumption[] {
  return [...unsettled.map(valueOf), ...labelsAskedOf(selector, endpoint)];
}

function valueOf(reason: string): Assumption {
  return { sentence: reason, decide: 'write the value (or what is missing) into the manifests' };
}

function endAssumptions(network: Network, match: PeerMatch, end: AddressEnd, family: Family): readonly Assumption[] {
  if (addressMatches(network, match, end, family) !== 'maybe') return [];
  const doubts = endCriteria(match)
    .filter((criterion) => criterion.matchesAddress(end, family, network) === 'maybe')
    .flatMap((criterion) => criterion.doubts(end, network));
  const isPlaceless = doubts.some(({ kind }) => kind === 'address');
  return [...doubts.flatMap((doubt) => ownerAssumptions(doubt)), ...(isPlaceless ? [addressOf(end)] : [])];
}

function ownerAssumptions(doubt: Doubt): readonly Assumption[] {
  if (doubt.kind === 'address') return [];
  if (doubt.kind === 'value') return [valueOf(doubt.reason)];
  return doubt.kind === 'labels' ? labelsAskedOf(doubt.selector, doubt.owner) : [membersOf(doubt.owner)];
}

function labelsAskedOf(selector: SelectorNode, owner: Owner): readonly Assumption[] {
  const labels = new Set<string>();
  collect(selector, labels);
  const asked = [...labels].filter((label) => owner.labels.isUnknown?.(label) === true);
  const ofNamespace = asked.filter((label) => label.startsWith(namespacePrefix));
  const ofAccount = asked.filter((label) => label.startsWith(accountPrefix));
  const namespace = owner.labels.get(namespaceLabel) ?? '';
  const account = owner.labels.get('projectcalico.org/serviceaccount') ?? '';
  return [
    ...(ofNamespace.length === 0 ? [] : [labelsOf('Namespace', namespace, ofNamespace)]),
    ...(ofAccount.length === 0 ? [] : [labelsOf('ServiceAccount', `${namespace}/${account}`, ofAccount)]),
  ];
}

function labelsOf(kind: string, name: string, labels: readonly string[]): Assumption {
  const keys = labels.map((label) => `\`${label.slice(namespacePrefix.length)}\``).join(', ');
  return {
    sentence: `no manifest declares ${kind} \`${name}\`, so that its ${keys.includes(',') ? 'labels' : 'label'} ${keys} ${keys.includes(',') ? 'are' : 'is'} not known`,
    decide: `add the ${kind} \`${name}\` with its labels to the manifests`,
  };
}

function membersOf(owner: Owner): Assumption {
  const title = objectTitle(owner.object);
  if (owner.kind === 'set' && owner.nets.length === 0) {
    return {
      sentence: `${title} has no members in the manifests: they may be written by somebody else`,
      decide: `write its members into \`spec.nets\`, or \`settings.complete: true\` into the configuration`,
    };
  }
  const decide = 'add the IPPool (or `podSubnet` of kubeadm) to the manifests';
  return { sentence: `whether an address that is not known belongs to ${title} is not known`, decide };
}

function addressOf({ owners, source }: AddressEnd): Assumption {
  const pod = owners.find(({ kind }) => kind === 'pod')?.object;
  const made = source ?? pod?.source;
  const name = made === undefined ? `${pod?.namespace ?? ''}/${pod?.name ?? ''}` : podTitle(made);
  return source === undefined
    ? {
        sentence: `the address of ${name} is not known, and a rule asks for blocks of addresses`,
        decide: 'add the IPPool (or `podSubnet` of kubeadm) to the manifests',
      }
    : {
        sentence: `the address of ${name} is that of its node, which no manifest says, and a rule asks for blocks of addresses`,
        decide: 'ask for the address of the node instead',
      };
}

/** Where unknown host endpoints may decide: on a node that is not named. */
export const nodeAssumption: Assumption = {
  sentence: 'host endpoints have policies for what passes a node, and on which node a pod runs is not known',
  decide: 'ask for the address of the node, or write `spec.nodeName` into the pod',
};

/**
 * What is left open because host endpoints may deny a flow on a node that nobody names: a pod on its node's network is behind them, and
 * what other pods send or get passes them where policies are applied to forwarded packets or before their addresses are rewritten.
 * Undefined where no host endpoint would deny it, whichever node it is.
 */
export function hostAssumption(network: Network, { from, to }: FlowQuestion, packet: Packet): Assumption | undefined {
  const ends = [
    { end: from, isSource: true },
    { end: to, isSource: false },
  ];
  const denying = ends.flatMap(({ end: { pod, endpoint }, isSource }) => {
    if (pod === undefined) return [];
    const onNode: readonly Passing[] = isSource
      ? [
          ['untracked', 'egress'],
          ['normal', 'egress'],
        ]
      : [
          ['untracked', 'ingress'],
          ['preDNAT', 'ingress'],
          ['normal', 'ingress'],
        ];
    return network.hosts.filter((host) => mayDeny(network, host, packet, endpoint === undefined ? onNode : forwarded));
  });
  const [host] = denying;
  if (host === undefined) return undefined;
  const names = [...new Set(denying.map(({ object }) => objectTitle(object)))];
  return { ...nodeAssumption, sentence: `${listed(names, 3)} may deny it, and on which node a pod runs is not known` };
}

/** Whether host endpoints have policies for what pods send and get: for forwarded packets, or before addresses are rewritten. */
export function hostsActOnPods(network: Network): boolean {
  return network.hosts.some((host) =>
    network.policies
      .selecting(host)
      .some(({ policies }) =>
        policies.some(({ staged, stage, applyOnForward }) => !staged && (stage !== 'normal' || applyOnForward)),
      ),
  );
}

type Passing = readonly [stage: HostStage, direction: Direction];

/** The stages that a packet between pods and others may pass, on the node that it comes to and the one that it leaves. */
const forwarded: readonly Passing[] = [
  ['untracked', 'ingress'],
  ['untracked', 'egress'],
  ['preDNAT', 'ingress'],
  ['forward', 'ingress'],
  ['forward', 'egress'],
];

function mayDeny(network: Network, host: Endpoint, packet: Packet, passed: readonly Passing[]): boolean {
  return passed.some(([stage, direction]) => {
    if (stage === 'untracked' && host.interfaceName === '*') return false;
    if (stage !== 'normal' && !hasHostStage(network, host, stage)) return false;
    const { decision } = evaluateHostStage(network, host, stage, direction, packet);
    return decision === 'deny' || decision === 'unknown' || isRewritten(stage, decision);
  });
}

/** Before its addresses are rewritten a packet may be to a Service, of which its rules may say something else. */
function isRewritten(stage: HostStage, decision: string): boolean {
  return stage === 'preDNAT' && decision !== 'failsafe';
}

function collect(node: SelectorNode, labels: Set<string>): void {
  if ('label' in node) labels.add(node.label);
  else if (node.kind === 'not') collect(node.operand, labels);
  else if ('operands' in node) for (const operand of node.operands) collect(operand, labels);
}
