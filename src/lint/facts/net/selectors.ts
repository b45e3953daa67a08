import { namespaceLabels } from '../../../engines/net/analyses/label-gap.ts';
import { LabelSets } from '../../../engines/net/model/label-sets.ts';
import { networkOf } from '../../../engines/net/model/network-of.ts';
import type { Owner } from '../../../engines/net/form/owner.ts';
import { SetPool } from '../../../engines/net/model/set-pool.ts';
import type { BitSet } from '../../../lang/bit-set.ts';
import { blocksHold } from '../../../lang/addresses/block-cover.ts';
import type { Cidr } from '../../../lang/addresses/cidr.ts';
import type { SelectorNode } from '../../../lang/calico-selector/selector-node.ts';
import type { FactContext } from '../fact-context.ts';
import { once } from '../../../lang/once.ts';
import { remembered } from '../remembered.ts';
import { missesOf, type SelectorMiss } from '../../../engines/net/analyses/selector-misses.ts';

/** What a selector matches: for certain, and as far as the manifests do not say. */
export interface Selected {
  readonly sure: readonly Owner[];
  readonly possible: readonly Owner[];
}

/** Questions about selectors in their compiled form (policies' and peers' alike). */
export interface SelectorFacts {
  /** Which pods, host endpoints and network sets a selector matches. */
  matched(selector: SelectorNode): Selected;
  /** Whether a selector matches any of them, or may. */
  isFound(selector: SelectorNode): boolean;
  /** Whether a selector matches an endpoint, or may. */
  mayMatch(selector: SelectorNode, endpoint: Owner): boolean;
  /** Whether two lists of blocks have addresses in common. */
  overlap(nets: readonly Cidr[], others: readonly Cidr[]): boolean;
  /** Labels of namespaces (without prefix) that a selector insists on; one that may have any value has no values. */
  namespaceLabels(selector: SelectorNode): readonly { readonly key: string; readonly values: readonly string[] }[];
  /** The one edit after which a selector over endpoints, which matches none of them, would match. */
  missOf(selector: SelectorNode): SelectorMiss | undefined;
  /** The same for a Service's selector that matches no pod of its namespace. */
  missOfLabels(namespace: string, labels: ReadonlyMap<string, string>): SelectorMiss | undefined;
}

/** Answers from the owners of a network. */
export const selectorFacts = remembered(({ cluster }: FactContext): SelectorFacts => {
  const misses = once(() => missesOf(networkOf(cluster)));
  const owners = once((): readonly Owner[] => {
    const { pods, hosts, sets } = networkOf(cluster).network;
    return [...pods, ...hosts, ...sets];
  });
  const labels = once(() => new LabelSets(owners().map((owner) => owner.labels)));
  const answers = new WeakMap<SelectorNode, Selected>();
  const sets = new SetPool();
  const lists = new Map<BitSet, readonly Owner[]>();
  const pick = (numbers: BitSet): readonly Owner[] => {
    const set = sets.one(numbers);
    const list = lists.get(set) ?? [...set].flatMap((number) => owners()[number] ?? []);
    lists.set(set, list);
    return list;
  };
  const matched = (selector: SelectorNode): Selected => {
    let answer = answers.get(selector);
    if (answer !== undefined) return answer;
    const { sure, possible } = labels().matching(selector);
    const open = possible === sure ? [] : pick(possible.difference(sure));
    answers.set(selector, (answer = { sure: pick(sure), possible: open }));
    return answer;
  };
  return {
    matched,
    isFound: (selector) => !labels().matching(selector).possible.isEmpty(),
    overlap: (nets, others) => others.some((other) => blocksHold(nets, [other]) !== false),
    mayMatch: (selector, endpoint) => networkOf(cluster).network.owners.matches(selector, endpoint) !== false,
    namespaceLabels,
    missOf: (selector) => misses().ofSelector(selector),
    missOfLabels: (namespace, labels) => misses().ofLabels(namespace, labels),
  };
});
