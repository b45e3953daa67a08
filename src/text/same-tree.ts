import type { ListNode, MapNode, Tree } from './tree.ts';

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
      return b.type === 'list' && sameItems(a, b);
    case 'map':
      return b.type === 'map' && sameEntries(a, b);
  }
}

function sameItems(a: ListNode, b: ListNode): boolean {
  if (a.items.length !== b.items.length) return false;
  for (let index = 0; index < a.items.length; index++) {
    const item = a.items[index];
    const other = b.items[index];
    if (item === undefined || other === undefined || !sameTree(item, other)) return false;
  }
  return true;
}

function sameEntries(a: MapNode, b: MapNode): boolean {
  if (a.entries.length !== b.entries.length) return false;
  let byKey: Map<string, Tree> | undefined;
  for (let index = 0; index < a.entries.length; index++) {
    const entry = a.entries[index];
    if (entry === undefined) return false;
    const beside = b.entries[index];
    let other = beside?.key === entry.key ? beside.value : undefined;
    if (other === undefined) {
      byKey ??= new Map(b.entries.map(({ key, value }) => [key, value]));
      other = byKey.get(entry.key);
    }
    if (other === undefined || !sameTree(entry.value, other)) return false;
  }
  return true;
}

/** Whether two trees hold the same value with the keys of every map in the same order, so that whatever is made of the one is made of the other. */
export function sameInOrder(a: Tree, b: Tree): boolean {
  if (a.type === 'list') {
    if (b.type !== 'list' || a.items.length !== b.items.length) return false;
    return a.items.every((item, index) => {
      const other = b.items[index];
      return other !== undefined && sameInOrder(item, other);
    });
  }
  if (a.type !== 'map') return sameTree(a, b);
  if (b.type !== 'map' || a.entries.length !== b.entries.length) return false;
  return a.entries.every(({ key, value }, index) => {
    const other = b.entries[index];
    return other?.key === key && sameInOrder(value, other.value);
  });
}
