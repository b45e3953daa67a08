/**
 * A function from packets to values, as a decision diagram over intervals: first the protocol decides, then the destination port or
 * ICMP type, then the source port or ICMP code. Equal functions are the same object, so that `===` compares them.
 */
export type Diagram<T> = Leaf<T> | Branch<T>;

export interface Leaf<T> {
  readonly id: number;
  readonly level: typeof leafLevel;
  readonly value: T;
}

/** `children[i]` holds from `cuts[i]` to before `cuts[i + 1]`; the first cut is 0, and neighbours differ. */
export interface Branch<T> {
  readonly id: number;
  readonly level: number;
  readonly cuts: readonly number[];
  readonly children: readonly Diagram<T>[];
}

/** What a diagram is about, outermost first; a diagram may leave out what makes no difference. */
export const protocolLevel = 0;
export const destinationLevel = 1;
export const sourceLevel = 2;
const leafLevel = 3;

/** Values from `first` to `last` (both included) of a level have a child of their own. */
export interface Interval<T> {
  readonly first: number;
  readonly last: number;
  readonly child: Diagram<T>;
}

/** Tells the end of a diagram from a question. */
export function isLeaf<T>(diagram: Diagram<T>): diagram is Leaf<T> {
  return diagram.level === leafLevel;
}

/** Makes diagrams with values of one type, which are compared by identity. Diagrams of different spaces must not be mixed. */
export class DiagramSpace<T> {
  private readonly leaves = new Map<T, Leaf<T>>();
  private readonly branches = new Map<string, Branch<T>>();
  private count = 0;

  leaf(value: T): Leaf<T> {
    const known = this.leaves.get(value);
    if (known !== undefined) return known;
    const leaf: Leaf<T> = { id: this.count++, level: leafLevel, value };
    this.leaves.set(value, leaf);
    return leaf;
  }

  /** The diagram of sorted intervals of one level that do not overlap; elsewhere it is `otherwise`. */
  intervals(level: number, intervals: readonly Interval<T>[], otherwise: Diagram<T>): Diagram<T> {
    const cuts: number[] = [];
    const children: Diagram<T>[] = [];
    let next = 0;
    for (const { first, last, child } of intervals) {
      if (first > next) {
        cuts.push(next);
        children.push(otherwise);
      }
      cuts.push(first);
      children.push(child);
      next = last + 1;
    }
    if (next < levelSize(level)) {
      cuts.push(next);
      children.push(otherwise);
    }
    return this.branch(level, cuts, children);
  }

  /** A branch in canonical form: equal neighbours are one, and one child alone needs no branch. */
  branch(level: number, cuts: readonly number[], children: readonly Diagram<T>[]): Diagram<T> {
    const keptCuts: number[] = [];
    const kept: Diagram<T>[] = [];
    let key = `${level}`;
    for (const [index, child] of children.entries()) {
      if (child === kept[kept.length - 1]) continue;
      const cut = cuts[index] ?? 0;
      keptCuts.push(cut);
      kept.push(child);
      key += `,${cut}:${child.id}`;
    }
    const [only] = kept;
    if (kept.length === 1 && only !== undefined) return only;
    const known = this.branches.get(key);
    if (known !== undefined) return known;
    const branch: Branch<T> = { id: this.count++, level, cuts: keptCuts, children: kept };
    this.branches.set(key, branch);
    return branch;
  }
}

/** How many values a level has. */
export function levelSize(level: number): number {
  return level === protocolLevel ? 256 : 65536;
}

/** The value of a function for one packet: its protocol, destination port or ICMP type, and source port or ICMP code. */
export function valueAt<T>(diagram: Diagram<T>, packet: readonly [number, number, number]): T {
  let at = diagram;
  while (!isLeaf(at)) at = childAt(at, packet[at.level] ?? 0);
  return at.value;
}

function childAt<T>(branch: Branch<T>, value: number): Diagram<T> {
  let low = 0;
  let high = branch.cuts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((branch.cuts[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  const child = branch.children[low];
  if (child === undefined) throw new Error('a branch without children');
  return child;
}
