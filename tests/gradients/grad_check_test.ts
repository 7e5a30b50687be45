import {
  assertAlmostEquals,
  assertEquals,
  assertLess,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import {
  crossEntropyGradient,
  crossEntropyLoss,
  gradCheck,
  type GradCheckOptions,
  parameter,
  Rng,
  ShapeError,
  softmax,
  type Tensor,
  tensor,
  zeros,
} from "backprop";
import { record } from "../../lib/tensor/record.ts";

const rng = new Rng(2);
const x = rng.randn([3, 4]);
const square = rng.randn([3, 3]);

/** An operation whose backward is what a learner may write by mistake. */
const withBackward =
  (forward: (a: Tensor) => Tensor, backward: (a: Tensor, g: Tensor) => Tensor) => (a: Tensor) => {
    const plain = a.detach();
    return record(forward(plain), [a], (g) => [backward(plain, g)], "learner's");
  };
function slipOf(f: (...inputs: Tensor[]) => Tensor, inputs: Tensor[], options?: GradCheckOptions): string {
  const report = gradCheck(f, inputs, options);
  assertEquals(report.ok, false);
  return report.slip ?? "(no diagnosis)";
}

Deno.test("gradCheck() passes what is right, over every entry of every input", () => {
  const W = rng.randn([4, 2]), b = rng.randn([2]);
  const report = gradCheck((x, W, b) => x.matmul(W).add(b).tanh(), [x, W, b]);
  assertEquals([report.ok, report.entries, report.wrong, report.slip], [true, 12 + 8 + 2, 0, undefined]);
  assertLess(report.worst?.relativeError ?? 1, 1e-7);
  assertStringIncludes(String(report), "gradCheck: ok, 22 entries of 3 inputs, largest relative error ");
});

Deno.test("gradCheck() takes a closure over parameters, and leaves their numbers and gradients as they were", () => {
  const w = parameter([1, 2]), before = w.data.slice();
  w.grad = tensor([7, 7]);
  const report = gradCheck(() => w.square().sum(), [w]);
  assertEquals([report.ok, w.data, w.grad.toArray(), w.requiresGrad], [true, before, [7, 7], true]);
  const plain = tensor([1, 2]);
  gradCheck((a) => a.exp(), [plain]);
  assertEquals([plain.requiresGrad, plain.grad], [false, undefined]);
});

Deno.test("gradCheck() checks gradients by hand against a scalar loss", () => {
  const labels = [2, 0, 1];
  const logits = rng.randn([3, 3]);
  const loss = (z: Tensor) => crossEntropyLoss(z, labels);
  assertEquals(gradCheck(loss, [logits], { gradients: [crossEntropyGradient(logits, labels)] }).ok, true);
  assertThrows(
    () => gradCheck((a) => a.exp(), [x], { gradients: [x] }),
    ShapeError,
    "need a scalar f, got shape [3, 4]",
  );
  assertThrows(() => gradCheck(loss, [logits], { gradients: [] }), RangeError, "0 gradients for 1 inputs");
});

Deno.test("gradCheck() finds one wrong entry, and says which, with both numbers and their ratio", () => {
  const wrong = x.mul(2);
  wrong.data[6] *= 1.5;
  const report = gradCheck((a) => a.square().sum(), [x], { gradients: [wrong] });
  assertEquals([report.ok, report.wrong, report.worst?.input, report.worst?.index], [false, 1, 0, [1, 2]]);
  assertAlmostEquals(report.worst?.ratio ?? 0, 1.5, 1e-6);
  assertAlmostEquals(report.worst?.numeric ?? 0, 2 * x.data[6], 1e-8);
  assertEquals(report.worst?.analytic, wrong.data[6]);
  assertAlmostEquals(report.worst?.relativeError ?? 0, 1 / 3, 1e-6);
  assertStringIncludes(String(report), "gradCheck: 1 of 12 entries of 1 input differ by more than 0.00001");
  assertStringIncludes(String(report), "worst: input 0, entry [1, 2]: analytic ");
});

Deno.test("gradCheck() notices an error in a second input, and a gradient that is never given", () => {
  const f = (a: Tensor, b: Tensor) =>
    record(a.detach().mul(b.detach()), [a, b], (g) => [g.mul(b.detach()), undefined], "half");
  const report = gradCheck(f, [x, rng.randn([3, 4])]);
  assertEquals([report.ok, report.wrong, report.worst?.input], [false, 12, 1]);
  assertStringIncludes(report.slip ?? "", "every entry is 0");
  assertEquals(gradCheck((a, _unused) => a.exp(), [x, square]).ok, true); // 0 is right for what f does not use
});

Deno.test("gradCheck() names a factor 2, ½ and a sign", () => {
  const squared = (factor: number) => withBackward((a) => a.square(), (a, g) => g.mul(a).mul(factor));
  assertStringIncludes(slipOf(squared(4), [x]), "is a ½ missing?");
  assertStringIncludes(slipOf(squared(1), [x]), "is a factor 2 missing");
  assertStringIncludes(slipOf(squared(-2), [x]), "every sign is flipped");
});

Deno.test("gradCheck() names a missing 1/n, and one too many, by what n is", () => {
  const mse = (a: Tensor) => a.square().mean();
  assertStringIncludes(
    slipOf(mse, [x], { gradients: [x.mul(2)] }),
    "12 times the numeric one, and 12 is the number of entries of input 0: is a mean (1/n) missing?",
  );
  const perRow = (a: Tensor) => a.square().sum().div(3);
  assertStringIncludes(
    slipOf(perRow, [x], { gradients: [x.mul(2)] }),
    "3 is the length of axis 0 of input 0",
  );
  assertStringIncludes(slipOf(perRow, [x], { gradients: [x.mul(2 / 9)] }), "1/3 of the numeric one");
  const w = rng.randn([2]), overBatch = (a: Tensor) => a.square().sum().div(64);
  assertStringIncludes(
    slipOf(overBatch, [w], { gradients: [w.mul(2)], batchSize: 64 }),
    "64 is the batch size",
  );
  assertStringIncludes(
    slipOf(overBatch, [w], { gradients: [w.mul(1 / 2048)], batchSize: 64 }),
    "divided by n once too often?",
  );
});

Deno.test("gradCheck() names a transposed gradient, square or not", () => {
  const cubed = (a: Tensor) => a.pow(3).sum();
  assertStringIncludes(
    slipOf(cubed, [square], { gradients: [square.square().mul(3).transpose()] }),
    "transposed",
  );
  assertStringIncludes(
    slipOf(cubed, [x], { gradients: [x.square().mul(3).transpose()] }),
    "the shape is [4, 3], expected [3, 4]: the right numbers, transposed",
  );
});

Deno.test("gradCheck() names the missing derivative of an activation", () => {
  const passing = (forward: (a: Tensor) => Tensor) => withBackward(forward, (_, g) => g);
  assertStringIncludes(slipOf(passing((a) => a.tanh()), [x]), "the derivative of tanh, 1 − tanh²(x)");
  assertStringIncludes(
    slipOf(passing((a) => a.sigmoid()), [x]),
    "the derivative of the sigmoid, σ(x)(1 − σ(x))",
  );
  assertStringIncludes(slipOf(passing((a) => a.relu()), [x]), "exactly where the input is negative");
  // One layer further down the factors are mixtures of such derivatives.
  const X = rng.uniform([5, 3], 0.1, 2), W = rng.randn([3, 4]);
  const layer = (forward: (a: Tensor) => Tensor) => (W: Tensor) => passing(forward)(X.matmul(W)).sum();
  assertStringIncludes(
    slipOf(layer((a) => a.sigmoid()), [W]),
    "is the derivative of a sigmoid (σ(1 − σ), at most ¼) missing?",
  );
  assertStringIncludes(
    slipOf(layer((a) => a.tanh()), [W]),
    "is the derivative of an activation (1 − tanh², σ(1 − σ)) missing?",
  );
});

Deno.test("gradCheck() names a kink, with the slopes on both sides", () => {
  const onKink = tensor([-1, 0, 2]);
  const report = gradCheck((a) => a.relu().sum(), [onKink]);
  assertEquals([report.ok, report.wrong, report.worst?.index], [false, 1, [1]]);
  assertStringIncludes(
    report.slip ?? "",
    "entry [1] (0) sits on a kink: the slope is 0 on the left and 1 on the right",
  );
  assertStringIncludes(slipOf((a) => a.clip(0, 5), [onKink]), "sits on a kink");
  assertEquals(gradCheck((a) => a.relu(), [tensor([-1e-3, 1e-3])]).ok, true);
});

Deno.test("gradCheck() does not take a wrong gradient of a strongly curved function for a kink", () => {
  const steep = withBackward((a) => a.pow(-3), (a, g) => g.mul(a.pow(-4)).mul(-1));
  const slip = gradCheck(steep, [tensor([0.01, 0.02, 0.03])]).slip ?? "";
  assertEquals(slip.includes("kink"), false);
});

Deno.test("gradCheck() stays silent where no slip fits", () => {
  const nonsense = withBackward((a) => a.exp(), (a, g) => g.mul(a.square().add(0.3)).sub(0.1));
  assertEquals(gradCheck(nonsense, [x]).slip, undefined);
});

Deno.test("gradCheck() refuses float32, inputs that were computed, random functions and infinities", () => {
  assertThrows(
    () => gradCheck((a) => a, [zeros([2], { dtype: "float32" })]),
    TypeError,
    "input 0 is float32",
  );
  assertThrows(() => gradCheck((a) => a, [parameter([1]).mul(2)]), TypeError, "expected a leaf");
  const noise = new Rng(1);
  assertThrows(
    () => gradCheck((a) => a.mul(noise.random()), [x]),
    TypeError,
    "another result for the same inputs",
  );
  assertThrows(() => gradCheck((a) => a.log(), [tensor([-1])]), RangeError, "not finite");
});

Deno.test("gradCheck() does not take rounding for an error where the gradient is 0", () => {
  assertEquals(gradCheck((a) => softmax(a).sum(), [x]).ok, true); // the sum is always 3
  assertEquals(gradCheck((a) => a.sub(a).add(1e6), [x]).ok, true);
});

Deno.test("gradCheck() of no entries is ok", () => {
  const report = gradCheck((a) => a.sum(), [zeros([0])]);
  assertEquals([report.ok, report.entries, report.worst], [true, 0, undefined]);
});
