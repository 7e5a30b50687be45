// The coding exercise of the course: fit y = wx + b to 100 noisy points of the line 2x + 0.5, from w = b = 0.
// The recipe of the points, in NumPy: RandomState(42), x = randn(100), y = 2x + 0.5 + 0.1·randn(100).
import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { mseLoss, parameter, Rng, SGD } from "backprop";

const rng = new Rng(42);
const x = rng.randn([100, 1]);
const y = x.mul(2).add(0.5).add(rng.randn([100, 1]).mul(0.1));

function train(learningRate: number, steps: number) {
  const w = parameter([[0]]), b = parameter([0]);
  const optimizer = new SGD([w, b], { learningRate });
  const loss = () => mseLoss(x.matmul(w).add(b), y);
  const first = loss().item();
  for (let step = 0; step < steps; step++) {
    optimizer.zeroGrad();
    loss().backward();
    optimizer.step();
  }
  return { w: w.item(), b: b.item(), first, last: loss().item() };
}

Deno.test("the exercise with seed 42 gives w = 1.98567, b = 0.50074, and the loss falls from 3.31506 to 0.00883632", () => {
  const { w, b, first, last } = train(0.1, 100);
  assertEquals([w.toFixed(5), b.toFixed(5)], ["1.98567", "0.50074"]);
  assertEquals([first.toFixed(5), last.toPrecision(6)], ["3.31506", "0.00883632"]);
});

Deno.test("gradient descent ends where the method of least squares does, to five digits", () => {
  const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, c) => a + c, 0) / values.length;
  const [mx, my] = [mean(x.data), mean(y.data)];
  const w = mean(x.data.map((v, i) => (v - mx) * (y.data[i] - my))) / mean(x.data.map((v) => (v - mx) ** 2));
  const trained = train(0.1, 100);
  assertEquals([trained.w.toFixed(5), trained.b.toFixed(5)], [w.toFixed(5), (my - w * mx).toFixed(5)]);
});

Deno.test("the exercise diverges above the rate 2/λ = 0.9536, λ being the largest curvature", () => {
  // The curvature of the loss is the matrix 2·[[mean x², mean x], [mean x, 1]].
  const [a, c] = [2 * x.square().mean().item(), 2 * x.mean().item()];
  const largest = (a + 2) / 2 + Math.hypot((a - 2) / 2, c);
  const limit = 2 / largest;
  assertEquals(limit.toFixed(4), "0.9536");
  assertLess(train(0.999 * limit, 2000).last, 0.01);
  assertLess(1e3, train(1.001 * limit, 3000).last);
});

Deno.test("a rate of 0.00001 hardly learns in 100 steps, 0.01 to 0.1 learns, 1.0 explodes", () => {
  const untrained = train(0.1, 0).last;
  assertLess(0.99, train(1e-5, 100).last / untrained);
  assertLess(train(0.01, 400).last, 0.01 * untrained);
  assertLess(train(0.1, 100).last, 0.01 * untrained);
  assertLess(1e6 * untrained, train(1, 200).last);
  assertAlmostEquals(train(1e-5, 100).w, 0.0033, 0.0005);
});
