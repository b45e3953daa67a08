import { labelRequirements } from '../../../lang/calico-selector/label-requirements.ts';
import type { LabelLookup, SelectorNode } from '../../../lang/calico-selector/selector-node.ts';

/** Everything that has labels, by one label at a time; a label is indexed when a selector first insists on it. */
export class LabelIndex<T extends { readonly labels: LabelLookup }> {
  private readonly all: readonly T[];
  private readonly labels = new Map<string, LabelValues<T>>();

  constructor(all: readonly T[]) {
    this.all = all;
  }

  /** Those that a selector may match: all that it does match are among them. */
  candidates(selector: SelectorNode): readonly T[] {
    let best: readonly T[] = this.all;
    for (const { label, values } of labelRequirements(selector)) {
      if (values === undefined) continue;
      const found = this.having(label, values);
      if (found.length < best.length) best = found;
    }
    return best;
  }

  private having(label: string, values: readonly string[]): readonly T[] {
    let known = this.labels.get(label);
    if (known === undefined) this.labels.set(label, (known = this.valuesOf(label)));
    const { byValue, open } = known;
    const [only] = values;
    if (values.length === 1 && only !== undefined && open.length === 0) return byValue.get(only) ?? [];
    return [...values.flatMap((value) => byValue.get(value) ?? []), ...open];
  }

  private valuesOf(label: string): LabelValues<T> {
    const byValue = new Map<string, T[]>();
    const open: T[] = [];
    for (const item of this.all) {
      const value = item.labels.get(label);
      if (value === undefined) {
        if (item.labels.isUnknown?.(label) === true) open.push(item);
        continue;
      }
      const others = byValue.get(value);
      if (others === undefined) byValue.set(value, [item]);
      else others.push(item);
    }
    return { byValue, open };
  }
}

interface LabelValues<T> {
  readonly byValue: ReadonlyMap<string, readonly T[]>;
  /** Those that may have the label with any value. */
  readonly open: readonly T[];
}
