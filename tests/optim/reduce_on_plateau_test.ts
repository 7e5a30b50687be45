// Against PyTorch's ReduceLROnPlateau; made by tools/build/golden/pytorch_schedules.py.
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { ReduceOnPlateau, type ReduceOnPlateauOptions, SGD } from "backprop";
import golden from "../golden/pytorch_schedules.json" with { type: "json" };
import { weights } from "./helpers.ts";

const sgd = (...rates: number[]) =>
  new SGD(rates.map((learningRate) => ({ parameters: [weights([0])], learningRate })));

for (const { options, learningRates, metrics, rates } of golden.plateaus) {
  Deno.test(`ReduceOnPlateau with ${JSON.stringify(options)} reduces when PyTorch's does`, () => {
    const optimizer = sgd(...learningRates);
    const plateau = new ReduceOnPlateau(optimizer, options as ReduceOnPlateauOptions);
    metrics.forEach((metric, epoch) => {
      const before = optimizer.groups.map((group) => group.learningRate);
      const reduced = plateau.step(metric);
      optimizer.groups.forEach((group, i) => {
        assertAlmostEquals(group.learningRate, rates[epoch][i], 1e-12 * rates[epoch][i]);
      });
      assertEquals(reduced, optimizer.groups.some((group, i) => group.learningRate < before[i]));
    });
  });
}

Deno.test("patience is the number of calls without improvement that are borne", () => {
  for (const patience of [0, 1, 3]) {
    const plateau = new ReduceOnPlateau(sgd(1), { patience });
    const reduced = [5, 5, 5, 5, 5].map((loss) => plateau.step(loss));
    assertEquals(reduced.indexOf(true), patience + 1);
  }
});

Deno.test("a negative loss that stands still is no improvement", () => {
  for (const mode of ["min", "max"] as const) {
    const optimizer = sgd(1);
    const plateau = new ReduceOnPlateau(optimizer, { patience: 1, mode, threshold: 0.1 });
    for (let epoch = 0; epoch < 3; epoch++) plateau.step(-1);
    assertEquals(optimizer.learningRate, 0.1);
  }
});

Deno.test("an infinite loss can be improved on", () => {
  const plateau = new ReduceOnPlateau(sgd(1), { patience: 0 });
  assertEquals([Infinity, 5, 5].map((loss) => plateau.step(loss)), [false, false, true]);
});

Deno.test("a rate at the minimum stays there, and one below it is not raised", () => {
  const optimizer = sgd(0.5, 0.01);
  const plateau = new ReduceOnPlateau(optimizer, { patience: 0, minLearningRate: 0.1 });
  assertEquals([1, 1, 1].map((loss) => plateau.step(loss)), [false, true, false]);
  assertEquals(optimizer.groups.map((group) => group.learningRate), [0.1, 0.01]);
});

Deno.test("one that loads a state goes on like one that never stopped", () => {
  const metrics = [3, 2, 2, 2, 2, 2, 1, 1, 1, 1];
  const options = { patience: 1, cooldown: 2, factor: 0.5 };
  for (let stop = 0; stop < metrics.length; stop++) {
    const whole = sgd(1), parts = sgd(1);
    const through = new ReduceOnPlateau(whole, options), first = new ReduceOnPlateau(parts, options);
    metrics.forEach((metric) => through.step(metric));
    metrics.slice(0, stop).forEach((metric) => first.step(metric));
    const second = new ReduceOnPlateau(parts, options);
    second.loadStateDict(JSON.parse(JSON.stringify(first.stateDict())));
    metrics.slice(stop).forEach((metric) => second.step(metric));
    assertEquals(parts.learningRate, whole.learningRate);
    assertEquals(second.stateDict(), through.stateDict());
  }
});

Deno.test("ReduceOnPlateau refuses options out of their range, NaN, and a damaged state", () => {
  const bad: [ReduceOnPlateauOptions, string][] = [
    [{ factor: 1 }, "factor must be below 1, or nothing is reduced; got 1"],
    [{ factor: 0 }, "factor must be a finite number > 0, got 0"],
    [{ patience: -1 }, "patience must be an integer ≥ 0, got -1"],
    [{ threshold: -1 }, "threshold must be a finite number ≥ 0, got -1"],
    [
      { thresholdMode: "rel" as "relative" },
      'thresholdMode must be one of "relative", "absolute", got "rel"',
    ],
    [{ cooldown: 0.5 }, "cooldown must be an integer ≥ 0, got 0.5"],
    [{ minLearningRate: NaN }, "minLearningRate must be a finite number ≥ 0, got NaN"],
    [{ mode: "low" as "min" }, 'mode must be one of "min", "max", got "low"'],
  ];
  for (const [options, message] of bad) {
    assertThrows(() => new ReduceOnPlateau(sgd(1), options), RangeError, message);
  }
  assertThrows(() => new ReduceOnPlateau(0.1 as never), TypeError, "expected an optimizer, got 0.1");
  const plateau = new ReduceOnPlateau(sgd(1));
  assertThrows(() => plateau.step(NaN), RangeError, "the metric must be a number, got NaN");
  assertThrows(
    () => plateau.step(undefined as never),
    RangeError,
    "the metric must be a number, got undefined",
  );
  const state = plateau.stateDict();
  assertThrows(() => plateau.loadStateDict(undefined as never), TypeError, "best must be a number or null");
  assertThrows(
    () => plateau.loadStateDict({ ...state, best: NaN }),
    TypeError,
    "best must be a number or null",
  );
  assertThrows(
    () => plateau.loadStateDict({ ...state, badCount: -1 }),
    RangeError,
    "badCount must be an integer",
  );
  assertThrows(
    () => plateau.loadStateDict({ ...state, cooldownLeft: 0.5 }),
    RangeError,
    "cooldownLeft must be",
  );
  assertEquals(plateau.stateDict(), state);
});
