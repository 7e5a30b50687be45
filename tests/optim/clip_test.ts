import { assert, assertAlmostEquals, assertEquals, assertLessOrEqual, assertThrows } from "@std/assert";
import fc from "fast-check";
import { clipGradNorm, clipGradValue, gradNorm, Tensor, tensor } from "backprop";
import { weights } from "./helpers.ts";

/** A parameter with this gradient. */
function withGradient(gradient: readonly number[], dtype: "float64" | "float32" = "float64"): Tensor {
  const w = weights(gradient.map(() => 0), dtype);
  w.grad = tensor(gradient, { dtype });
  return w;
}

const gradients = fc.array(
  fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 4 }),
  { minLength: 1, maxLength: 3 },
);

Deno.test("gradNorm() is the length of all gradients together, of those there are", () => {
  assertEquals(gradNorm([withGradient([3]), weights([1]), withGradient([4, 12])]), 13);
  assertEquals(gradNorm([]), 0);
  assertEquals(gradNorm([weights([1])]), 0);
  assertEquals(gradNorm([withGradient([0, 0])]), 0);
});

Deno.test("gradNorm() neither overflows nor underflows on the way", () => {
  assertAlmostEquals(gradNorm([withGradient([3e200, -4e200])]), 5e200, 1e186);
  assertAlmostEquals(gradNorm([withGradient([3e-200, 4e-200])]), 5e-200, 1e-214);
});

Deno.test("clipGradNorm() returns the norm before and scales by maxNorm/(norm + 1e-6)", () => {
  const [a, b] = [withGradient([3]), withGradient([4])];
  assertEquals(clipGradNorm([a, b], 1), 5);
  assertEquals([a.grad?.item(), b.grad?.item()], [3 * (1 / (5 + 1e-6)), 4 * (1 / (5 + 1e-6))]);
});

Deno.test("clipGradNorm() leaves a short gradient as it is, to the object", () => {
  const w = withGradient([3, 4]);
  const before = w.grad;
  assertEquals(clipGradNorm([w], 5.1), 5);
  assertEquals(clipGradNorm([w], Infinity), 5);
  assert(w.grad === before);
});

Deno.test("clipGradNorm() brings any gradients to at most maxNorm without turning them", () => {
  fc.assert(fc.property(gradients, fc.double({ min: 1e-3, max: 100, noNaN: true }), (lists, maxNorm) => {
    const parameters = lists.map((list) => withGradient(list));
    const before = lists.flat();
    const norm = clipGradNorm(parameters, maxNorm);
    const after = parameters.flatMap((p) => [...p.grad?.data ?? []]);
    assertLessOrEqual(Math.hypot(...after), maxNorm * (1 + 1e-12));
    const factor = Math.min(1, maxNorm / (norm + 1e-6));
    after.forEach((g, i) => assertAlmostEquals(g, before[i] * factor, 1e-12));
  }));
});

Deno.test("clipping shortens a gradient that two parameters share once for each, not twice", () => {
  const shared = [weights([1, 1]), weights([1, 1])];
  shared[0].add(shared[1]).mul(tensor([30, 40])).sum().backward();
  shared[1].grad = shared[0].grad; // backward() gives each leaf its own; a gradient set by hand may be shared
  const factor = 5 / (Math.sqrt(2) * 50 + 1e-6);
  assertAlmostEquals(clipGradNorm(shared, 5), Math.sqrt(2) * 50, 1e-12);
  for (const w of shared) {
    assertAlmostEquals(w.grad?.data[0] ?? NaN, 30 * factor, 1e-12);
    assertAlmostEquals(w.grad?.data[1] ?? NaN, 40 * factor, 1e-12);
  }
});

Deno.test("a parameter that is listed twice is clipped and counted once", () => {
  const w = withGradient([30, 40]);
  assertEquals(clipGradNorm([w, w], 25), 50);
  assertAlmostEquals(gradNorm([w]), 25, 1e-6);
});

Deno.test("a norm that is not finite is reported, and the gradients show where it comes from", () => {
  for (const bad of [NaN, Infinity, -Infinity]) {
    const [good, broken] = [withGradient([1, 2]), withGradient([3, bad])];
    assertEquals(clipGradNorm([good, broken], 1), Math.abs(bad));
    assertEquals(good.grad?.toArray(), [1, 2]);
    assertEquals(broken.grad?.toArray(), [3, bad]);
    assertThrows(
      () => clipGradNorm([good, broken], 1, { errorIfNonfinite: true }),
      RangeError,
      `the gradient of parameter 1, shape [2], is ${bad} at entry 1`,
    );
  }
  assertEquals(gradNorm([withGradient([NaN]), withGradient([Infinity])]), NaN); // whatever comes later
  assertEquals(gradNorm([withGradient([Infinity]), withGradient([NaN])]), NaN);
  const huge = [withGradient([1.7e308, 1.7e308])];
  assertThrows(() => clipGradNorm(huge, 1, { errorIfNonfinite: true }), RangeError, "too large to add up");
});

Deno.test("clipGradValue() cuts each entry by itself and keeps NaN", () => {
  const w = withGradient([-30, -0.5, 0, 0.5, 30, NaN, -Infinity]);
  clipGradValue([w, weights([1])], 2);
  assertEquals(w.grad?.toArray(), [-2, -0.5, 0, 0.5, 2, NaN, -2]);
});

Deno.test("clipping keeps dtype and shape", () => {
  const w = weights([[0, 0]], "float32");
  w.grad = tensor([[30, 40]], { dtype: "float32" });
  clipGradNorm([w], 1);
  clipGradValue([w], 0.5);
  assertEquals([w.grad.dtype, w.grad.shape], ["float32", [1, 2]]);
});

Deno.test("clipping refuses bounds that are none and what is no list of tensors", () => {
  for (const bad of [0, -1, NaN]) {
    assertThrows(() => clipGradNorm([], bad), RangeError, `maxNorm must be a finite number > 0, got ${bad}`);
    assertThrows(() => clipGradValue([], bad), RangeError, `limit must be a finite number > 0, got ${bad}`);
  }
  assertThrows(() => clipGradNorm(weights([1]) as never, 1), TypeError, "expected a list of tensors");
  assertThrows(() => clipGradValue([1] as never, 1), TypeError, "expected a list of tensors");
  assertThrows(() => gradNorm(undefined as never), TypeError, "got undefined");
});
