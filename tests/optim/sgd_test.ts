import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { mseLoss, parameter, Rng, SGD, type SGDOptions, tensor } from "backprop";
import { distance, make, path, stepWith, weights } from "./helpers.ts";

const ones = Array.from({ length: 6 }, () => [1]);
const falling = [0.4, 0.4, 0.4, 0.04, 0.04, 0.04];

/** Random gradients, momentum and rate. */
const problems = fc.record({
  start: fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 3, maxLength: 3 }),
  gradients: fc.array(
    fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 3, maxLength: 3 }),
    { minLength: 1, maxLength: 12 },
  ),
  learningRate: fc.double({ min: 1e-4, max: 1, noNaN: true }),
  momentum: fc.double({ min: 0.01, max: 0.95, noNaN: true }),
  nesterov: fc.boolean(),
  weightDecay: fc.constantFrom(0, 0.1),
});

Deno.test("SGD reproduces the worked update: 0.8·0.5 = 0.4, gradient 0.03, rate 0.1, 0.5 → 0.497", () => {
  const w = parameter([[0.5]]);
  const z = tensor([[0.8]]).matmul(w);
  assertAlmostEquals(z.item(), 0.4, 1e-16);
  z.backward(tensor([[0.0375]])); // the gradient from above that the example leaves unsaid: 0.03 = 0.8 · 0.0375
  assertAlmostEquals(w.grad?.item() ?? NaN, 0.03, 1e-16);
  new SGD([w], { learningRate: 0.1 }).step();
  assertAlmostEquals(w.item(), 0.497, 1e-15);
});

Deno.test("SGD on ax² multiplies x by 1 − 2aη: it arrives at once at η = 1/(2a) and diverges above 1/a", () => {
  const run = (a: number, learningRate: number, steps: number) => {
    const x = parameter([3]);
    const optimizer = new SGD([x], { learningRate });
    for (let step = 0; step < steps; step++) {
      optimizer.zeroGrad();
      x.square().mul(a).sum().backward();
      optimizer.step();
    }
    return x.item();
  };
  for (const a of [0.5, 2, 16]) {
    assertEquals(run(a, 1 / (2 * a), 1), 0);
    assertAlmostEquals(run(a, 0.3 / a, 5), 3 * (1 - 0.6) ** 5, 1e-14);
    assertLess(Math.abs(run(a, 0.99 / a, 2000)), 1e-10);
    assertLess(1e10, Math.abs(run(a, 1.01 / a, 2000)));
    assertEquals(Math.abs(run(a, 1 / a, 100)), 3); // for ever to and fro
  }
});

Deno.test("the sum forms of momentum make the same path as long as the rate stays", () => {
  fc.assert(fc.property(problems, ({ start, gradients, ...options }) => {
    const classical: SGDOptions = { ...options, momentumForm: "classical" };
    assertLess(
      distance(path("SGD", options, start, gradients), path("SGD", classical, start, gradients)),
      1e-13,
    );
  }));
});

Deno.test("the averaging form makes PyTorch's path with η/(1 − β) in place of η", () => {
  fc.assert(fc.property(problems, ({ start, gradients, ...options }) => {
    const average: SGDOptions = {
      ...options,
      momentumForm: "average",
      learningRate: options.learningRate / (1 - options.momentum),
    };
    assertLess(
      distance(path("SGD", options, start, gradients), path("SGD", average, start, gradients)),
      1e-12,
    );
  }));
});

Deno.test("SGD with Nesterov and momentum 0 is plain SGD, to the last bit", () => {
  fc.assert(fc.property(problems, ({ start, gradients, learningRate, weightDecay }) => {
    const plain = { learningRate, weightDecay };
    for (const momentumForm of ["pytorch", "classical", "average"] as const) {
      const nesterov = { ...plain, momentum: 0, nesterov: true, momentumForm };
      assertEquals(path("SGD", nesterov, start, gradients), path("SGD", plain, start, gradients));
    }
  }));
});

Deno.test("when the rate falls, the PyTorch form slows down at once and the classical form carries on", () => {
  const steps = (momentumForm: SGDOptions["momentumForm"]) => {
    const at = path("SGD", { momentum: 0.5, momentumForm }, [0], ones, falling).flat();
    return at.map((x, i) => -(x - (at[i - 1] ?? 0)));
  };
  const expected = {
    pytorch: [0.4, 0.6, 0.7, 0.075, 0.0775, 0.07875], // η·(1, 1.5, 1.75, 1.875, 1.9375, 1.96875)
    classical: [0.4, 0.6, 0.7, 0.39, 0.235, 0.1575], // half of the step before, plus η
    average: [0.2, 0.3, 0.35, 0.0375, 0.03875, 0.039375], // η·(0.5, 0.75, 0.875, …)
  };
  for (const form of ["pytorch", "classical", "average"] as const) {
    steps(form).forEach((step, i) => assertAlmostEquals(step, expected[form][i], 1e-15));
  }
});

Deno.test("Nesterov with a falling rate steps along βv + gain·gradient in each form", () => {
  const steps = (momentumForm: SGDOptions["momentumForm"]) => {
    const at = path("SGD", { momentum: 0.5, nesterov: true, momentumForm }, [0], ones, falling).flat();
    return at.map((x, i) => -(x - (at[i - 1] ?? 0))).slice(2, 4);
  };
  // Velocities after steps 3 and 4 as in the test above, halved, plus the gradient's part.
  steps("pytorch").forEach((s, i) => assertAlmostEquals(s, [0.4 * 1.875, 0.04 * 1.9375][i], 1e-15));
  steps("classical").forEach((s, i) => assertAlmostEquals(s, [0.35 + 0.4, 0.195 + 0.04][i], 1e-15));
  steps("average").forEach((s, i) => assertAlmostEquals(s, [0.4 * 0.9375, 0.04 * 0.96875][i], 1e-15));
});

Deno.test("under a constant gradient the velocity of a sum form grows to 1/(1 − β) gradients, of an average to one", () => {
  const lastStep = (momentumForm: SGDOptions["momentumForm"]) => {
    const options = { learningRate: 0.1, momentum: 0.9, momentumForm };
    const at = path("SGD", options, [0], Array.from({ length: 400 }, () => [1])).flat();
    return at[398] - at[399];
  };
  assertAlmostEquals(lastStep("pytorch"), 1, 1e-12); // ten times 0.1
  assertAlmostEquals(lastStep("classical"), 1, 1e-12);
  assertAlmostEquals(lastStep("average"), 0.1, 1e-12);
});

Deno.test("a penalty λΣw² in the loss is weightDecay 2λ, since its gradient is 2λw", () => {
  const lambda = 0.05, X = new Rng(1).randn([8, 3]), y = new Rng(2).randn([8, 1]);
  const [penalized, decayed] = [parameter([[1], [-2], [3]]), parameter([[1], [-2], [3]])];
  const runs = [new SGD([penalized], { learningRate: 0.1 })];
  runs.push(new SGD([decayed], { learningRate: 0.1, weightDecay: 2 * lambda }));
  for (let step = 0; step < 20; step++) {
    for (const optimizer of runs) optimizer.zeroGrad();
    mseLoss(X.matmul(penalized), y).add(penalized.square().sum().mul(lambda)).backward();
    mseLoss(X.matmul(decayed), y).backward();
    for (const optimizer of runs) optimizer.step();
  }
  penalized.data.forEach((value, i) => assertAlmostEquals(value, decayed.data[i], 1e-13));
});

Deno.test("momentum that is switched on later starts from the next gradient", () => {
  const w = weights([0]);
  const optimizer = new SGD([w], { learningRate: 1 });
  stepWith(optimizer, w, [1]);
  optimizer.groups[0].momentum = 0.5;
  optimizer.groups[0].dampening = 0.5;
  stepWith(optimizer, w, [1]); // the first velocity is the gradient, not dampened
  assertEquals(w.item(), -2);
  stepWith(optimizer, w, [1]); // 0.5·1 + (1 − 0.5)·1
  assertEquals(w.item(), -3);
});

Deno.test("SGD refuses hyperparameters out of their range, saying which", () => {
  const bad: [SGDOptions, string][] = [
    [{ learningRate: -0.1 }, "SGD: learningRate must be a finite number ≥ 0, got -0.1"],
    [{ learningRate: NaN }, "learningRate must be a finite number ≥ 0, got NaN"],
    [{ learningRate: Infinity }, "learningRate must be a finite number ≥ 0, got Infinity"],
    [{ momentum: 1 }, "momentum must be a number from 0 to below 1, got 1"],
    [{ momentum: -0.1 }, "momentum must be a number from 0 to below 1, got -0.1"],
    [{ dampening: 1.5 }, "dampening must be a number from 0 to 1, got 1.5"],
    [{ weightDecay: -1 }, "weightDecay must be a finite number ≥ 0, got -1"],
    [
      { momentumForm: "nesterov" as "average" },
      'momentumForm must be one of "pytorch", "classical", "average"',
    ],
    [{ dampening: 0.1, momentum: 0.9, nesterov: true }, "without nesterov only, got 0.1"],
    [{ dampening: 0.1, momentum: 0.9, momentumForm: "average" }, 'got 0.1 with "average"'],
    [{ dampening: 0.1, momentum: 0.9, momentumForm: "classical" }, 'got 0.1 with "classical"'],
  ];
  for (const [options, message] of bad) {
    assertThrows(() => new SGD([weights([1])], options), RangeError, message);
  }
  assertThrows(() => make("SGD", [weights([1])], { learningRate: "0.1" as never }), TypeError, 'got "0.1"');
  assertThrows(
    () => make("SGD", [weights([1])], { nesterov: 1 as never }),
    TypeError,
    "nesterov must be true or",
  );
});
