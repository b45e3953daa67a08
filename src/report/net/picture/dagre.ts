import * as dagre from '@dagrejs/dagre';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A node with its size; the layout gives its middle. */
export interface PlacedNode extends Partial<Point> {
  readonly width: number;
  readonly height: number;
}

/** An edge with the size of its label; the layout gives the label's middle and the edge's way. */
export interface PlacedLabel extends PlacedNode {
  readonly labelpos: 'c';
  readonly points?: readonly Point[];
}

/** A graph as dagre holds it: nodes by name, some inside of others, several edges between two. */
export interface LayoutGraph {
  readonly setGraph: (label: Readonly<Record<string, string | number>>) => unknown;
  readonly graph: () => { readonly width?: number; readonly height?: number };
  readonly setNode: (id: string, node: PlacedNode) => unknown;
  readonly setParent: (id: string, parent: string) => unknown;
  readonly setEdge: (from: string, to: string, label: PlacedLabel, name: string) => unknown;
  readonly node: (id: string) => PlacedNode;
  readonly edge: (from: string, to: string, name: string) => PlacedLabel;
}

/** What we use of dagre. Its own declarations do not resolve outside of bundlers, so these stand in for them. */
export const { Graph, layout } = dagre as unknown as {
  readonly Graph: new (options: { readonly compound: boolean; readonly multigraph: boolean }) => LayoutGraph;
  readonly layout: (graph: LayoutGraph) => unknown;
};
