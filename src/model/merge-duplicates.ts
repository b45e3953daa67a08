import type { Entry, ListNode, MapNode, Tree } from '../text/tree.ts';
import { fieldOf } from './types/type.ts';
import type { Struct, Type } from './types/type.ts';

/**
 * The tree without repeated keys that decodes to the same value: the typed decoder decodes each occurrence into what the
 * earlier ones left, so maps unite, lists overlay item by item, scalars are replaced and nulls reset pointers, lists and maps.
 * Mirrors sigs.k8s.io/json, internal/golang/encoding/json/decode.go (object, array, literalStore).
 */
export function mergeDuplicates(root: Tree, type: Type, minor: number): Tree {
  return merge([root], type, minor) ?? root;
}

/** What remains of the occurrences of one field, in order; undefined where nothing was ever set. */
function merge(occurrences: readonly Tree[], declared: Type, minor: number): Tree | undefined {
  const pointer = declared.kind === 'pointer';
  const type = pointer ? declared.to : declared;
  const resets =
    pointer || type.kind === 'slice' || type.kind === 'map' || type.kind === 'bytes' || type.kind === 'any';
  const lastReset = resets ? occurrences.findLastIndex((node) => node.type === 'null') : -1;
  const kept = lastReset < 0 ? occurrences : occurrences.slice(lastReset + 1);
  const last = kept.at(-1);
  if (last === undefined) return occurrences.at(-1);
  switch (type.kind) {
    case 'struct':
      return mergeStructs(kept.filter(isMap), type.resolve(), minor) ?? last;
    case 'slice':
      return last.type === 'list' ? mergeLists(kept.filter(isList), last, type.of, minor) : last;
    case 'map':
      return mergeMaps(kept.filter(isMap), type.of, minor) ?? last;
    case 'quantity':
    case 'time':
    case 'micro-time':
      return last;
    case 'int-or-string': {
      // A null turns it into a number: the one it was, or else 0.
      const previous = kept.findLast((node) => node.type !== 'null' && node.type !== 'string');
      return last.type === 'null' ? (previous ?? last) : last;
    }
    case 'any':
      return last;
    default:
      return kept.findLast((node) => node.type !== 'null') ?? last;
  }
}

function mergeStructs(nodes: readonly MapNode[], struct: Struct, minor: number): Tree | undefined {
  const [first] = nodes;
  if (first === undefined) return undefined;
  return {
    ...first,
    entries: grouped(nodes).map(([entry, values]) => {
      const field = fieldOf(struct, entry.key, minor);
      const value = field === undefined ? values.at(-1) : merge(values, field.type, minor);
      return { ...entry, value: value ?? entry.value };
    }),
  };
}

/** Values of a map are decoded afresh each time: the last of each key, merged only in itself. */
function mergeMaps(nodes: readonly MapNode[], of: Type, minor: number): Tree | undefined {
  const [first] = nodes;
  if (first === undefined) return undefined;
  const entries = grouped(nodes).map(([entry, values]) => {
    const value = merge(values.slice(-1), of, minor);
    return { ...entry, value: value ?? entry.value };
  });
  return { ...first, entries };
}

/** The last list gives the length; an item is decoded into what earlier lists left at its place, back to the last empty list. */
function mergeLists(nodes: readonly ListNode[], last: ListNode, of: Type, minor: number): Tree {
  const since = nodes.findLastIndex((node) => node.items.length === 0) + 1;
  const lists = nodes.slice(since);
  const items = last.items.map((item, index) => {
    const values = lists.flatMap((list) => list.items[index] ?? []);
    return merge(values, of, minor) ?? item;
  });
  return { ...last, items };
}

/** Entries by key, in the order of first appearance, with all values of each. */
function grouped(nodes: readonly MapNode[]): readonly (readonly [Entry, readonly Tree[]])[] {
  const groups = new Map<string, [Entry, Tree[]]>();
  for (const { entries } of nodes) {
    for (const entry of entries) {
      const group = groups.get(entry.key);
      if (group === undefined) groups.set(entry.key, [entry, [entry.value]]);
      else group[1].push(entry.value);
    }
  }
  return [...groups.values()];
}

function isMap(node: Tree): node is MapNode {
  return node.type === 'map';
}

function isList(node: Tree): node is ListNode {
  return node.type === 'list';
}
