import { BitSet } from '../../../lang/bit-set.ts';
import type { LabelLookup, SelectorNode } from '../../../lang/calico-selector/selector-node.ts';
import { selectorMatches } from '../../../lang/calico-selector/selector-matches.ts';
import { common, negated, sameSets, together } from '../form/peer-sets.ts';
import type { PeerSets } from '../form/peer-sets.ts';

/** Numbered labels, and which of them selectors match: all at once, by sets. */
export class LabelSets {
  private readonly size: number;
  private readonly labelled: readonly (readonly [number: number, labels: LabelLookup])[];
  private readonly all: BitSet;
  private readonly values = new Map<string, LabelValues>();

  /** `labels[number]`; undefined for a number that nothing stands for, which no selector matches. */
  constructor(labels: readonly (LabelLookup | undefined)[]) {
    this.size = labels.length;
    this.labelled = labels.flatMap((each, number) => (each === undefined ? [] : [[number, each] as const]));
    this.all = new BitSet(this.size);
    for (const [number] of this.labelled) this.all.add(number);
  }

  /** What a selector matches for sure, and with what it may match too: `selectorTruth` for all. */
  matching(node: SelectorNode): PeerSets {
    switch (node.kind) {
      case 'all':
      case 'global':
        return sameSets(this.all);
      case 'not':
        return negated(this.matching(node.operand), this.all);
      case 'and':
        return node.operands.reduce<PeerSets>((sets, each) => common(sets, this.matching(each)), sameSets(this.all));
      case 'or':
        return node.operands.reduce<PeerSets>(
          (sets, each) => together(sets, this.matching(each)),
          sameSets(new BitSet(this.size)),
        );
      default:
        return this.byLabel(node);
    }
  }

  private byLabel(node: SelectorNode & { readonly label: string }): PeerSets {
    let known = this.values.get(node.label);
    if (known === undefined) this.values.set(node.label, (known = this.valuesOf(node.label)));
    const { byValue, absent, open } = known;
    const sure = new BitSet(this.size);
    if (selectorMatches(node, nothing)) sure.addAll(absent);
    for (const value of wantedValues(node) ?? byValue.keys()) {
      const numbers = byValue.get(value);
      if (numbers !== undefined && selectorMatches(node, { get: () => value })) sure.addAll(numbers);
    }
    return open.isEmpty() ? sameSets(sure) : { sure, possible: sure.union(open) };
  }

  private valuesOf(label: string): LabelValues {
    const byValue = new Map<string, BitSet>();
    const absent = new BitSet(this.size);
    const open = new BitSet(this.size);
    for (const [number, labels] of this.labelled) {
      const value = labels.get(label);
      if (value === undefined) {
        (labels.isUnknown?.(label) === true ? open : absent).add(number);
        continue;
      }
      const numbers = byValue.get(value) ?? new BitSet(this.size);
      byValue.set(value, numbers);
      numbers.add(number);
    }
    return { byValue, absent, open };
  }
}

/** Who has a label with which value, who does not have it, and of whom it is not known. */
interface LabelValues {
  readonly byValue: ReadonlyMap<string, BitSet>;
  readonly absent: BitSet;
  readonly open: BitSet;
}

const nothing: LabelLookup = { get: () => undefined };

/** The values that a label must have, where the others need not be looked at. */
function wantedValues(node: SelectorNode): readonly string[] | undefined {
  if (node.kind === 'compare' && node.operator === '==') return [node.value];
  return node.kind === 'in' ? node.values : undefined;
}
