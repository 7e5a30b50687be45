import { assertAlmostEquals, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { Dropout, type DropoutForm, type DropoutOptions, ones, Rng } from "backprop";

const x = new Rng(1).randn([20, 30]);

for (const form of ["inverted", "classic"] as const) {
  Deno.test(`${form} dropout has the same mean in training as in prediction`, () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.9, noNaN: true }), fc.nat(1000), (p, seed) => {
        const dropout = new Dropout(p, { rng: new Rng(seed), form });
        const n = 20_000;
        const training = dropout.forward(ones([n])).mean().item();
        const prediction = dropout.eval().forward(ones([n])).mean().item();
        const kept = form === "inverted" ? 1 / (1 - p) : 1;
        const standardError = kept * Math.sqrt(p * (1 - p) / n);
        assertAlmostEquals(training, prediction, 5 * standardError + 1e-9);
      }),
      { numRuns: 30, seed: 1 },
    );
  });
}

Deno.test("inverted dropout scales what it keeps by 1/(1 − p), and does nothing in prediction", () => {
  const dropout = new Dropout(0.75, { rng: new Rng(2) });
  const y = dropout.forward(x);
  const kept = y.data.filter((value) => value !== 0).length;
  y.data.forEach((value, i) => assertEquals(value === 0 || value === x.data[i] * 4, true));
  assertAlmostEquals(kept / x.size, 0.25, 0.08); // 4.5 standard errors
  assertEquals(dropout.eval().forward(x).toArray(), x.toArray());
});

Deno.test("classic dropout only drops, and scales by 1 − p in prediction: inverted dropout times 1 − p", () => {
  const p = 0.75, make = (form: DropoutForm) => new Dropout(p, { rng: new Rng(2), form });
  for (const mode of ["train", "eval"] as const) {
    const classic = make("classic")[mode]().forward(x), inverted = make("inverted")[mode]().forward(x);
    assertEquals(classic.toArray(), inverted.mul(1 - p).toArray());
  }
  assertEquals(make("classic").eval().forward(x).toArray(), x.mul(0.25).toArray());
});

Deno.test("dropout draws anew for every batch, and the same for the same seed", () => {
  const dropout = new Dropout(0.5, { rng: new Rng(3) });
  const first = dropout.forward(x).toArray(), second = dropout.forward(x).toArray();
  assertEquals(JSON.stringify(first) === JSON.stringify(second), false);
  dropout.rng = new Rng(3);
  assertEquals(dropout.forward(x).toArray(), first);
});

Deno.test("dropout draws nothing in prediction", () => {
  const rng = new Rng(4), dropout = new Dropout(0.5, { rng }).eval();
  dropout.forward(x);
  assertEquals(rng.random(), new Rng(4).random());
  assertStrictEquals(dropout.rng, rng);
});

Deno.test("with p = 0 nothing is dropped", () => {
  assertEquals(new Dropout(0, { rng: new Rng(1) }).forward(x).toArray(), x.toArray());
});

Deno.test("dropout keeps float32", () => {
  const dropout = new Dropout(0.5, { rng: new Rng(1) });
  assertEquals(dropout.forward(ones([3], { dtype: "float32" })).dtype, "float32");
  assertEquals(dropout.backward(ones([3], { dtype: "float32" })).dtype, "float32");
});

Deno.test("Dropout says what it cannot be made of", () => {
  const rng = new Rng(0);
  for (const p of [-0.1, 1, 50, NaN]) {
    assertThrows(() => new Dropout(p, { rng }), RangeError, `p must be at least 0 and less than 1, got ${p}`);
  }
  for (const options of [undefined, {}, { rng: 42 }]) {
    assertThrows(
      () => new Dropout(0.5, options as unknown as DropoutOptions),
      TypeError,
      "expected a generator, as in new Dropout(0.5, { rng: new Rng(42) })",
    );
  }
  const form = "spatial" as DropoutForm;
  assertThrows(() => new Dropout(0.5, { rng, form }), RangeError, 'unknown form "spatial"');
});

Deno.test("Dropout prints its p, and its form if that is not the usual one", () => {
  const rng = new Rng(0);
  assertEquals(
    `${new Dropout(0.5, { rng })} ${new Dropout(0.5, { rng, form: "classic" })}`,
    "Dropout(0.5) Dropout(0.5, classic)",
  );
});
