// The numbers of a gradient are used again for the next one, unless somebody may still want them.
import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { Optimizer, parameter, Rng, SGD, type Tensor } from "backprop";
import type { Floats } from "../../lib/kernels/kernels.ts";
import { gradientOf } from "../../lib/tensor/tensor.ts";

const rng = new Rng(1);
const x = rng.randn([20, 100]);

function backwardOnce(W: Tensor, seed: number): void {
  W.grad = undefined;
  x.mul(seed).matmul(W).sum().backward();
}

Deno.test("a gradient that nobody has looked at leaves its room to the next one", () => {
  const W = parameter(rng.randn([100, 60]));
  backwardOnce(W, 1);
  const first = gradientOf(W)!.data, copy = first.slice();
  backwardOnce(W, 2);
  assertStrictEquals(gradientOf(W)!.data, first);
  assert(first.every((g, i) => Math.abs(g - 2 * copy[i]) < 1e-9));
});

Deno.test("a gradient that somebody has keeps its numbers", () => {
  const W = parameter(rng.randn([100, 60]));
  backwardOnce(W, 1);
  const mine = W.grad!, copy = mine.data.slice();
  for (let i = 2; i < 5; i++) {
    backwardOnce(W, i);
    assert(gradientOf(W)!.data !== mine.data);
  }
  assertEquals(mine.data.every((g, i) => g === copy[i]), true);
});

Deno.test("a gradient that was given keeps its numbers, and so does one that is added up", () => {
  const W = parameter(rng.randn([100, 60])), given = rng.randn([100, 60]), copy = given.data.slice();
  W.grad = given;
  x.matmul(W).sum().backward(); // adds
  const sum = W.grad!.data.slice();
  backwardOnce(W, 1);
  assertEquals([...given.data], [...copy]);
  assert(W.grad!.data.every((g, i) => Math.abs(copy[i] + g - sum[i]) < 1e-9));
});

Deno.test("a weight that is used twice gets the sum of both contributions, in every round", () => {
  const W = parameter(rng.randn([100, 100])), optimizer = new SGD([W], { learningRate: 0 });
  const rounds = [1, 2, 3].map(() => {
    optimizer.zeroGrad();
    x.matmul(W).matmul(W).sum().backward();
    return gradientOf(W)!.data.slice();
  });
  const V = parameter(W), U = parameter(W);
  x.matmul(V).matmul(U).sum().backward();
  const expected = V.grad!.add(U.grad!);
  for (const round of rounds) {
    assert(round.every((g, i) => Math.abs(g - expected.data[i]) < 1e-6 * (1 + Math.abs(g))));
  }
});

Deno.test("an optimizer of one's own may keep the gradients it was given", () => {
  const W = parameter(rng.randn([100, 60])), kept: Floats[] = [];
  class Keeper extends Optimizer {
    protected update(_w: Floats, g: Floats): void {
      kept.push(g);
    }
    protected validate(): void {}
    protected bufferNames() {
      return { required: [], optional: [] };
    }
  }
  const optimizer = new Keeper([W], { learningRate: 1 });
  for (const scale of [1, 2, 3]) {
    optimizer.zeroGrad();
    x.mul(scale).matmul(W).sum().backward();
    optimizer.step();
  }
  for (const [i, g] of kept.entries()) {
    assert(g.every((value, j) => Math.abs(value - (i + 1) * kept[0][j]) < 1e-9));
  }
});

Deno.test("what an operation of one's own returns as a gradient is not written to", () => {
  const W = parameter(rng.randn([100, 60])), constant = rng.randn([100, 60]), copy = constant.data.slice();
  const own = W.mul(1).sum();
  own.parents = [W];
  own.pullback = () => [constant];
  own.backward();
  backwardOnce(W, 1);
  backwardOnce(W, 2);
  assertEquals([...constant.data], [...copy]);
});
