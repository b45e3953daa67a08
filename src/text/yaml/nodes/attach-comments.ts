import type { Span } from '../../tree.ts';
import type { YamlNode } from './yaml-node.ts';

/** Gives the comments of a document, in their order, to the nodes they stand behind or above. */
export function attachComments(root: YamlNode, text: string, comments: readonly Span[]): void {
  if (comments.length === 0) return;
  const byStart: YamlNode[] = [];
  const collect = (node: YamlNode): void => {
    byStart.push(node);
    node.content.forEach(collect);
  };
  collect(root);
  byStart.sort((a, b) => a.start - b.start || b.end - a.end);
  // What can end a line: scalars, and collections in brackets, of several that end at one place the outermost.
  const byEnd = byStart
    .filter((node) => node.end > node.start && (node.style === 'flow' || node.content.length === 0))
    .sort((a, b) => a.end - b.end || b.start - a.start);
  let behind = 0;
  let before = 0;
  for (const { start, end } of comments) {
    while (behind < byStart.length && (byStart[behind]?.start ?? end) < end) behind++;
    while (before < byEnd.length && (byEnd[before]?.end ?? start) <= start) before++;
    const lineStart = text.lastIndexOf('\n', start - 1) + 1;
    const comment = text.slice(start, end).replace(/\r$/, '');
    const isAlone = text.slice(lineStart, start).trim() === '';
    if (isAlone) {
      const holder = keyOf(byStart[behind], text);
      if (holder === undefined) continue;
      holder.headComment = holder.headComment === '' ? comment : `${holder.headComment}\n${comment}`;
    } else {
      const holder = byEnd[before - 1];
      if (holder !== undefined && holder.end >= lineStart) holder.lineComment = comment;
    }
  }
}

/** What a comment above a node belongs to: an item of a list, or else the key. */
function keyOf(node: YamlNode | undefined, text: string): YamlNode | undefined {
  if (node?.kind !== 'map' || node.style === 'flow') return node;
  const isItem = text.slice(text.lastIndexOf('\n', node.start - 1) + 1, node.start).includes('-');
  return isItem ? node : (node.content[0] ?? node);
}
