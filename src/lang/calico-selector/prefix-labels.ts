import type { SelectorNode } from './selector-node.ts';

/**
 * The selector with a prefix before every label name, as Calico turns a namespaceSelector (`pcns.`) or a service account
 * selector (`pcsa.`) into one over endpoints. Mirrors `PrefixVisitor` of libcalico-go/lib/selector/parser, v3.32.
 */
export function prefixLabels(node: SelectorNode, prefix: string): SelectorNode {
  switch (node.kind) {
    case 'all':
    case 'global':
      return node;
    case 'has':
    case 'compare':
    case 'in':
    case 'not in':
      return { ...node, label: prefix + node.label };
    case 'not':
      return { kind: 'not', operand: prefixLabels(node.operand, prefix) };
    case 'and':
    case 'or':
      return { kind: node.kind, operands: node.operands.map((operand) => prefixLabels(operand, prefix)) };
  }
}
