import type { SelectorNode } from './selector-node.ts';

/** A label that must have one of some values. */
export interface LabelRequirement {
  readonly label: string;
  readonly values: readonly string[];
}

/**
 * What labels must be for a selector to match. It looks into conjunctions only, so that it may miss a requirement, but never invents one.
 */
export function labelRequirements(node: SelectorNode): readonly LabelRequirement[] {
  const found: LabelRequirement[] = [];
  const waiting = [node];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (at.kind === 'compare' && at.operator === '==') found.push({ label: at.label, values: [at.value] });
    else if (at.kind === 'in') found.push({ label: at.label, values: at.values });
    else if (at.kind === 'and') for (const operand of at.operands) waiting.push(operand);
  }
  return found;
}
