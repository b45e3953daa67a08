import type { EdgeStyle, GraphEdge, GraphNode, NetGraph } from '../../../ask/net/picture/graph.ts';
import { printableLine } from '../../printable.ts';

const arrows: Readonly<Record<EdgeStyle, string>> = { allowed: '-->', unknown: '-.->', some: '-.->' };

const colours: Readonly<Record<EdgeStyle, string>> = { allowed: '#2b7a3d', unknown: '#b26a00', some: '#2b5f9e' };

const shapes: Readonly<Record<GraphNode['kind'], readonly [string, string]>> = {
  workload: ['[', ']'],
  everybody: ['([', '])'],
  namespace: ['[', ']'],
  rest: ['[', ']'],
  outside: ['((', '))'],
};

/** A graph in the language of Mermaid, as it stands in Markdown between fences. */
export function renderMermaid({ clusters, nodes, edges, note }: NetGraph): string {
  let text = `flowchart LR\n${note === '' ? '' : `  %% ${printableLine(note)}\n`}`;
  for (const { id, title } of clusters) {
    text += `  subgraph ${id}[${quote([title])}]\n`;
    text += nodes.map((node) => (node.cluster === id ? `  ${nodeLine(node)}` : '')).join('');
    text += '  end\n';
  }
  text += nodes.map((node) => (node.cluster === undefined ? nodeLine(node) : '')).join('');
  text += edges.map(edgeLine).join('');
  for (const style of ['allowed', 'unknown', 'some'] as const) {
    const numbers = edges.flatMap((edge, index) => (edge.style === style ? [index] : []));
    if (numbers.length > 0) text += `  linkStyle ${numbers.join(',')} stroke:${colours[style]}\n`;
  }
  return text;
}

function nodeLine({ id, kind, lines, own }: GraphNode): string {
  const [open, close] = shapes[kind];
  return `  ${id}${open}${quote([...lines, ...(own?.lines ?? [])])}${close}\n`;
}

function edgeLine({ from, to, isMutual, style, lines }: GraphEdge): string {
  const words = style !== 'some' ? lines : lines.length === 0 ? ['some'] : ['some pairs:', ...lines];
  return `  ${from} ${isMutual ? '<' : ''}${arrows[style]}|${quote(words)}| ${to}\n`;
}

/** A quoted string of Mermaid, in which every character that is not plain is written by its number. */
function quote(lines: readonly string[]): string {
  const plain = lines.map((line) =>
    printableLine(line).replaceAll(
      /[^\p{L}\p{N} .,:/()*\u2026?_-]/gu,
      (character) => `#${character.codePointAt(0) ?? 0};`,
    ),
  );
  return `"${plain.join('<br/>')}"`;
}
