import { namespaceLabel } from '../../../engines/net/objects/calico-selectors.ts';
import type { Owner } from '../../../engines/net/form/owner.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { requiredValue } from '../../../lang/calico-selector/required-value.ts';
import type { SelectorNode } from '../../../lang/calico-selector/selector-node.ts';
import type { FieldPath } from '../../../text/tree.ts';
import type { SelectorMiss } from '../../../engines/net/analyses/selector-misses.ts';
import { type LabelGap, labelGap } from '../../../engines/net/analyses/label-gap.ts';
import { podFacts, type PodFacts } from './pods.ts';
import { policyFacts, type PolicyFacts } from './policies.ts';
import type { WrittenPeer, WrittenPolicy } from '../../../engines/net/model/written-policies.ts';
import { selectorFacts, type SelectorFacts } from './selectors.ts';
import type { FactContext } from '../fact-context.ts';

/** A selector of a policy that finds no pod on which policies act, and the sharpest thing that can be said of it. */
export interface EmptySelection {
  readonly policy: WrittenPolicy;
  /** Whether it says which pods the policy is for, or is the other end of a rule. */
  readonly role: 'subject' | 'peer';
  readonly path: FieldPath;
  readonly fault: SelectionFault;
}

export type SelectionFault =
  /** What it finds is on its node's network, where no policy sees it. */
  | { readonly kind: 'host-network'; readonly pods: readonly PodSource[] }
  /** No namespace has the label. */
  | { readonly kind: 'namespace-label'; readonly gap: LabelGap }
  /** Two items of a list that were meant to be one. */
  | { readonly kind: 'stray-dash'; readonly other: WrittenPeer; readonly namespace: string }
  /** One edit away from finding something. */
  | { readonly kind: 'near-miss'; readonly miss: SelectorMiss }
  /** There are pods where it looks, and none of them is meant. */
  | { readonly kind: 'nothing'; readonly namespace: string };

/** What selectors match, and what the selectors of policies come to. */
export interface SelectionFacts extends SelectorFacts {
  readonly empty: readonly EmptySelection[];
  /** Those of one policy: of its own selector, then of its peers in order. */
  emptyOf(policy: WrittenPolicy): readonly EmptySelection[];
}

/** Looks at every selector of the written policies; each gives one fault at most. */
export function selectionFacts(context: FactContext): SelectionFacts {
  const asked: Asked = {
    context,
    selectors: selectorFacts(context),
    pods: podFacts(context),
    policies: policyFacts(context),
  };
  const known = new Map<WrittenPolicy, readonly EmptySelection[]>();
  const emptyOf = (policy: WrittenPolicy): readonly EmptySelection[] => {
    let answer = known.get(policy);
    if (answer === undefined) known.set(policy, (answer = [...subject(asked, policy), ...peers(asked, policy)]));
    return answer;
  };
  return {
    ...asked.selectors,
    get empty() {
      return asked.policies.written.flatMap(emptyOf);
    },
    emptyOf,
  };
}

interface Asked {
  readonly context: FactContext;
  readonly selectors: SelectorFacts;
  readonly pods: PodFacts;
  readonly policies: PolicyFacts;
}

function subject(facts: Asked, written: WrittenPolicy): readonly EmptySelection[] {
  const { policy, isCalico, namespace } = written;
  if (policy === undefined) return [];
  const { sure, possible } = facts.policies.subjects(policy);
  if (sure.length + possible.length > 0 || !isSelective(written)) return [];
  if (madeLabels.test(JSON.stringify(written.spec.podSelector ?? written.spec.selector ?? ''))) return [];
  const path = ['spec', isCalico ? 'selector' : 'podSelector'];
  const at = (fault: SelectionFault, where: FieldPath = path): EmptySelection[] => [
    { policy: written, role: 'subject', path: where, fault },
  ];
  const onHost = facts.pods.onHost(policy.selector);
  if (onHost.length > 0) return at({ kind: 'host-network', pods: onHost });
  const gap = labelGap(facts.context.cluster, policy.selector);
  if (gap !== undefined) return at({ kind: 'namespace-label', gap }, ['spec', 'namespaceSelector']);
  const miss = facts.selectors.missOf(policy.selector);
  // A policy is for pods of its own namespace, whatever there is in others.
  if (miss !== undefined && miss.edit !== 'namespace') {
    return at({ kind: 'near-miss', miss }, [...path, ...labelPath(written, miss)]);
  }
  return namespace !== '' && facts.pods.areKnown(namespace) ? at({ kind: 'nothing', namespace }) : [];
}

/** A policy for every pod of its namespace needs none: it is there for those to come. */
function isSelective({ spec, isCalico }: WrittenPolicy): boolean {
  if (isCalico) {
    const texts = [spec.selector, spec.serviceAccountSelector, spec.namespaceSelector];
    return texts.some((text) => typeof text === 'string' && text !== '' && text !== 'all()');
  }
  return hasCriteria(spec.podSelector);
}

/** Labels that controllers give to pods, which no manifest shows. */
const madeLabels =
  /\b(?:statefulset\.kubernetes\.io\/pod-name|apps\.kubernetes\.io\/pod-index|pod-template-hash|controller-revision-hash|controller-uid|job-name|batch\.kubernetes\.io\/[\w-]+)\b/;

function hasCriteria(selector: unknown): boolean {
  if (typeof selector !== 'object' || selector === null) return false;
  return Object.values(selector).some(
    (each) => typeof each === 'object' && each !== null && Object.keys(each as object).length > 0,
  );
}

function peers(facts: Asked, written: WrittenPolicy): readonly EmptySelection[] {
  return written.rules.flatMap((rule) =>
    rule.peers.flatMap((peer, index): readonly EmptySelection[] => {
      const selector = peer.match?.selector;
      if (selector === undefined || facts.selectors.isFound(selector) || madeLabels.test(JSON.stringify(peer.value)))
        return [];
      const neighbours = [rule.peers[index - 1], rule.peers[index + 1]].filter((each) => each !== undefined);
      const found = peerFault(facts, written, peer, selector, neighbours);
      return found === undefined ? [] : [{ policy: written, role: 'peer', path: found.path, fault: found.fault }];
    }),
  );
}

function peerFault(
  facts: Asked,
  written: WrittenPolicy,
  peer: WrittenPeer,
  selector: SelectorNode,
  neighbours: readonly WrittenPeer[],
): { readonly fault: SelectionFault; readonly path: FieldPath } | undefined {
  const key = written.isCalico ? 'selector' : 'podSelector';
  const path = [...peer.path, peer.value[key] === undefined ? 'namespaceSelector' : key];
  const gap = labelGap(facts.context.cluster, selector);
  if (gap !== undefined) return { fault: { kind: 'namespace-label', gap }, path: [...peer.path, 'namespaceSelector'] };
  const onHost = facts.pods.onHost(selector);
  if (onHost.length > 0) return { fault: { kind: 'host-network', pods: onHost }, path };
  const miss = facts.selectors.missOf(selector);
  if (miss?.edit === 'namespace' && !written.isCalico) {
    const other = neighbours.find((each) => isNamespaceAlone(each) && findsIn(facts, each, miss.there));
    if (other !== undefined) return { fault: { kind: 'stray-dash', other, namespace: miss.there }, path };
  }
  if (miss !== undefined) return { fault: { kind: 'near-miss', miss }, path: [...path, ...labelPath(written, miss)] };
  const namespace = requiredValue(selector, namespaceLabel);
  const isSelected = written.isCalico || hasCriteria(peer.value.podSelector);
  if (namespace === undefined || !isSelected || !facts.pods.areKnown(namespace)) return undefined;
  return { fault: { kind: 'nothing', namespace }, path };
}

function isNamespaceAlone({ value }: WrittenPeer): boolean {
  return value.namespaceSelector !== undefined && value.podSelector === undefined;
}

function findsIn({ selectors }: Asked, { match }: WrittenPeer, namespace: string): boolean {
  if (match?.selector === undefined) return false;
  const inside = (owner: Owner): boolean => owner.labels.get(namespaceLabel) === namespace;
  return selectors.matched(match.selector).sure.some(inside);
}

/** From a selector to the label at fault. */
function labelPath({ isCalico }: WrittenPolicy, { key }: SelectorMiss): FieldPath {
  return isCalico || key === '' ? [] : ['matchLabels', key];
}
