/** Contours of a height map by marching squares: the edge of "at most this high". */

/** Heights on a grid, row by row from low y to high y. */
export interface HeightGrid {
  readonly columns: number;
  readonly rows: number;
  readonly heights: ArrayLike<number>;
}

/** Where a contour crosses the sides of a cell: from which to which, what is low on the left. Corners count 1, 2, 4, 8. */
const CROSSINGS: Record<number, readonly (readonly [Side, Side])[]> = {
  1: [["bottom", "left"]],
  2: [["right", "bottom"]],
  3: [["right", "left"]],
  4: [["top", "right"]],
  5: [["bottom", "left"], ["top", "right"]],
  6: [["top", "bottom"]],
  7: [["top", "left"]],
  8: [["left", "top"]],
  9: [["bottom", "top"]],
  10: [["right", "bottom"], ["left", "top"]],
  11: [["right", "top"]],
  12: [["left", "right"]],
  13: [["bottom", "right"]],
  14: [["left", "bottom"]],
};
type Side = "bottom" | "right" | "top" | "left";

/**
 * The closed rings around everything that is at most `level` high, in grid units (0 … columns − 1, 0 … rows − 1).
 *
 * Beyond the grid all is high, so that a ring that would leave it runs along its edge.
 */
export function ringsBelow({ columns, rows, heights }: HeightGrid, level: number): [number, number][][] {
  const height = (i: number, j: number) =>
    i < 0 || j < 0 || i >= columns || j >= rows ? Infinity : heights[j * columns + i];
  const next = new Map<string, { to: string; at: [number, number] }>();

  for (let j = -1; j < rows; j++) {
    for (let i = -1; i < columns; i++) {
      const corners = [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]] as const;
      const code = corners.reduce((sum, [p, q], k) => sum + (height(p, q) <= level ? 1 << k : 0), 0);
      const ends: Record<Side, [number, number, number, number]> = {
        bottom: [i, j, i + 1, j],
        right: [i + 1, j, i + 1, j + 1],
        top: [i, j + 1, i + 1, j + 1],
        left: [i, j, i, j + 1],
      };
      for (const [from, to] of CROSSINGS[code] ?? []) {
        const [a, b, c, d] = ends[from];
        next.set(ends[from].join(), {
          to: ends[to].join(),
          at: between([a, b, height(a, b)], [c, d, height(c, d)], level),
        });
      }
    }
  }

  const rings: [number, number][][] = [];
  for (const start of next.keys()) {
    const ring: [number, number][] = [];
    for (let side = start; next.has(side);) {
      const { to, at } = next.get(side)!;
      next.delete(side);
      ring.push(at);
      side = to;
    }
    if (ring.length > 2) rings.push(ring);
  }
  return rings;
}

/** Where the height between two neighbours is `level`; at the one in the grid, if the other is outside. */
function between(
  [a, b, low]: readonly [number, number, number],
  [c, d, high]: readonly [number, number, number],
  level: number,
): [number, number] {
  if (!Number.isFinite(high)) return [a, b];
  if (!Number.isFinite(low)) return [c, d];
  const share = (level - low) / (high - low);
  return [a + (c - a) * share, b + (d - b) * share];
}
