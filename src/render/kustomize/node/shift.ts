import type { Span } from '../../../text/tree.ts';
import type { YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';

/** How the places of one text space became places of another. */
export interface Shift {
  /** By how much a place moved. */
  readonly by: (place: number) => number;
  readonly span: (span: Span) => Span;
}

/** Whether a node stands at several places of a document, as a label does that was set at all of them. */
export function isTangled(root: YamlNode): boolean {
  const met = new Set<YamlNode>();
  const meets = (node: YamlNode): boolean => {
    if (met.has(node)) return true;
    met.add(node);
    return node.content.some(meets);
  };
  return meets(root);
}

/** Moves the places of a document in which every node stands at one place. */
export function shiftNode(node: YamlNode, shift: Shift): void {
  moveOwn(node, shift);
  for (const child of node.content) shiftNode(child, shift);
}

/** A copy of such a document with its places moved. */
export function copyShifted(node: YamlNode, shift: Shift): YamlNode {
  const copy = { ...node };
  moveOwn(copy, shift);
  copy.content = node.content.length === 0 ? [] : node.content.map((child) => copyShifted(child, shift));
  return copy;
}

/** A copy in which a node that stands at several places still does: what is set anew at one of them changes everywhere. */
export function copyTangled(root: YamlNode, shift: Shift): YamlNode {
  const copies = new Map<YamlNode, YamlNode>();
  const copyOf = (node: YamlNode): YamlNode => {
    const known = copies.get(node);
    if (known !== undefined) return known;
    const copy = { ...node };
    copies.set(node, copy);
    moveOwn(copy, shift);
    copy.content = node.content.map(copyOf);
    return copy;
  };
  return copyOf(root);
}

function moveOwn(node: YamlNode, { by, span }: Shift): void {
  const distance = by(node.start);
  node.start += distance;
  node.end += distance;
  if (node.causes.length > 0) node.causes = node.causes.map((cause) => ({ by: cause.by, ...span(cause) }));
}
