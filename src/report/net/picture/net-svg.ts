import type { EdgeStyle, GraphNode, NetGraph } from '../../../ask/net/picture/graph.ts';
import type { Box } from './edge-ends.ts';
import { type GraphLayout, layoutGraph, metrics, type PlacedEdge } from './net-layout.ts';
import { printableLine } from '../../printable.ts';

const colours: Readonly<Record<EdgeStyle, string>> = { allowed: '#2b7a3d', unknown: '#b26a00', some: '#2b5f9e' };
const dashes: Readonly<Record<EdgeStyle, string>> = {
  allowed: '',
  unknown: ' stroke-dasharray="7 4"',
  some: ' stroke-dasharray="2 4"',
};
const meanings: Readonly<Record<EdgeStyle, string>> = {
  allowed: 'allowed',
  unknown: 'unknown',
  some: 'between some of them',
};
const fills: Readonly<Record<GraphNode['kind'], string>> = {
  workload: '#ffffff',
  everybody: '#e3ebf7',
  namespace: '#ffffff',
  rest: '#eeeeee',
  outside: '#fdf0d8',
};

const footerLine = 22;

/** A graph as a picture that needs nothing else: no font, style sheet or script. */
export function renderSvg(graph: NetGraph): string {
  const placed = layoutGraph(graph);
  const styles = [
    ...new Set([...graph.edges, ...graph.nodes.flatMap(({ own }) => own ?? [])].map(({ style }) => style)),
  ].sort();
  const notes = [...(styles.length === 0 ? ['no traffic is allowed'] : []), ...(graph.note === '' ? [] : [graph.note])];
  const width = Math.ceil(
    Math.max(placed.width, 420, ...notes.map(({ length }) => length * metrics.smallCharacter + 40)),
  );
  const height = Math.ceil(placed.height + footerLine * (notes.length + styles.length) + 10);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="12">
<title>allowed traffic</title>
<defs>
${styles.map(marker).join('')}</defs>
<rect width="${width}" height="${height}" fill="#ffffff"/>
${body(placed)}${footer(styles, notes, placed.height)}</svg>
`;
}

function body({ clusters, nodes, edges }: GraphLayout): string {
  return [
    ...clusters.map((box) => `${rectangle(box, 10, '#f4f6f8', '#9aa5b1')}${titleOf(box.title, box)}`),
    ...edges.map(line),
    ...nodes.map(({ node, ...box }) => nodeShape(node, box)),
    ...edges.map(edgeLabel),
  ].join('');
}

function nodeShape({ kind, lines, own }: GraphNode, box: Box): string {
  const radius = kind === 'outside' ? box.height / 2 : kind === 'everybody' ? 14 : 5;
  const dash = kind === 'everybody' || kind === 'rest' ? ' stroke-dasharray="4 3"' : '';
  const shape = rectangle(box, Math.min(radius, 24), fills[kind], '#4a5562', dash);
  const ownLines = own?.lines ?? [];
  const top = box.y + box.height / 2 - ((lines.length + ownLines.length) * metrics.line) / 2 + 12;
  const middle = box.x + box.width / 2;
  const colour = own === undefined ? '' : ` font-size="11" fill="${colours[own.style]}"`;
  return (
    shape +
    textLines(lines, middle, top, metrics.line) +
    textLines(ownLines, middle, top + lines.length * metrics.line, metrics.line, colour)
  );
}

function titleOf(title: string, box: Box): string {
  return `<text x="${round(box.x + 10)}" y="${round(box.y + 17)}" font-weight="bold" fill="#3a4652">${escapeXml(title)}</text>\n`;
}

function rectangle({ x, y, width, height }: Box, radius: number, fill: string, stroke: string, extra = ''): string {
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${round(radius)}" fill="${fill}" stroke="${stroke}"${extra}/>\n`;
}

function line({ edge: { style, isMutual }, points }: PlacedEdge): string {
  const start = isMutual ? ` marker-start="url(#${style}-arrow)"` : '';
  return `<path d="${pathOf(points)}" fill="none" stroke="${colours[style]}" stroke-width="1.5"${dashes[style]}${start} marker-end="url(#${style}-arrow)"/>\n`;
}

/** A smooth way through some points, level at each of them, so that it meets its label and never overshoots. */
function pathOf(points: PlacedEdge['points']): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let from = first;
  let path = `M${round(from.x)} ${round(from.y)}`;
  for (const to of rest) {
    const middle = round((from.x + to.x) / 2);
    path += ` C${middle} ${round(from.y)} ${middle} ${round(to.y)} ${round(to.x)} ${round(to.y)}`;
    from = to;
  }
  return path;
}

function edgeLabel({ edge: { lines, style }, label }: PlacedEdge): string {
  if (lines.length === 0) return '';
  const background = `<rect x="${round(label.x)}" y="${round(label.y)}" width="${round(label.width)}" height="${round(label.height)}" fill="#ffffff" fill-opacity="0.85"/>\n`;
  const text = textLines(
    lines,
    label.x + label.width / 2,
    label.y + 13,
    metrics.smallLine,
    ` font-size="11" fill="${colours[style]}"`,
  );
  return background + text;
}

function textLines(lines: readonly string[], x: number, y: number, height: number, extra = ''): string {
  return lines
    .map(
      (text, index) =>
        `<text x="${round(x)}" y="${round(y + index * height)}" text-anchor="middle"${extra}>${escapeXml(text)}</text>\n`,
    )
    .join('');
}

function marker(style: EdgeStyle): string {
  return `<marker id="${style}-arrow" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 0 L8 4 L0 8 z" fill="${colours[style]}"/></marker>\n`;
}

function footer(styles: readonly EdgeStyle[], notes: readonly string[], top: number): string {
  const legend = styles.map((style, index) => {
    const y = round(top + footerLine * index);
    return `<path d="M20 ${y} L64 ${y}" fill="none" stroke="${colours[style]}" stroke-width="1.5"${dashes[style]} marker-end="url(#${style}-arrow)"/>\n<text x="74" y="${y + 4}" font-size="11">${meanings[style]}</text>\n`;
  });
  const written = notes.map(
    (note, index) =>
      `<text x="20" y="${round(top + footerLine * (styles.length + index) + 4)}" font-size="11">${escapeXml(note)}</text>\n`,
  );
  return [...legend, ...written].join('');
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}

/** Untrusted text inside an element. */
function escapeXml(text: string): string {
  // XML 1.0 knows no way to write these.
  return printableLine(text)
    .replaceAll(/[\ud800-\udfff\ufffe\uffff]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
