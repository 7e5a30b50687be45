import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { exerciseLine, lossSurfaceLine, mseLoss, noisySine, parameter, Rng, zeros } from "backprop";
import golden from "../golden/pytorch_data.json" with { type: "json" };

Deno.test("exerciseLine() is what NumPy makes with seed 42", () => {
  const { inputs, targets } = exerciseLine();
  assertEquals([inputs.shape, targets.shape], [[100, 1], [100, 1]]);
  golden.exercise.x.forEach((x, i) => assertAlmostEquals(inputs.data[i], x, 1e-14));
  golden.exercise.y.forEach((y, i) => assertAlmostEquals(targets.data[i], y, 1e-14));
});

Deno.test("gradient descent on exerciseLine() ends at w = 1.98567, b = 0.50074 after 100 steps of 0.1", () => {
  const { inputs: x, targets: y } = exerciseLine();
  const w = parameter(zeros([1, 1])), b = parameter(zeros([1]));
  const lossNow = () => mseLoss(x.matmul(w).add(b), y);
  assertEquals(lossNow().item().toFixed(5), "3.31506");
  for (let step = 0; step < 100; step++) {
    w.grad = b.grad = undefined;
    lossNow().backward();
    for (const p of [w, b]) p.data.forEach((value, i) => p.data[i] = value - 0.1 * p.grad!.data[i]);
  }
  assertEquals([w.item().toFixed(5), b.item().toFixed(5)], ["1.98567", "0.50074"]);
  assertEquals(lossNow().item().toFixed(8), "0.00883632");
  // The same by torch.optim.SGD:
  const { w: wTorch, b: bTorch, finalLoss } = golden.exercise;
  assertAlmostEquals(w.item(), wTorch, 1e-12);
  assertAlmostEquals(b.item(), bTorch, 1e-12);
  assertAlmostEquals(lossNow().item(), finalLoss, 1e-12);
});

Deno.test("exerciseLine() with another seed has other points on about the same line", () => {
  const { inputs, targets } = exerciseLine({ seed: 1 });
  assert(inputs.at(0, 0) !== exerciseLine().inputs.at(0, 0));
  const residuals = targets.sub(inputs.mul(2).add(0.5));
  assertAlmostEquals(Math.sqrt(residuals.square().mean().item()), 0.1, 0.02);
});

Deno.test("lossSurfaceLine() has MSE 6.1718 at (0, 0) and its least, 0.0270632, exactly at (2, 0.5)", () => {
  const { inputs: x, targets: y } = lossSurfaceLine();
  const loss = (w: number, b: number) => mseLoss(x.mul(w).add(b), y).item();
  assertEquals(loss(0, 0).toFixed(4), "6.1718");
  assertAlmostEquals(loss(2, 0.5), 0.0270632, 1e-15);
  // ∂L/∂w and ∂L/∂b at the optimum:
  const residuals = x.mul(2).add(0.5).sub(y);
  assertAlmostEquals(residuals.mul(x).mean().item(), 0, 1e-15);
  assertAlmostEquals(residuals.mean().item(), 0, 1e-15);
  // and the parabola that the docstring states
  for (const [w, b] of [[0, 0], [-1, 3], [5, 0.2]]) {
    assertAlmostEquals(loss(w, b), 28 / 19 * (w - 2) * (w - 2) + (b - 0.5) * (b - 0.5) + 0.0270632, 1e-12);
  }
});

Deno.test("lossSurfaceLine() has 20 points from −2 to 2 that look like noise, not like a pattern", () => {
  const { inputs, targets } = lossSurfaceLine();
  assertEquals([inputs.shape, targets.shape], [[20, 1], [20, 1]]);
  assertEquals([inputs.at(0, 0), inputs.at(19, 0)], [-2, 2]);
  const residuals = [...targets.data].map((y, i) => y - 2 * inputs.data[i] - 0.5);
  const changes = residuals.filter((r, i) => i > 0 && Math.sign(r) !== Math.sign(residuals[i - 1])).length;
  assert(changes >= 5, `the sign changes ${changes} times`);
});

Deno.test("noisySine() is NumPy's sin(2πx) with noise", () => {
  const { inputs, targets } = noisySine({ count: 6, noise: 0.3, rng: new Rng(9) });
  inputs.data.forEach((x, i) => assertAlmostEquals(x, i / 5, 1e-16));
  targets.data.forEach((y, i) => assertAlmostEquals(y, golden.sine[i], 1e-13));
});

Deno.test("the lines come in float32 too, and the same at every call", () => {
  for (const make of [exerciseLine, lossSurfaceLine, noisySine]) {
    assertEquals(make({ dtype: "float32" }).inputs.dtype, "float32");
    assertEquals(make({ dtype: "float32" }).targets.dtype, "float32");
    assertEquals(make().targets.data, make().targets.data);
  }
});

Deno.test("noisySine() rejects counts and noise that are none", () => {
  for (const count of [1, 2.5, NaN]) assertThrows(() => noisySine({ count }), RangeError, `got ${count}`);
  for (const noise of [-1, NaN, Infinity]) {
    assertThrows(() => noisySine({ noise }), RangeError, `got ${noise}`);
  }
  assertThrows(() => exerciseLine({ seed: -1 }), RangeError, "seed");
});
