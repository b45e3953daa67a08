import type { Point } from './dagre.ts';

/** Where something stands, in pixels: its upper left corner and its size. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The way of an edge between two nodes. */
export interface Way {
  readonly from: string;
  readonly to: string;
  readonly points: readonly Point[];
}

/**
 * Moves the ends of ways to the sides of their nodes that look at where they go, evenly and in the order in which they leave, so that no two ways
 * share an end. A way that leaves straight up or down keeps its end.
 */
export function spreadEnds(ways: readonly Way[], boxes: ReadonlyMap<string, Box>): readonly (readonly Point[])[] {
  const moved = ways.map(({ points }) => [...points]);
  for (const ends of endsBySide(ways, boxes).values()) {
    ends.sort((a, b) => a.toward.y - b.toward.y || a.way - b.way);
    for (const [place, { way, at, x, box }] of ends.entries()) {
      const points = moved[way];
      const y = box.y + (box.height * (place + 1)) / (ends.length + 1);
      if (points !== undefined) points[at === 'start' ? 0 : points.length - 1] = { x, y };
    }
  }
  return moved;
}

interface SideEnd {
  readonly way: number;
  readonly at: 'start' | 'end';
  readonly toward: Point;
  readonly x: number;
  readonly box: Box;
}

function endsBySide(ways: readonly Way[], boxes: ReadonlyMap<string, Box>): ReadonlyMap<string, SideEnd[]> {
  const sides = new Map<string, SideEnd[]>();
  for (const [way, { from, to, points }] of ways.entries()) {
    for (const [id, at, toward] of [
      [from, 'start', points[1]],
      [to, 'end', points.at(-2)],
    ] as const) {
      const box = boxes.get(id);
      if (box === undefined || toward === undefined) continue;
      const side = toward.x > box.x + box.width ? 'right' : toward.x < box.x ? 'left' : undefined;
      if (side === undefined) continue;
      const ends = sides.get(`${id} ${side}`) ?? [];
      sides.set(`${id} ${side}`, ends);
      ends.push({ way, at, toward, x: side === 'right' ? box.x + box.width : box.x, box });
    }
  }
  return sides;
}
