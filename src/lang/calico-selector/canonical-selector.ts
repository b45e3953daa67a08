import type { SelectorNode } from './selector-node.ts';

/**
 * The canonical form of a selector, as Calico prints and hashes it: single blanks, double quotes where it can, sets sorted,
 * parentheses around every `&&` and `||`. Mirrors `String()` of libcalico-go/lib/selector/parser, v3.32.
 */
export function canonicalSelector(node: SelectorNode): string {
  switch (node.kind) {
    case 'all':
    case 'global':
      return `${node.kind}()`;
    case 'has':
      return `has(${node.label})`;
    case 'compare':
      return `${node.label} ${node.operator} ${quote(node.value)}`;
    case 'in':
    case 'not in':
      return `${node.label} ${node.kind} {${node.values.map(quote).join(', ')}}`;
    case 'not':
      return `!${canonicalSelector(node.operand)}`;
    case 'and':
      return `(${node.operands.map(canonicalSelector).join(' && ')})`;
    case 'or':
      return `(${node.operands.map(canonicalSelector).join(' || ')})`;
  }
}

function quote(value: string): string {
  const mark = value.includes('"') ? "'" : '"';
  return mark + value + mark;
}
