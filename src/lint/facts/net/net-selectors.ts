import type { Cluster } from '../../../cluster/index/cluster.ts';
import { namespacesOf } from '../../../cluster/stored/existing.ts';
import { accountPrefix, namespaceLabel, namespacePrefix } from '../../../engines/net/objects/calico-selectors.ts';
import { LabelSets } from '../../../engines/net/model/label-sets.ts';
import type { Network } from '../../../engines/net/model/network.ts';
import { InheritedLabels, type Owner } from '../../../engines/net/form/owner.ts';
import { SetPool } from '../../../engines/net/model/set-pool.ts';
import type { BitSet } from '../../../lang/bit-set.ts';
import { blocksHold } from '../../../lang/block-cover.ts';
import type { Cidr } from '../../../lang/cidr.ts';
import { requiredValue } from '../../../lang/calico-selector/required-value.ts';
import { selectorMatches } from '../../../lang/calico-selector/selector-matches.ts';
import type { SelectorNode } from '../../../lang/calico-selector/selector-node.ts';
import { nearest } from '../../../lang/nearest.ts';
import { once } from '../once.ts';

/** What a selector matches: for certain, and as far as the manifests do not say. */
export interface Selected {
  readonly sure: readonly Owner[];
  readonly possible: readonly Owner[];
}

/** One change of a selector that would make it match something. */
export interface NearMiss {
  /** What the selector asks for, without the engine's prefixes: `app=wordpres`. */
  readonly asked: string;
  /** What is there instead: `app=wordpress`. */
  readonly there: string;
  /** Whether the label is one of a namespace, an account, or of the pod or other endpoint itself. */
  readonly of: 'namespace' | 'account' | 'endpoint';
  /** What it would match. */
  readonly matches: readonly Owner[];
}

/** Questions about selectors in their compiled form (policies' and peers' alike). */
export interface NetSelectors {
  /** Which pods, host endpoints and network sets a selector matches. */
  matched(selector: SelectorNode): Selected;
  /** Whether a selector matches any of them, or may. */
  isFound(selector: SelectorNode): boolean;
  /** Whether a selector matches an endpoint, or may. */
  mayMatch(selector: SelectorNode, endpoint: Owner): boolean;
  /** Whether two lists of blocks have addresses in common. */
  overlap(nets: readonly Cidr[], others: readonly Cidr[]): boolean;
  /** Which single label of a selector that matches nothing is probably misspelt. */
  nearMiss(selector: SelectorNode): NearMiss | undefined;
  /** Labels of namespaces (without prefix) that a selector insists on. */
  namespaceLabels(selector: SelectorNode): readonly { readonly key: string; readonly values: readonly string[] }[];
  /** Whether a declared namespace has a label, with one of some values; without values, at all. */
  isNamespaceLabel(key: string, values?: readonly string[]): boolean;
}

/** Answers from the owners of a network. */
export function netSelectors(cluster: Cluster, network: Network): NetSelectors {
  const owners = [...network.pods, ...network.hosts, ...network.sets];
  const labels = once(() => new LabelSets(owners.map((owner) => owner.labels)));
  const known = new WeakMap<SelectorNode, Selected>();
  const sets = new SetPool();
  const lists = new Map<BitSet, readonly Owner[]>();
  const pick = (numbers: BitSet): readonly Owner[] => {
    const set = sets.one(numbers);
    const list = lists.get(set) ?? [...set].flatMap((number) => owners[number] ?? []);
    lists.set(set, list);
    return list;
  };
  const matched = (selector: SelectorNode): Selected => {
    let answer = known.get(selector);
    if (answer !== undefined) return answer;
    const { sure, possible } = labels().matching(selector);
    const open = possible === sure ? [] : pick(possible.difference(sure));
    known.set(selector, (answer = { sure: pick(sure), possible: open }));
    return answer;
  };
  return {
    matched,
    isFound: (selector) => !labels().matching(selector).possible.isEmpty(),
    overlap: (nets, others) => others.some((other) => blocksHold(nets, [other]) !== false),
    mayMatch: (selector, endpoint) => network.owners.matches(selector, endpoint) !== false,
    nearMiss: (selector) => nearMiss(selector, owners, vocabulary(owners, network, selector)),
    namespaceLabels: (selector) =>
      requirements(selector).flatMap(({ label, values }) =>
        label.startsWith(namespacePrefix) ? [{ key: label.slice(namespacePrefix.length), values }] : [],
      ),
    isNamespaceLabel: (key, values) =>
      [...namespacesOf(cluster).values()].some(({ labels }) => {
        const value = labels[key];
        return value !== undefined && (values === undefined || values.includes(value));
      }),
  };
}

/** A label that a selector insists on, with the values it takes; any value where there are none. */
interface Requirement {
  readonly node: SelectorNode;
  readonly label: string;
  readonly values: readonly string[];
}

function requirements(node: SelectorNode): readonly Requirement[] {
  switch (node.kind) {
    case 'and':
      return node.operands.flatMap(requirements);
    case 'has':
      return [{ node, label: node.label, values: [] }];
    case 'compare':
      return node.operator === '==' ? [{ node, label: node.label, values: [node.value] }] : [];
    case 'in':
      return [{ node, label: node.label, values: node.values }];
    default:
      return [];
  }
}

/** The labels that the owners in question have, with their values. */
function vocabulary(
  owners: readonly Owner[],
  network: Network,
  selector: SelectorNode,
): ReadonlyMap<string, ReadonlySet<string>> {
  const words = new Map<string, Set<string>>();
  const add = (key: string, value: string): void => {
    const values = words.get(key) ?? new Set<string>();
    words.set(key, values.add(value));
  };
  const namespace = requiredValue(selector, namespaceLabel);
  for (const owner of owners) {
    if (namespace !== undefined && owner.labels.get(namespaceLabel) !== namespace) continue;
    if (owner.labels instanceof InheritedLabels) for (const [key, value] of owner.labels.entries()) add(key, value);
  }
  for (const { labels } of network.profiles.values()) for (const [key, value] of labels) add(key, value);
  return words;
}

function nearMiss(
  selector: SelectorNode,
  owners: readonly Owner[],
  words: ReadonlyMap<string, ReadonlySet<string>>,
): NearMiss | undefined {
  for (const { node, label, values } of requirements(selector)) {
    for (const [key, value] of alternatives(label, values, words)) {
      const changed = replaced(selector, node, { kind: 'compare', operator: '==', label: key, value });
      const matches = owners.filter((owner) => selectorMatches(changed, owner.labels));
      if (matches.length === 0) continue;
      const asked = values.length === 0 ? bare(label) : `${bare(label)}=${values.join('|')}`;
      return { asked, there: `${bare(key)}=${value}`, of: ownerKind(label), matches };
    }
  }
  return undefined;
}

/** What a label and its value may have meant: another value of the same key first, then another key. */
function alternatives(
  label: string,
  values: readonly string[],
  words: ReadonlyMap<string, ReadonlySet<string>>,
): readonly (readonly [string, string])[] {
  const found: (readonly [string, string])[] = [];
  for (const value of values) {
    const near = nearest(value, words.get(label) ?? []);
    if (near !== undefined && near !== value) found.push([label, near]);
  }
  const sameKind = [...words.keys()].filter((key) => ownerKind(key) === ownerKind(label) && key !== label);
  const key = nearest(label, sameKind);
  if (key !== undefined) {
    for (const value of words.get(key) ?? []) {
      if (values.length === 0 || values.includes(value)) found.push([key, value]);
    }
  }
  return found;
}

function replaced(node: SelectorNode, old: SelectorNode, by: SelectorNode): SelectorNode {
  if (node === old) return by;
  return node.kind === 'and' ? { kind: 'and', operands: node.operands.map((each) => replaced(each, old, by)) } : node;
}

function ownerKind(label: string): NearMiss['of'] {
  if (label.startsWith(namespacePrefix)) return 'namespace';
  return label.startsWith(accountPrefix) ? 'account' : 'endpoint';
}

/** Both prefixes are of the same length. */
function bare(label: string): string {
  return ownerKind(label) === 'endpoint' ? label : label.slice(namespacePrefix.length);
}
