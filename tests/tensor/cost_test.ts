import { assertEquals, assertThrows } from "@std/assert";
import { countMultiplyAdds, numericalGradient, ones, parameter, Rng, tensor } from "backprop";

Deno.test("a product of [m, k] and [k, n] costs m·k·n, and what is done outside is not counted", () => {
  const rng = new Rng(1), A = rng.randn([3, 4]), B = rng.randn([4, 5]);
  A.matmul(B);
  assertEquals(countMultiplyAdds(() => A.matmul(B)), 60);
  assertEquals(countMultiplyAdds(() => (A.matmul(B), A.matmul(B))), 120);
  assertEquals(countMultiplyAdds(() => A.mul(2).sum()), 0);
});

Deno.test("vectors and batches of matrices are counted, too", () => {
  const count = (a: number[], b: number[]) => countMultiplyAdds(() => ones(a).matmul(ones(b)));
  assertEquals(count([7], [7]), 7);
  assertEquals(count([3, 7], [7]), 21);
  assertEquals(count([2, 3, 7], [7, 5]), 210);
  assertEquals(count([2, 3, 7], [2, 7, 5]), 210);
  assertEquals(count([3, 7], [2, 7, 5]), 210);
});

Deno.test("the way back costs twice the way forward, less what nobody asks for", () => {
  const rng = new Rng(1), sizes = [6, 5, 4, 2];
  const weights = sizes.slice(1).map((size, l) => parameter(rng.randn([sizes[l], size])));
  const N = 6 * 5 + 5 * 4 + 4 * 2, x = rng.randn([1, 6]);
  for (const [input, unneeded] of [[parameter(x), 0], [x, 6 * 5]] as const) {
    let loss = tensor(0);
    const forward = countMultiplyAdds(() => {
      loss = weights.reduce((a, W) => a.matmul(W).tanh(), input).sum();
    });
    assertEquals(forward, N);
    assertEquals(countMultiplyAdds(() => loss.backward()), 2 * N - unneeded);
  }
});

Deno.test("central differences cost two passes for each weight", () => {
  const rng = new Rng(1), W = rng.randn([3, 2]), x = rng.randn([1, 3]);
  const loss = () => x.matmul(W).tanh().sum().item();
  assertEquals(countMultiplyAdds(() => numericalGradient(loss, W)), 2 * W.size * 6);
});

Deno.test("countMultiplyAdds() can be nested, goes on after an error, and refuses async work", () => {
  const A = ones([2, 2]);
  let inner = 0;
  assertEquals(countMultiplyAdds(() => inner = countMultiplyAdds(() => A.matmul(A))), 8);
  assertEquals(inner, 8);
  assertThrows(() => countMultiplyAdds(() => A.matmul(ones([3, 3]))));
  assertEquals(countMultiplyAdds(() => A.matmul(A)), 8);
  assertThrows(() => countMultiplyAdds(async () => await 1), TypeError, "must not be async");
});
