import { isUnconditional } from '../criteria/criteria.ts';
import { isSetByOthers, namespaceLabel, namespacePrefix } from '../objects/calico-selectors.ts';
import { namespaceProfileName } from '../objects/kubernetes-profiles.ts';
import type { Network } from '../model/network.ts';
import type { Direction, Policy, Rule } from '../form/normal-form.ts';
import type { Endpoint } from '../form/owner.ts';
import { selectorTruth } from '../../../lang/calico-selector/selector-truth.ts';
import type { LabelLookup, SelectorNode } from '../../../lang/calico-selector/selector-node.ts';
import type { Truth } from '../../../lang/truth.ts';

/** What policies do to pods that need not be in the tree: those of the system, and those of anybody. */
export interface SystemPods {
  /** The namespaces of Kubernetes and of Calico whose pods, whatever they are, a global policy leaves only what it allows itself. */
  closedNamespaces(policy: Policy): readonly string[];
  /** Whether a policy selects the pods of kube-system, whatever they are: every cluster has some. */
  covers(policy: Policy): boolean;
  /** Whether a policy leaves a pod or host endpoint only what it allows itself, and no other policy is there for it. */
  closes(policy: Policy, endpoint: Endpoint): boolean;
  /** Whether a rule matches all packets. */
  isForAll(rule: Rule): boolean;
  /** The label that a pod of any namespace must have for a selector to match it; undefined if the selector requires more than a label. */
  trustedLabel(selector: SelectorNode): string | undefined;
}

/** What the operator of Calico makes; a cluster that has one of them has all. */
const operatorNamespaces = ['calico-system', 'calico-apiserver', 'tigera-operator'];
const directions: readonly Direction[] = ['ingress', 'egress'];

/** Answers by asking selectors about pods of which only the namespace is known. */
export function systemPods(network: Network): SystemPods {
  const inForce = network.tiers.flatMap(({ policies }) => policies.filter((each) => !each.staged));
  const anybody = podOf(network, undefined);
  const isGeneral = (policy: Policy): boolean => selectorTruth(policy.selector, anybody) === true;
  const hasException = (policy: Policy, direction: Direction, selects: (selector: SelectorNode) => Truth): boolean =>
    inForce.some(
      (other) =>
        other !== policy &&
        other.governs[direction] &&
        (opensTier(policy, other, direction) ||
          (other.rules[direction].some(({ action }) => action === 'allow' || action === 'pass') &&
            !isGeneral(other))) &&
        selects(other.selector) !== false,
    );
  const closed = (policy: Policy, selects: (selector: SelectorNode) => Truth): boolean =>
    directions.some(
      (direction) => leavesNothing(network, policy, direction) && !hasException(policy, direction, selects),
    );
  const selectsIn =
    (labels: LabelLookup) =>
    (selector: SelectorNode): Truth =>
      selectorTruth(selector, labels);
  return {
    closedNamespaces: (policy) => {
      // It is not known which pods it is for, or what it does to them.
      if (policy.unsettled !== undefined) return [];
      const named = ['kube-system', ...operatorNamespaces];
      const covered = named.filter((name) => selectorTruth(policy.selector, podOf(network, name)) === true);
      const spared = operatorNamespaces.filter((name) => !covered.includes(name));
      const isThere = (name: string): boolean =>
        name === 'kube-system' || spared.length > 0 || network.profiles.has(namespaceProfileName(name));
      return covered.filter((name) => isThere(name) && closed(policy, selectsIn(podOf(network, name))));
    },
    covers: ({ selector }) => selectorTruth(selector, podOf(network, 'kube-system')) === true,
    closes: (policy, endpoint) =>
      // A policy that asks for labels of the endpoint itself was written with it in mind.
      policy.unsettled === undefined &&
      selectorTruth(policy.selector, unlabelled(endpoint)) === true &&
      network.owners.isMatched(policy.selector, endpoint) &&
      closed(policy, (selector) => network.owners.matches(selector, endpoint)),
    isForAll: isUnconditional,
    trustedLabel,
  };
}

/** Whether another policy of the same tier lets through whatever is left, so that the tier does not end in its default action. */
function opensTier(policy: Policy, other: Policy, direction: Direction): boolean {
  const isOpen = ({ action }: Rule): boolean => action === 'allow' || action === 'pass';
  return (
    other.tier === policy.tier &&
    other.stage === policy.stage &&
    !policy.rules[direction].some((rule) => rule.action === 'deny' && isUnconditional(rule)) &&
    other.rules[direction].some((rule) => isOpen(rule) && isUnconditional(rule))
  );
}

/** Whether a policy, as far as it is about a direction, lets nothing through but what its own rules name. */
function leavesNothing(network: Network, policy: Policy, direction: Direction): boolean {
  if (!policy.governs[direction] || policy.stage !== 'normal') return false;
  const tier = network.tiers.find(({ name }) => name === policy.tier);
  const [decisive] = policy.rules[direction].filter((rule) => rule.action !== 'log' && isUnconditional(rule));
  return decisive === undefined ? tier?.defaultAction !== 'Pass' : decisive.action === 'deny';
}

/** A pod of which only the namespace is known, or not even that. */
function podOf(network: Network, namespace: string | undefined): LabelLookup {
  const profile = namespace === undefined ? undefined : network.profiles.get(namespaceProfileName(namespace));
  const isDeclared = profile !== undefined && profile.openPrefix === undefined;
  const known = new Map<string, string>([['projectcalico.org/orchestrator', 'k8s']]);
  if (namespace !== undefined) {
    known.set(namespaceLabel, namespace);
    known.set(`${namespacePrefix}projectcalico.org/name`, namespace);
    known.set(`${namespacePrefix}kubernetes.io/metadata.name`, namespace);
  }
  for (const [key, value] of profile?.labels ?? []) known.set(key, value);
  const isSettled = (name: string): boolean =>
    known.has(name) || (isDeclared && name.startsWith(namespacePrefix)) || name === namespaceLabel;
  return {
    // An unknown pod is in some namespace, whatever its name.
    get: (name) => known.get(name) ?? (name === namespaceLabel ? '' : undefined),
    isUnknown: (name) => !isSettled(name),
  };
}

/** An endpoint without the labels that are its own. */
function unlabelled({ labels }: Endpoint): LabelLookup {
  return { get: (name) => (isSetByOthers(name) ? labels.get(name) : undefined) };
}

/** One of the labels that a selector requires of pods themselves, if it requires nothing else. */
function trustedLabel(selector: SelectorNode): string | undefined {
  const operands = selector.kind === 'and' ? selector.operands : [selector];
  let found: string | undefined;
  for (const operand of operands) {
    if (operand.kind === 'all' || (operand.kind === 'has' && operand.label === namespaceLabel)) continue;
    if (operand.kind === 'compare' && operand.label === 'projectcalico.org/orchestrator') continue;
    if (labelsIn(operand).some(isSetByOthers)) return undefined;
    if (operand.kind === 'compare' && operand.operator === '==') found ??= `${operand.label}=${operand.value}`;
    else if (operand.kind === 'in') found ??= `${operand.label}=${operand.values.join('|')}`;
    else if (operand.kind === 'has') found ??= operand.label;
  }
  return found;
}

function labelsIn(node: SelectorNode): readonly string[] {
  if ('label' in node) return [node.label];
  if (node.kind === 'not') return labelsIn(node.operand);
  return 'operands' in node ? node.operands.flatMap(labelsIn) : [];
}
