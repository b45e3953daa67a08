import type { EdgeStyle, GraphNode, NetGraph } from '../../../ask/net/picture/graph.ts';
import { printableLine } from '../../printable.ts';

const nodeAttributes: Readonly<Record<GraphNode['kind'], string>> = {
  workload: 'fillcolor="#ffffff"',
  everybody: 'fillcolor="#e8eef7", style="rounded,filled,dashed"',
  namespace: 'fillcolor="#f5f5f5"',
  rest: 'fillcolor="#f5f5f5", style="rounded,filled,dashed"',
  outside: 'fillcolor="#fdf3e1", shape=ellipse, style=filled',
};

const edgeAttributes: Readonly<Record<EdgeStyle, string>> = {
  allowed: 'color="#2b7a3d"',
  unknown: 'color="#b26a00", style=dashed',
  some: 'color="#2b5f9e", style=dotted',
};

const meanings: Readonly<Record<EdgeStyle, string>> = {
  allowed: 'allowed',
  unknown: 'unknown (dashed)',
  some: 'some pairs (dotted)',
};

/** A graph in the language of Graphviz. */
export function renderDot({ clusters, nodes, edges, note }: NetGraph): string {
  const legend = [...new Set(edges.map(({ style }) => meanings[style]))].join(', ');
  const label = [...(legend === '' ? [] : [`arrows: ${legend}`]), ...(note === '' ? [] : [note])];
  let text = `digraph traffic {
  graph [rankdir=LR, newrank=true, nodesep=0.3, ranksep=1, fontname="Helvetica", fontsize=11, label=${quote(label)}]
  node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=11]
  edge [fontname="Helvetica", fontsize=10]
`;
  for (const { id, title } of clusters) {
    text += `  subgraph cluster_${id} {\n    label=${quote([title])}; labeljust=l; style="rounded,filled"; fillcolor="#f5f5f5"; color="#9aa5b1"\n`;
    text += nodes.map((node) => (node.cluster === id ? `  ${nodeLine(node)}` : '')).join('');
    text += '  }\n';
  }
  text += nodes.map((node) => (node.cluster === undefined ? nodeLine(node) : '')).join('');
  for (const { from, to, isMutual, style, lines } of edges) {
    text += `  ${from} -> ${to} [label=${quote(lines)}, ${edgeAttributes[style]}${isMutual ? ', dir=both' : ''}]\n`;
  }
  return `${text}}\n`;
}

function nodeLine({ id, kind, lines, own }: GraphNode): string {
  return `  ${id} [label=${quote([...lines, ...(own?.lines ?? [])])}, ${nodeAttributes[kind]}]\n`;
}

/** A quoted string of Graphviz: no character of it acts, and its lines are lines. */
function quote(lines: readonly string[]): string {
  const escaped = lines.map((line) =>
    printableLine(line).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('&', '&amp;'),
  );
  return `"${escaped.join('\\n')}"`;
}
