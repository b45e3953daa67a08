import { child, type FieldPath, type ListNode, type Tree } from '../../text/tree.ts';

/** The node at a path, or undefined where a field is absent or of another shape. Cheaper than decoding when one field is wanted. */
export function nodeAt(root: Tree, path: FieldPath): Tree | undefined {
  let node: Tree | undefined = root;
  for (const segment of path) {
    if (node.type === 'map' && typeof segment === 'string') node = child(node, segment);
    else if (node.type === 'list' && typeof segment === 'number') node = node.items[segment];
    else return undefined;
    if (node === undefined) return undefined;
  }
  return node;
}

/** The string at a path; '' where there is none. */
export function stringAt(root: Tree, path: FieldPath): string {
  const node = nodeAt(root, path);
  return node?.type === 'string' ? node.value : '';
}

const noItems: ListNode['items'] = [];

/** The items of the list at a path; none where there is no list. */
export function itemsAt(root: Tree, path: FieldPath): ListNode['items'] {
  const node = nodeAt(root, path);
  return node?.type === 'list' ? node.items : noItems;
}
