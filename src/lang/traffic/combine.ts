import { DiagramSpace, isLeaf } from './diagram.ts';
import type { Diagram } from './diagram.ts';

/**
 * The function whose value for a packet is `combineValues` of the values of two others. What was combined once is remembered in
 * `memo`, which may be kept for the same three of space, operation and operands' spaces.
 */
export function combine<A, B, C>(
  space: DiagramSpace<C>,
  a: Diagram<A>,
  b: Diagram<B>,
  combineValues: (a: A, b: B) => C,
  memo = new Map<string, Diagram<C>>(),
): Diagram<C> {
  if (isLeaf(a) && isLeaf(b)) return space.leaf(combineValues(a.value, b.value));
  const key = `${a.id},${b.id}`;
  const known = memo.get(key);
  if (known !== undefined) return known;
  const level = Math.min(a.level, b.level);
  const left = partsOf(a, level);
  const right = partsOf(b, level);
  const cuts: number[] = [];
  const children: Diagram<C>[] = [];
  let i = 0;
  let j = 0;
  let cut = 0;
  for (;;) {
    const leftChild = left.children[i];
    const rightChild = right.children[j];
    if (leftChild === undefined || rightChild === undefined) throw new Error('a branch without children');
    cuts.push(cut);
    children.push(combine(space, leftChild, rightChild, combineValues, memo));
    const nextLeft = left.cuts[i + 1] ?? Infinity;
    const nextRight = right.cuts[j + 1] ?? Infinity;
    cut = Math.min(nextLeft, nextRight);
    if (cut === Infinity) break;
    if (nextLeft === cut) i++;
    if (nextRight === cut) j++;
  }
  const combined = space.branch(level, cuts, children);
  memo.set(key, combined);
  return combined;
}

/** Where `condition` holds, one function, elsewhere another. */
export function choose<T>(
  space: DiagramSpace<T>,
  condition: Diagram<boolean>,
  whereTrue: Diagram<T>,
  elsewhere: Diagram<T>,
): Diagram<T> {
  if (isLeaf(condition)) return condition.value ? whereTrue : elsewhere;
  if (whereTrue === elsewhere) return elsewhere;
  if (isLeaf(whereTrue)) {
    return combine(space, condition, elsewhere, (holds, value) => (holds ? whereTrue.value : value));
  }
  // Between the two steps, what still wants a value is marked by having none.
  const partial = combine(new DiagramSpace<Held<T> | undefined>(), condition, whereTrue, heldWhere<T>());
  return combine(space, partial, elsewhere, (held, other) => (held === undefined ? other : held.value));
}

interface Held<T> {
  readonly value: T;
}

/** Keeps a value where a condition holds, always the same object for the same value. */
function heldWhere<T>(): (holds: boolean, value: T) => Held<T> | undefined {
  const held = new Map<T, Held<T>>();
  return (holds, value) => {
    if (!holds) return undefined;
    const known = held.get(value) ?? { value };
    held.set(value, known);
    return known;
  };
}

function partsOf<T>(
  diagram: Diagram<T>,
  level: number,
): { readonly cuts: readonly number[]; readonly children: readonly Diagram<T>[] } {
  return isLeaf(diagram) || diagram.level > level ? { cuts: [0], children: [diagram] } : diagram;
}
