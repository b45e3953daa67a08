import { child, type Tree } from '../text/tree.ts';

/** Whether two trees hold the same value; the order of keys, spans and layout do not matter. Stops at the first difference. */
export function sameTree(a: Tree, b: Tree): boolean {
  switch (a.type) {
    case 'null':
      return b.type === 'null';
    case 'string':
      return b.type === 'string' && a.value === b.value;
    case 'boolean':
      return b.type === 'boolean' && a.value === b.value;
    case 'number':
      return b.type === 'number' && a.literal === b.literal;
    case 'list':
      if (b.type !== 'list' || a.items.length !== b.items.length) return false;
      return a.items.every((item, index) => {
        const other = b.items[index];
        return other !== undefined && sameTree(item, other);
      });
    case 'map':
      if (b.type !== 'map' || a.entries.length !== b.entries.length) return false;
      return a.entries.every((entry, index) => {
        const beside = b.entries[index];
        const other = beside?.key === entry.key ? beside.value : child(b, entry.key);
        return other !== undefined && sameTree(entry.value, other);
      });
  }
}
