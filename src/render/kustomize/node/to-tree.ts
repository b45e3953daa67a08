import type { Cause, YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import type { Entry, Span, Tree } from '../../../text/tree.ts';
import { scalarValue } from './values.ts';

/** A finished document: its tree, and of the values that were computed, what did it. */
export interface FinishedTree {
  readonly tree: Tree;
  readonly causes: ReadonlyMap<Tree, readonly Cause[]>;
}

/** The tree of a finished document, its places translated by `place`. */
export function treeOf(root: YamlNode, place: (span: Span) => Span): FinishedTree {
  const causes = new Map<Tree, readonly Cause[]>();
  const convert = (node: YamlNode, around: Span): Tree => {
    // What the build itself made stands where the value around it does.
    const tree = convertAt(node, node.start < 0 ? around : place(node));
    if (node.causes.length > 0) {
      causes.set(
        tree,
        node.causes.map((cause) => ({ by: cause.by, ...place(cause) })),
      );
    }
    return tree;
  };
  const convertAt = (node: YamlNode, at: Span): Tree => {
    const { start, end } = at;
    if (node.kind === 'map') return { type: 'map', start, end, entries: entriesOf(node.content, at) };
    if (node.kind === 'list') return { type: 'list', start, end, items: node.content.map((item) => convert(item, at)) };
    const value = scalarValue(node);
    if (value === null) return { type: 'null', start, end };
    if (typeof value === 'string') return { type: 'string', start, end, value };
    if (typeof value === 'boolean') return { type: 'boolean', start, end, value };
    return { type: 'number', start, end, literal: value.literal };
  };
  const entriesOf = (content: readonly YamlNode[], around: Span): Entry[] => {
    const entries: Entry[] = [];
    for (let index = 0; index + 1 < content.length; index += 2) {
      const [key, held] = [content[index], content[index + 1]];
      // At the top, a key that is null is passed over; deeper down, there is none.
      if (key === undefined || held === undefined || isNullKey(key)) continue;
      const value = convert(held, around);
      const at = key.start < 0 ? undefined : place(key);
      entries.push({ key: key.value, keyStart: at?.start ?? value.start, keyEnd: at?.end ?? value.start, value });
    }
    return entries;
  };
  return { tree: convert(root, { start: 0, end: 0 }), causes };
}

function isNullKey(key: YamlNode): boolean {
  if (key.tag === '!!str') return false;
  return /^(?:~|null|Null|NULL)?$/.test(key.value) && key.kind === 'scalar' && scalarValue(key) === null;
}
