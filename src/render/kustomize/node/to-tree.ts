import type { Cause, YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import type { Entry, Span, Tree } from '../../../text/tree.ts';
import { pairs } from './fields.ts';
import { scalarValue } from './values.ts';

/** A finished document: its tree, and of the values that were computed, what did it. */
export interface FinishedTree {
  readonly tree: Tree;
  readonly causes: ReadonlyMap<Tree, readonly Cause[]>;
}

/** The tree of a finished document, its places translated by `place`. */
export function treeOf(root: YamlNode, place: (span: Span) => Span): FinishedTree {
  const causes = new Map<Tree, readonly Cause[]>();
  const convert = (node: YamlNode): Tree => {
    const tree = convertNode(node);
    if (node.causes.length > 0)
      causes.set(
        tree,
        node.causes.map((cause) => ({ by: cause.by, ...place(cause) })),
      );
    return tree;
  };
  const convertNode = (node: YamlNode): Tree => {
    const { start, end } = place(node);
    if (node.kind === 'map') {
      const entries = pairs(node).map(([key, value]): Entry => {
        const { start: keyStart, end: keyEnd } = place(key);
        return { key: key.value, keyStart, keyEnd, value: convert(value) };
      });
      return { type: 'map', start, end, entries };
    }
    if (node.kind === 'list') return { type: 'list', start, end, items: node.content.map(convert) };
    const value = scalarValue(node);
    if (value === null) return { type: 'null', start, end };
    if (typeof value === 'string') return { type: 'string', start, end, value };
    if (typeof value === 'boolean') return { type: 'boolean', start, end, value };
    return { type: 'number', start, end, literal: value.literal };
  };
  return { tree: convert(root), causes };
}
