import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { isSetByOthers, namespaceLabel } from '../objects/calico-selectors.ts';
import { groupBy } from '../../../lang/group-by.ts';
import { record } from '../../../model/json.ts';
import type { ClusterNetwork } from '../model/network-of.ts';
import type { Endpoint } from '../form/owner.ts';
import { labelRequirements } from '../../../lang/calico-selector/label-requirements.ts';
import { requiredValue } from '../../../lang/calico-selector/required-value.ts';
import type { LabelLookup, SelectorNode } from '../../../lang/calico-selector/selector-node.ts';
import { selectorTruth } from '../../../lang/calico-selector/selector-truth.ts';
import { isOneEditAway } from '../../../lang/one-edit-away.ts';
import { once } from '../../../lang/once.ts';

/** One edit of a selector that matches nothing, after which it would match. */
export interface SelectorMiss {
  /** `namespace`: the labels are those of pods in another namespace. */
  readonly edit: 'value' | 'key' | 'namespace';
  /** The key of the label at fault; '' for another namespace. */
  readonly key: string;
  /** `app=wordpres`, or the namespace that was searched. */
  readonly asked: string;
  /** `app=wordpress`, or the namespace that has the pods. */
  readonly there: string;
}

/** Which selectors are one edit away from matching something. */
export interface Misses {
  /** Of a selector over endpoints that matches none of them. */
  ofSelector(selector: SelectorNode): SelectorMiss | undefined;
  /** Of a Service's selector that picks none of the pods of its namespace. */
  ofLabels(namespace: string, labels: ReadonlyMap<string, string>): SelectorMiss | undefined;
}

/** Answers from the pods of a network. */
export function missesOf(known: ClusterNetwork): Misses {
  const endpoints = once(() => known.network.pods.map(candidateOf));
  const byNamespace = once(() => groupBy(endpoints(), ({ namespace }) => namespace));
  const pods = once(() => groupBy(known.pods.map(podCandidate), ({ namespace }) => namespace));
  const byLabel = once(() => labelIndex(endpoints()));
  /** Every endpoint that a selector may match, and few others. */
  const candidatesOf = (selector: SelectorNode): readonly Candidate[] => {
    const namespace = requiredValue(selector, namespaceLabel);
    if (namespace !== undefined) return byNamespace().get(namespace) ?? [];
    const [wanted] = requirements(selector);
    return wanted === undefined ? endpoints() : (byLabel().get(`${wanted.label}=${wanted.value}`) ?? []);
  };
  const memo = new WeakMap<SelectorNode, { readonly miss: SelectorMiss | undefined }>();
  return {
    ofSelector: (selector) => {
      let answer = memo.get(selector);
      if (answer === undefined) {
        const namespace = requiredValue(selector, namespaceLabel);
        const near = namespace === undefined ? endpoints() : (byNamespace().get(namespace) ?? []);
        const miss =
          editedLabel(selector, near) ??
          (namespace === undefined ? undefined : otherNamespace(selector, namespace, candidatesOf));
        memo.set(selector, (answer = { miss }));
      }
      return answer.miss;
    },
    ofLabels: (namespace, labels) => {
      const operands = [...labels].map(([label, value]): SelectorNode => {
        return { kind: 'compare', operator: '==', label, value };
      });
      return editedLabel({ kind: 'and', operands }, pods().get(namespace) ?? []);
    },
  };
}

/** Something that may have been meant, with the labels that are its own. */
interface Candidate {
  readonly namespace: string;
  readonly labels: LabelLookup;
  readonly own: readonly (readonly [string, string])[];
}

function candidateOf(endpoint: Endpoint): Candidate {
  const { object, labels } = endpoint;
  return { namespace: object.namespace, labels, own: ownLabels(object.source) };
}

function podCandidate(source: PodSource): Candidate {
  const own = ownLabels(source);
  return { namespace: source.namespace, labels: new Map(own), own };
}

function ownLabels(source: PodSource | undefined): readonly (readonly [string, string])[] {
  const labels = record(record(source?.pod.metadata).labels);
  return Object.entries(labels).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value] as const] : []));
}

function labelIndex(candidates: readonly Candidate[]): ReadonlyMap<string, readonly Candidate[]> {
  const index = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    for (const [key, value] of candidate.own) {
      const sharing = index.get(`${key}=${value}`);
      if (sharing === undefined) index.set(`${key}=${value}`, [candidate]);
      else sharing.push(candidate);
    }
  }
  return index;
}

interface Requirement {
  readonly node: SelectorNode;
  readonly label: string;
  readonly value: string;
}

function editedLabel(selector: SelectorNode, candidates: readonly Candidate[]): SelectorMiss | undefined {
  for (const { node, label, value } of requirements(selector)) {
    const rest = without(selector, node);
    for (const { labels, own } of candidates) {
      if (selectorTruth(rest, labels) === false) continue;
      const asked = `${label}=${value}`;
      const there = labels.get(label);
      if (there !== undefined && isOneEditAway(value, there)) {
        return { edit: 'value', key: label, asked, there: `${label}=${there}` };
      }
      const meant = own.find(([key, text]) => text === value && key !== label && isSameKey(label, key));
      if (meant !== undefined) return { edit: 'key', key: label, asked, there: `${meant[0]}=${value}` };
    }
  }
  return undefined;
}

/** Names under which an application is known; an instance is one of several of an application. */
const nameKeys = ['app', 'name', 'k8s-app', 'app.kubernetes.io/name'];

function isSameKey(a: string, b: string): boolean {
  return isOneEditAway(a, b) || (nameKeys.includes(a) && nameKeys.includes(b));
}

function otherNamespace(
  selector: SelectorNode,
  namespace: string,
  candidatesOf: (selector: SelectorNode) => readonly Candidate[],
): SelectorMiss | undefined {
  const rest = withoutLabel(selector, namespaceLabel);
  if (requirements(rest).length === 0) return undefined;
  const there = candidatesOf(rest).find(({ labels }) => selectorTruth(rest, labels) === true);
  return there && { edit: 'namespace', key: '', asked: namespace, there: there.namespace };
}

/** The labels of pods that a selector insists on, with the one value that each may have. */
function requirements(selector: SelectorNode): readonly Requirement[] {
  return labelRequirements(selector).flatMap(({ node, label, values = [] }) => {
    const [value, another] = values;
    if (value === undefined || another !== undefined || isSetByOthers(label)) return [];
    return [{ node, label, value }];
  });
}

function without(node: SelectorNode, dropped: SelectorNode): SelectorNode {
  if (node === dropped) return { kind: 'all' };
  return node.kind === 'and' ? { kind: 'and', operands: node.operands.map((each) => without(each, dropped)) } : node;
}

function withoutLabel(node: SelectorNode, label: string): SelectorNode {
  if ('label' in node && node.label === label) return { kind: 'all' };
  return node.kind === 'and' ? { kind: 'and', operands: node.operands.map((each) => withoutLabel(each, label)) } : node;
}
