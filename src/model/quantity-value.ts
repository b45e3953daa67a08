import { formatQuantity, isPlainQuantity, parseQuantity, quantityError } from '../lang/quantity.ts';
import type { Tree } from '../text/tree.ts';

/** White space that Go's TrimSpace removes and that JSON leaves as it is (tabs and line breaks it escapes, so they stay). */
const OUTER_SPACE =
  /^[ \u0085\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+|[ \u0085\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+$/g;

/** What the server says about a value that is no quantity; undefined for one that is, null included. */
export function quantityFault(node: Tree): string | undefined {
  if (node.type === 'null') return undefined;
  const text = quantityText(node);
  return parseQuantity(text) === undefined ? quantityError(text) : undefined;
}

/** A quantity as the server writes it back; undefined where it is none. Null is 0. Mirrors Quantity.UnmarshalJSON. */
export function canonicalQuantity(node: Tree): string | undefined {
  if (node.type === 'null') return '0';
  if (node.type === 'string' && isPlainQuantity(node.value)) return node.value;
  const quantity = parseQuantity(quantityText(node));
  return quantity === undefined ? undefined : formatQuantity(quantity);
}

/** The JSON text between the quotes, or all of it: only strings and numbers can be quantities, and a few scalars come near. */
function quantityText(node: Tree): string {
  switch (node.type) {
    case 'string':
      return node.value.replace(OUTER_SPACE, '');
    case 'number':
      return node.literal;
    case 'boolean':
      return String(node.value);
    default:
      return node.type === 'list' ? '[' : '{';
  }
}
