import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { RMSprop, type RMSpropOptions } from "backprop";
import { path, weights } from "./helpers.ts";

Deno.test("RMSprop's first step is η/√(1 − α) long, whatever the gradient's size", () => {
  for (const g of [1e-6, 1, -1e6]) {
    const [[w]] = path("RMSprop", { learningRate: 0.01, alpha: 0.99, epsilon: 0 }, [0], [[g]]);
    assertAlmostEquals(w, -Math.sign(g) * 0.1, 1e-15);
  }
});

Deno.test("RMSprop adds ε outside of the root", () => {
  const [[w]] = path("RMSprop", { learningRate: 1, alpha: 0.75, epsilon: 1.5 }, [0], [[1]]);
  assertEquals(w, -0.5); // 1/(√0.25 + 1.5)
});

Deno.test("the centred RMSprop gets no NaN from a gradient that does not vary", () => {
  // Such gradients make s − ḡ² negative by rounding; that it happens at all is part of the test.
  const options = { learningRate: 1e-12, alpha: 0.1, centered: true };
  const gradients = Array.from({ length: 40 }, () => [0.1, 0.3, 0.7, 1.1]);
  let [s, mean, negative] = [0, 0, false];
  for (let step = 0; step < 40; step++) {
    s = 0.1 * s + (1 - 0.1) * 0.7 * 0.7;
    mean = 0.1 * mean + (1 - 0.1) * 0.7;
    negative ||= s - mean * mean < 0;
  }
  assertEquals(negative, true);
  assertEquals(path("RMSprop", options, [1, 1, 1, 1], gradients).flat().every(Number.isFinite), true);
});

Deno.test("a NaN gradient is not hidden by the centred form", () => {
  assertEquals(path("RMSprop", { centered: true }, [1, 1], [[NaN, 1]])[0].map(Number.isNaN), [true, false]);
});

Deno.test("RMSprop refuses hyperparameters out of their range", () => {
  const bad: [RMSpropOptions, string][] = [
    [{ learningRate: -1 }, "RMSprop: learningRate must be a finite number ≥ 0, got -1"],
    [{ alpha: 1 }, "alpha must be a number from 0 to below 1, got 1"],
    [{ epsilon: -1e-8 }, "epsilon must be a finite number ≥ 0, got -1e-8"],
    [{ weightDecay: NaN }, "weightDecay must be a finite number ≥ 0, got NaN"],
    [{ momentum: 1 }, "momentum must be a number from 0 to below 1, got 1"],
  ];
  for (const [options, message] of bad) {
    assertThrows(() => new RMSprop([weights([1])], options), RangeError, message);
  }
  assertThrows(() => new RMSprop([weights([1])], { centered: "yes" as never }), TypeError, 'got "yes"');
});
