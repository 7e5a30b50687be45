import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { Adam, type AdamOptions, AdamW } from "backprop";
import { distance, path, stepWith, weights } from "./helpers.ts";

const numbers = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 3, maxLength: 3 });
const problems = fc.record({
  start: numbers,
  gradients: fc.array(numbers, { minLength: 1, maxLength: 12 }),
  options: fc.record({
    learningRate: fc.double({ min: 1e-4, max: 1, noNaN: true }),
    betas: fc.tuple(
      fc.double({ min: 0, max: 0.99, noNaN: true }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
    ),
    amsgrad: fc.boolean(),
    biasCorrection: fc.boolean(),
  }),
});

Deno.test("Adam's first step is η long, whatever the gradient's size", () => {
  for (const g of [1e-3, 1, -1e6]) {
    const [[w]] = path("Adam", { learningRate: 0.1, epsilon: 0 }, [0], [[g]]);
    assertAlmostEquals(w, -Math.sign(g) * 0.1, 1e-16);
  }
});

Deno.test("without bias correction the first step is √10 = 3.16 times too long", () => {
  const options = { learningRate: 0.1, epsilon: 0 };
  const [[right]] = path("Adam", options, [0], [[7]]);
  const [[wrong]] = path("Adam", { ...options, biasCorrection: false }, [0], [[7]]);
  assertAlmostEquals(wrong / right, Math.sqrt(10), 1e-14);
});

Deno.test("the uncorrected steps approach the corrected ones as both averages fill up", () => {
  const gradients = Array.from({ length: 20000 }, () => [1]);
  const last = (biasCorrection: boolean) => {
    const at = path("Adam", { learningRate: 1, epsilon: 0, biasCorrection }, [0], gradients).flat();
    return at[19998] - at[19999];
  };
  assertAlmostEquals(last(true), 1, 1e-9);
  assertAlmostEquals(last(false), 1, 1e-6);
});

Deno.test("without ε a weight whose gradient is always 0 becomes NaN, corrected or not; with ε it stays", () => {
  for (const biasCorrection of [true, false]) {
    assertEquals(path("Adam", { epsilon: 0, biasCorrection }, [2, 2], [[0, 1]])[0].map(Number.isNaN), [
      true,
      false,
    ]);
    assertEquals(path("Adam", { biasCorrection }, [2, 2], [[0, 1]])[0][0], 2);
  }
});

Deno.test("AdamW without weight decay is Adam, to the last bit", () => {
  fc.assert(fc.property(problems, ({ start, gradients, options }) => {
    const adam = path("Adam", { ...options, weightDecay: 0 }, start, gradients);
    assertEquals(path("AdamW", { ...options, weightDecay: 0 }, start, gradients), adam);
  }));
});

Deno.test("Adam's path does not depend on the unit of the loss, apart from ε", () => {
  fc.assert(fc.property(problems, ({ start, gradients, options }) => {
    const withoutZeros = gradients.map((gradient) => gradient.map((g) => g + (g < 0 ? -0.1 : 0.1)));
    const scaled = withoutZeros.map((gradient) => gradient.map((g) => 1000 * g));
    const free = { ...options, epsilon: 0 };
    assertLess(distance(path("Adam", free, start, withoutZeros), path("Adam", free, start, scaled)), 1e-10);
  }));
});

Deno.test("AdamW shrinks every weight alike; Adam's L2 shrinks those with large gradients less", () => {
  // A gradient that changes sign has no direction, so what remains is the decay.
  const gradients = Array.from({ length: 100 }, (_, t) => [t % 2 ? 100 : -100, t % 2 ? 1 : -1]);
  const shrink = (name: "Adam" | "AdamW") => {
    const options = { learningRate: 0.01, weightDecay: 0.1, betas: [0, 0.999] as const };
    const run = (weightDecay: number) => path(name, { ...options, weightDecay }, [1, 1], gradients)[99];
    const [decayed, plain] = [run(0.1), run(0)];
    return plain.map((w, i) => w - decayed[i]);
  };
  const [adamLarge, adamSmall] = shrink("Adam");
  const [adamwLarge, adamwSmall] = shrink("AdamW");
  assertAlmostEquals(adamwLarge, adamwSmall, 1e-10);
  assertLess(20 * adamLarge, adamSmall);
});

Deno.test("AdamW decays by 1 − ηλ and has λ = 0.01 unless told otherwise", () => {
  assertEquals(path("AdamW", { learningRate: 0.5, weightDecay: 0.25 }, [8], [[0]]), [[7]]);
  assertEquals(path("AdamW", { learningRate: 1 }, [100], [[0]]), [[99]]);
  assertEquals(path("Adam", { learningRate: 1 }, [100], [[0]]), [[100]]);
});

Deno.test("amsgrad never lengthens its step because the squares became small", () => {
  const gradients = [[10], ...Array.from({ length: 30 }, () => [0.01])];
  const options = { learningRate: 1, betas: [0, 0.5] as const, biasCorrection: false, epsilon: 0 };
  const lengths = (amsgrad: boolean) => {
    const at = path("Adam", { ...options, amsgrad }, [0], gradients).flat();
    return at.map((x, t) => Math.abs(x - (at[t - 1] ?? 0))).slice(1);
  };
  lengths(true).forEach((length) => assertAlmostEquals(length, 0.01 / Math.sqrt(50), 1e-12));
  assertLess(0.9, lengths(false)[29]);
});

Deno.test("each parameter counts its own steps, so one that joins late is corrected like the others", () => {
  const early = weights([0]), late = weights([0]);
  const optimizer = new Adam([early, late], { learningRate: 0.1, epsilon: 0 });
  for (let step = 0; step < 5; step++) stepWith(optimizer, early, [1]);
  stepWith(optimizer, late, [1]);
  assertAlmostEquals(late.item(), -0.1, 1e-16);
});

Deno.test("Adam refuses hyperparameters out of their range", () => {
  const bad: [AdamOptions, string][] = [
    [{ learningRate: -1 }, "learningRate must be a finite number ≥ 0, got -1"],
    [{ betas: [1, 0.999] }, "betas[0] must be a number from 0 to below 1, got 1"],
    [{ betas: [0.9, -0.1] }, "betas[1] must be a number from 0 to below 1, got -0.1"],
    [{ epsilon: -1 }, "epsilon must be a finite number ≥ 0, got -1"],
    [{ weightDecay: -0.1 }, "weightDecay must be a finite number ≥ 0, got -0.1"],
  ];
  for (const [options, message] of bad) {
    assertThrows(() => new Adam([weights([1])], options), RangeError, `Adam: ${message}`);
    assertThrows(() => new AdamW([weights([1])], options), RangeError, `AdamW: ${message}`);
  }
  const wrong: [AdamOptions, string][] = [
    [{ betas: 0.9 as never }, "betas must be two numbers [β₁, β₂], got 0.9"],
    [{ betas: [0.9] as never }, "betas must be two numbers [β₁, β₂], got [0.9]"],
    [{ betas: ["0.9", 0.999] as never }, 'betas[0] must be a number from 0 to below 1, got "0.9"'],
    [{ amsgrad: 0 as never }, "amsgrad must be true or false, got 0"],
    [{ biasCorrection: null as never }, "biasCorrection must be true or false, got null"],
  ];
  for (const [options, message] of wrong) {
    assertThrows(() => new Adam([weights([1])], options), TypeError, message);
  }
});
