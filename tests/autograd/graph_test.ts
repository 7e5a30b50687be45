import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { backpropagate, type GraphNode, topologicalOrder } from "backprop";

/** A node over plain numbers, with the derivative by each parent. */
function node(parents: GraphNode<number>[], derivatives: number[] = []): GraphNode<number> {
  return {
    parents,
    requiresGrad: true,
    grad: undefined,
    pullback: parents.length > 0 ? (g) => derivatives.map((d) => g * d) : undefined,
  };
}
const plus = (a: number, b: number) => a + b;

/** ∂top/∂node into `grad` of every node, as `Value.backward()` does. */
function backward(top: GraphNode<number>): void {
  for (const [node, grad] of backpropagate(top, 1, plus)) node.grad = grad;
}

Deno.test("topologicalOrder() lists every node once, after all of its parents", () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 30 }), (links) => {
      const nodes: GraphNode<number>[] = [];
      for (const chosen of links) {
        nodes.push(node(nodes.length ? chosen.map((i) => nodes[i % nodes.length]) : []));
      }
      const order = topologicalOrder(nodes[nodes.length - 1]);
      assertEquals(new Set(order).size, order.length);
      order.forEach((n, at) => n.parents.forEach((parent) => assertEquals(order.indexOf(parent) < at, true)));
    }),
  );
});

Deno.test("backpropagate() sums over all paths of a diamond", () => {
  const x = node([]), left = node([x], [2]), right = node([x], [3]), top = node([left, right], [10, 100]);
  backward(top);
  assertEquals(x.grad, 2 * 10 + 3 * 100);
});

Deno.test("backpropagate() counts a parent that is used twice by one node twice", () => {
  const x = node([]), doubled = node([x, x], [1, 1]), again = node([doubled, doubled], [1, 1]);
  backward(again);
  assertEquals(x.grad, 4);
});

Deno.test("a second backpropagate() accumulates on leaves and starts afresh on inner nodes", () => {
  const x = node([]), inner = node([x], [3]), top = node([inner], [5]);
  backward(top);
  backward(top);
  assertEquals([top.grad, inner.grad, x.grad], [1, 5, 30]);
});

Deno.test("backpropagate() walks a chain of 10,000 nodes without overflowing the stack", () => {
  let last = node([]);
  const first = last;
  for (let i = 0; i < 10_000; i++) last = node([last], [1]);
  backward(last);
  assertEquals(first.grad, 1);
});

Deno.test("backpropagate() leaves nodes alone that require no gradient", () => {
  const constant = { ...node([]), requiresGrad: false }, x = node([]);
  backward(node([x, constant], [2, 7]));
  assertEquals([x.grad, constant.grad], [2, undefined]);
});

Deno.test("backpropagate() changes no node", () => {
  const x = node([]), top = node([x], [3]);
  const gradients = backpropagate(top, 1, plus);
  assertEquals([...gradients.values(), x.grad, top.grad], [1, 3, undefined, undefined]);
});
