/** Where the nodes of a graph stand in a picture of it. */

import { maxOf, minOf } from "../kernels/extremes.ts";
import { parentsFirst } from "./graph.ts";

/** What a layout needs to know of a node: what it was computed from. */
export type Linked<N> = { readonly parents: readonly N[] };

/** A node and its place: columns count from the left (inputs) to the right (the result), rows from the top. */
export interface PlacedNode<N> {
  /** The value or tensor itself. */
  readonly node: N;
  /** From the left: 0 for the first inputs. */
  readonly column: number;
  /** From the top; may lie between two rows. */
  readonly row: number;
}

/** A line from a parent to what was computed from it, through the places that keep it clear of other nodes. */
export interface PlacedEdge {
  /** The parent's position in {@link GraphLayout.nodes}. */
  readonly from: number;
  /** The result's position there. */
  readonly to: number;
  /** Column and row of every column between the two. */
  readonly through: readonly { readonly column: number; readonly row: number }[];
}

/** A whole graph, placed. Each node stands after all of its parents, in the list as well as in the columns. */
export interface GraphLayout<N> {
  /** Every node once. */
  readonly nodes: readonly PlacedNode<N>[];
  /** Every use of a node, so two lines where a product takes one number twice. */
  readonly edges: readonly PlacedEdge[];
  /** How many columns there are. */
  readonly columns: number;
  /** How many rows it is high. */
  readonly rows: number;
}

/** A node, or a bend of a line, before it has its row. */
interface Place {
  column: number;
  row: number;
  readonly next: Place[];
}

/**
 * Places every node that `root` was computed from, constants included: the longest way to the result fixes the
 * column, and within a column nodes are ordered by what they lead to, so that few lines cross.
 *
 * @param root The result
 * @param most Largest number of nodes; a picture of more would not be read
 * @throws {RangeError} If there are more
 */
export function graphLayout<N extends Linked<N>>(root: N, most = 60): GraphLayout<N> {
  const nodes = parentsFirst("graphLayout", root, () => true, most);
  const position = new Map(nodes.map((node, i) => [node, i]));
  const links = nodes.flatMap((node, to) =>
    node.parents.map((parent) => ({ from: position.get(parent)!, to }))
  );

  // How many steps from the result a node is, at most: the last column is the result's, and lines only go right.
  const steps = new Array<number>(nodes.length).fill(0);
  for (let to = nodes.length - 1; to >= 0; to--) {
    for (const parent of nodes[to].parents) {
      const from = position.get(parent)!;
      steps[from] = Math.max(steps[from], steps[to] + 1);
    }
  }
  const columns = maxOf(steps) + 1;
  const places = steps.map((step): Place => ({ column: columns - 1 - step, row: 0, next: [] }));
  const bends = links.map(({ from, to }) => {
    const way: Place[] = [];
    for (let column = places[from].column + 1; column < places[to].column; column++) {
      way.push({ column, row: 0, next: [] });
    }
    [places[from], ...way].forEach((place, i) => place.next.push(way[i] ?? places[to]));
    return way;
  });
  const rows = chooseRows([...places, ...bends.flat()], columns);
  return {
    nodes: nodes.map((node, i) => ({ node, column: places[i].column, row: places[i].row })),
    edges: links.map((link, i) => ({
      ...link,
      through: bends[i].map(({ column, row }) => ({ column, row })),
    })),
    columns,
    rows,
  };
}

/** From the result to the left: every place as near as possible to the middle of what it leads to. */
function chooseRows(places: readonly Place[], columns: number): number {
  for (let column = columns - 2; column >= 0; column--) {
    const here = places.filter((place) => place.column === column);
    const wish = new Map(here.map((p) => [p, p.next.reduce((sum, { row }) => sum + row, 0) / p.next.length]));
    here.sort((a, b) => wish.get(a)! - wish.get(b)!); // stable: equals stay in the order of computation
    here.forEach((place, i) => {
      place.row = i === 0 ? wish.get(place)! : Math.max(wish.get(place)!, here[i - 1].row + 1);
    });
    // Pushing down moved the column off its wishes: lift it back by the average.
    const moved = here.reduce((sum, place) => sum + place.row - wish.get(place)!, 0) / here.length;
    for (const place of here) place.row -= moved;
  }
  const top = minOf(places.map(({ row }) => row));
  for (const place of places) place.row -= top;
  return maxOf(places.map(({ row }) => row)) + 1;
}
