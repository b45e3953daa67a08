import { both, either, negated } from '../truth.ts';
import type { Truth } from '../truth.ts';
import { selectorMatches } from './selector-matches.ts';
import type { LabelLookup, SelectorNode } from './selector-node.ts';

/**
 * Whether a selector matches labels of which some may be unknown. It looks at each comparison alone, so that it says `maybe` for
 * `has(a) || !has(a)` too.
 */
export function selectorTruth(node: SelectorNode, labels: LabelLookup): Truth {
  if (labels.isUnknown === undefined) return selectorMatches(node, labels);
  switch (node.kind) {
    case 'all':
    case 'global':
      return true;
    case 'not':
      return negated(selectorTruth(node.operand, labels));
    case 'and':
      return node.operands.reduce<Truth>((truth, operand) => both(truth, selectorTruth(operand, labels)), true);
    case 'or':
      return node.operands.reduce<Truth>((truth, operand) => either(truth, selectorTruth(operand, labels)), false);
    default:
      return labels.isUnknown(node.label) ? 'maybe' : selectorMatches(node, labels);
  }
}
