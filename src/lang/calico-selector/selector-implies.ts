import { canonicalSelector } from './canonical-selector.ts';
import { selectorMatches } from './selector-matches.ts';
import type { SelectorNode } from './selector-node.ts';

/**
 * Whether everything that one selector matches is matched by another, whatever its labels. It may miss an implication, but never
 * invents one.
 */
export function selectorImplies(a: SelectorNode, b: SelectorNode): boolean {
  if (b.kind === 'all' || b.kind === 'global' || a === b) return true;
  if (a.kind === 'or') return a.operands.every((operand) => selectorImplies(operand, b));
  if (b.kind === 'and') return b.operands.every((operand) => selectorImplies(a, operand));
  if (b.kind === 'not' && excludes(a, b.operand)) return true;
  if (b.kind === 'or' && b.operands.some((operand) => selectorImplies(a, operand))) return true;
  if (a.kind === 'and') return a.operands.some((operand) => selectorImplies(operand, b));
  const verdicts = possibleValues(a, b);
  return verdicts === undefined
    ? canonicalSelector(a) === canonicalSelector(b) || impliesPresence(a, b)
    : !verdicts.has(false);
}

/** Whether nothing is matched by both of two selectors. */
function excludes(a: SelectorNode, b: SelectorNode): boolean {
  if (a.kind === 'or') return a.operands.every((operand) => excludes(operand, b));
  if (b.kind === 'or') return b.operands.every((operand) => excludes(a, operand));
  if (b.kind === 'and' && b.operands.some((operand) => excludes(a, operand))) return true;
  if (b.kind === 'not' && selectorImplies(a, b.operand)) return true;
  if (a.kind === 'not' && selectorImplies(b, a.operand)) return true;
  if (a.kind === 'and') return a.operands.some((operand) => excludes(operand, b));
  const forward = possibleValues(a, b);
  const backward = forward ?? possibleValues(b, a);
  return backward?.has(true) === false;
}

/** What a comparison says about every value that another one leaves to the same label; undefined where those cannot be listed. */
function possibleValues(a: SelectorNode, b: SelectorNode): ReadonlySet<boolean> | undefined {
  if (!('label' in b)) return undefined;
  const values = listedValues(a, b.label);
  if (values === undefined) return undefined;
  return new Set(values.map((value) => selectorMatches(b, { get: (name) => (name === b.label ? value : undefined) })));
}

/** Every value that a label has where a comparison holds (undefined: it is absent), if those are few. */
function listedValues(a: SelectorNode, label: string): readonly (string | undefined)[] | undefined {
  if (a.kind === 'compare' && a.operator === '==' && a.label === label) return [a.value];
  if (a.kind === 'in' && a.label === label) return a.values;
  if (a.kind === 'not' && a.operand.kind === 'has' && a.operand.label === label) return [undefined];
  return undefined;
}

/** Comparisons that only a label that is there can satisfy, and those that name values it must not have. */
function impliesPresence(a: SelectorNode, b: SelectorNode): boolean {
  if (!('label' in a) || !('label' in b) || a.label !== b.label) return false;
  if (b.kind === 'has') return a.kind !== 'not in' && !(a.kind === 'compare' && a.operator === '!=');
  const refused = refusedValues(b);
  const known = refusedValues(a);
  return refused !== undefined && known !== undefined && refused.every((value) => known.includes(value));
}

function refusedValues(node: SelectorNode): readonly string[] | undefined {
  if (node.kind === 'not in') return node.values;
  return node.kind === 'compare' && node.operator === '!=' ? [node.value] : undefined;
}
