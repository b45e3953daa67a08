import type { LabelLookup, SelectorNode } from './selector-node.ts';

/**
 * Whether a selector matches labels. `!=` and `not in` match where the label is absent; `global()` matches everything here (its
 * meaning is given to it before evaluation). Mirrors `Evaluate` of libcalico-go/lib/selector/parser, v3.32.
 */
export function selectorMatches(node: SelectorNode, labels: LabelLookup): boolean {
  switch (node.kind) {
    case 'all':
    case 'global':
      return true;
    case 'has':
      return labels.get(node.label) !== undefined;
    case 'compare':
      return compare(labels.get(node.label), node.operator, node.value);
    case 'in': {
      const value = labels.get(node.label);
      return value !== undefined && node.values.includes(value);
    }
    case 'not in': {
      const value = labels.get(node.label);
      return value === undefined || !node.values.includes(value);
    }
    case 'not':
      return !selectorMatches(node.operand, labels);
    case 'and':
      return node.operands.every((operand) => selectorMatches(operand, labels));
    case 'or':
      return node.operands.some((operand) => selectorMatches(operand, labels));
  }
}

function compare(actual: string | undefined, operator: string, wanted: string): boolean {
  if (actual === undefined) return operator === '!=';
  switch (operator) {
    case '==':
      return actual === wanted;
    case '!=':
      return actual !== wanted;
    case 'contains':
      return actual.includes(wanted);
    case 'starts with':
      return actual.startsWith(wanted);
    default:
      return actual.endsWith(wanted);
  }
}
