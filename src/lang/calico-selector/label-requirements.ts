import type { SelectorNode } from './selector-node.ts';

/** A label that something must have for a selector to match it. */
export interface LabelRequirement {
  /** The part of the selector that asks for it. */
  readonly node: SelectorNode;
  readonly label: string;
  /** The values that the label may have; absent: any. */
  readonly values?: readonly string[];
}

/**
 * The labels that a selector insists on, as they are written. It looks into conjunctions only, so that it may miss a requirement, but never
 * invents one.
 */
export function labelRequirements(selector: SelectorNode): readonly LabelRequirement[] {
  const found: LabelRequirement[] = [];
  const waiting = [selector];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind === 'compare' && node.operator === '==')
      found.push({ node, label: node.label, values: [node.value] });
    else if (node.kind === 'in') found.push({ node, label: node.label, values: node.values });
    else if (node.kind === 'has') found.push({ node, label: node.label });
    else if (node.kind === 'and') waiting.push(...node.operands.toReversed());
  }
  return found;
}
