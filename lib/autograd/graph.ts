/**
 * Reverse-mode differentiation of any computation graph.
 *
 * A node is a result together with the nodes it was computed from. This file knows no tensor: the numbers in
 * the graph can be of any type, as long as two gradients can be added.
 */

/** One result in the graph. `G` is the type of a gradient. */
export interface GraphNode<G> {
  /** What the result was computed from; empty for a leaf. */
  readonly parents: readonly GraphNode<G>[];
  /** Given ∂L/∂(this result), gives ∂L/∂parent for each parent; undefined on a leaf. */
  readonly pullback?: (gradOutput: G) => readonly (G | undefined)[];
  /** Whether this node wants a gradient, or has a parent that does. */
  readonly requiresGrad: boolean;
  /** ∂L/∂(this result). Accumulates on leaves; is fresh on inner nodes at every call. */
  grad: G | undefined;
  /** What made the result, for pictures: `"mul"`; undefined on a leaf. */
  readonly operation?: string;
  /** Its name in pictures: `"w"`. */
  readonly label?: string;
}

/**
 * The nodes below `root` that take part in differentiation, each after all of its parents.
 *
 * Iterative, since a recursive walk overflows the stack on a chain of ten thousand nodes.
 *
 * @param root The node to start from
 * @returns Every node once, leaves first, `root` last
 * @throws {TypeError} If it is no node of a graph
 * @example
 * ```ts
 * import { topologicalOrder, Value } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const x = new Value(2, "x"), y = x.mul(x), z = y.add(x); // x is used three times and listed once
 * assertEquals(topologicalOrder(z), [x, y, z]);
 * ```
 */
export function topologicalOrder<G>(root: GraphNode<G>): GraphNode<G>[] {
  return parentsFirst("topologicalOrder", root, (node) => node.requiresGrad);
}

/**
 * Every node that `root` was computed from, once, each after its parents. Without recursion, so a graph may be deep.
 *
 * @param owner Named in errors
 * @param wanted Whether a node is listed, and what it was computed from; `root` always is
 * @param most Largest number of nodes
 */
export function parentsFirst<N extends { readonly parents: readonly N[] }>(
  owner: string,
  root: N,
  wanted: (node: N) => boolean,
  most = Infinity,
): N[] {
  if (!Array.isArray(root?.parents)) {
    const got = root === null ? "null" : typeof root;
    throw new TypeError(`${owner}: expected a node of a graph, such as a Value or a Tensor, got ${got}.`);
  }
  const order: N[] = [], seen = new Set<N>([root]);
  const path: { node: N; next: number }[] = [{ node: root, next: 0 }];
  while (path.length > 0) {
    const step = path[path.length - 1];
    if (step.next === step.node.parents.length) {
      order.push(step.node);
      path.pop();
      continue;
    }
    const parent = step.node.parents[step.next++];
    if (seen.has(parent) || !wanted(parent)) continue;
    seen.add(parent);
    if (parent.parents.length === 0) order.push(parent);
    else path.push({ node: parent, next: 0 });
    if (seen.size > most) {
      throw new RangeError(`${owner}: the graph has more than ${most} nodes; draw a smaller one.`);
    }
  }
  return order;
}

/**
 * The chain rule over the whole graph: ∂L/∂node for every node below `root`, L. Changes no node.
 *
 * A node that is used twice receives two contributions, and both must be there before it passes its own on:
 * that is why the nodes are visited in reverse topological order. A leaf starts from the `grad` that it has.
 *
 * @param root The result L to differentiate
 * @param seed ∂L/∂L: one, in the type of a gradient
 * @param add The sum of two gradients; must return a new value or one of its arguments unchanged
 * @returns The `grad` that each node should have now; undefined where none arrived, and a leaf without is left out
 * @example
 * ```ts
 * import { backpropagate, type GraphNode } from "backprop";
 * import { assertEquals } from "@std/assert";
 * // A graph by hand, of plain numbers: y = 3x, L = y·x = 3x² at x = 2.
 * const x: GraphNode<number> = { parents: [], requiresGrad: true, grad: undefined };
 * const y = { parents: [x], pullback: (g: number) => [3 * g], requiresGrad: true, grad: undefined };
 * const L = { parents: [y, x], pullback: (g: number) => [2 * g, 6 * g], requiresGrad: true, grad: undefined };
 * const gradients = backpropagate<number>(L, 1, (a, b) => a + b);
 * assertEquals([gradients.get(y), gradients.get(x)], [2, 12]); // ∂L/∂x = 6x, of which 6 came through y
 * ```
 */
export function backpropagate<G>(
  root: GraphNode<G>,
  seed: G,
  add: (a: G, b: G) => G,
): Map<GraphNode<G>, G | undefined> {
  const gradients = new Map<GraphNode<G>, G | undefined>();
  const receive = (node: GraphNode<G>, gradient: G) => {
    const before = gradients.get(node) ?? (node.pullback ? undefined : node.grad);
    gradients.set(node, before === undefined ? gradient : add(before, gradient));
  };
  receive(root, seed);
  for (const node of topologicalOrder(root).reverse()) {
    if (node.pullback === undefined) continue;
    const gradOutput = gradients.get(node);
    if (gradOutput === undefined) gradients.set(node, undefined);
    else {
      const contributions = node.pullback(gradOutput);
      for (let i = 0; i < node.parents.length; i++) {
        const parent = node.parents[i], contribution = contributions[i];
        if (parent.requiresGrad && contribution !== undefined) receive(parent, contribution);
      }
    }
  }
  return gradients;
}
