import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { parameter, tensor, Value } from "backprop";
import { graphLayout } from "../../lib/autograd/graph_layout.ts";

/** Some graph: every step combines two earlier values, chosen by the numbers in `links`. */
function someGraph(links: readonly (readonly [number, number])[]): Value {
  const values = [new Value(1, "a"), new Value(2, "b")];
  for (const [i, j] of links) values.push(values[i % values.length].add(values[j % values.length]));
  return values[values.length - 1];
}
const links = fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { maxLength: 15 });

Deno.test("every line of a layout goes to the right, column by column", () => {
  fc.assert(fc.property(links, (links) => {
    const { nodes, edges } = graphLayout(someGraph(links));
    for (const { from, to, through } of edges) {
      const way = [nodes[from].column, ...through.map(({ column }) => column), nodes[to].column];
      assertEquals(way, way.map((_, i) => way[0] + i));
      assertEquals(nodes[to].node.parents.includes(nodes[from].node), true);
    }
    assertEquals(edges.length, nodes.reduce((sum, { node }) => sum + node.parents.length, 0));
  }));
});

Deno.test("no two nodes or bends of a layout stand nearer than a row, and all are inside", () => {
  fc.assert(fc.property(links, (links) => {
    const { nodes, edges, columns, rows } = graphLayout(someGraph(links));
    const places = [...nodes, ...edges.flatMap(({ through }) => through)];
    for (let column = 0; column < columns; column++) {
      const here = places.filter((place) => place.column === column).map(({ row }) => row).sort((a, b) =>
        a - b
      );
      assertEquals(here.length > 0 && here[0] >= 0 && here[here.length - 1] <= rows - 1 + 1e-9, true);
      here.forEach((row, i) => assertEquals(i === 0 || row - here[i - 1] > 1 - 1e-9, true));
    }
  }));
});

Deno.test("a layout lists every node once, parents first, and the result last in the last column", () => {
  fc.assert(fc.property(links, (links) => {
    const root = someGraph(links), { nodes, columns } = graphLayout(root);
    const order = nodes.map(({ node }) => node);
    assertEquals(new Set(order).size, order.length);
    order.forEach((node, at) =>
      node.parents.forEach((parent) => assertEquals(order.indexOf(parent) < at, true))
    );
    assertEquals([order[order.length - 1] === root, nodes[nodes.length - 1].column], [true, columns - 1]);
  }));
});

Deno.test("a chain lies in one row, and the inputs of a product one above the other", () => {
  assertEquals(graphLayout(new Value(1).exp().log().neg()).rows, 1);
  const { nodes } = graphLayout(new Value(2, "x").mul(new Value(3, "w")));
  assertEquals(nodes.map(({ column, row }) => [column, row]), [[0, 0], [0, 1], [1, 0.5]]);
});

Deno.test("a line that passes a column does so on the side of what it leads to", () => {
  const t = new Value(1, "t").exp();
  const upper = t.mul(t.exp().exp()), lower = new Value(2, "v").exp().exp();
  const { nodes, edges } = graphLayout(upper.add(lower));
  const long = edges.find(({ through }) => through.length > 0)!;
  const bend = long.through.at(-1)!;
  const other = nodes.find(({ node, column }) => node === lower.parents[0] && column === bend.column)!;
  assertEquals(bend.row < other.row, true);
});

Deno.test("a layout takes tensors, with constants, and refuses graphs that nobody could read", () => {
  const loss = tensor([[1, 2]]).matmul(parameter([[3], [4]], { label: "W" })).sub(1).square().mean();
  const named = graphLayout(loss).nodes.map(({ node }) => node.label ?? node.operation ?? "constant");
  assertEquals(named, ["constant", "W", "matmul", "constant", "sub", "square", "mean"]);
  let chain = new Value(0);
  for (let i = 0; i < 100_000; i++) chain = chain.add(1);
  assertThrows(() => graphLayout(chain), RangeError, "more than 60 nodes");
  assertEquals(graphLayout(new Value(1).exp().exp(), 3).nodes.length, 3);
});
