import type { Tree } from '../tree.ts';

/** A tree as JSON text, entries in their order; for tests. */
export function printTree(tree: Tree): string {
  switch (tree.type) {
    case 'string':
      return JSON.stringify(tree.value);
    case 'number':
      return tree.literal;
    case 'boolean':
      return String(tree.value);
    case 'null':
      return 'null';
    case 'list':
      return `[${tree.items.map(printTree).join(',')}]`;
    case 'map':
      return `{${tree.entries.map(({ key, value }) => `${JSON.stringify(key)}:${printTree(value)}`).join(',')}}`;
  }
}
