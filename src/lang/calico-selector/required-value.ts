import type { SelectorNode } from './selector-node.ts';

/**
 * The value that a label must have for a selector to match; undefined when it does not insist on one. It looks into conjunctions
 * only, so that it may miss a requirement, but never invents one.
 */
export function requiredValue(node: SelectorNode, label: string): string | undefined {
  if (node.kind === 'compare' && node.operator === '==' && node.label === label) return node.value;
  if (node.kind === 'in' && node.label === label && node.values.length === 1) return node.values[0];
  if (node.kind !== 'and') return undefined;
  for (const operand of node.operands) {
    const value = requiredValue(operand, label);
    if (value !== undefined) return value;
  }
  return undefined;
}
