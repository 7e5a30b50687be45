import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { Rng, ShapeError, Standardizer, Tensor, tensor } from "backprop";

fc.configureGlobal({ seed: 1998 });

const column = (x: Tensor, j: number) => Array.from({ length: x.shape[0] }, (_, n) => x.at(n, j));
const meanOf = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;

Deno.test("Standardizer gives every column of the training data mean 0 and standard deviation 1", () => {
  const sizes = fc.record({ rows: fc.integer({ min: 2, max: 30 }), columns: fc.integer({ min: 1, max: 5 }) });
  fc.assert(fc.property(sizes, fc.nat(1000), ({ rows, columns }, seed) => {
    const rng = new Rng(seed);
    const train = rng.randn([rows, columns]).mul(rng.uniform([columns], 0.01, 1000)).add(
      rng.randn([columns]).mul(50),
    );
    const z = Standardizer.fit(train).transform(train);
    for (let j = 0; j < columns; j++) {
      assertAlmostEquals(meanOf(column(z, j)), 0, 1e-9);
      assertAlmostEquals(meanOf(column(z, j).map((value) => value * value)), 1, 1e-9);
    }
  }));
});

Deno.test("Standardizer treats unseen data with the numbers of the training data", () => {
  const scaler = Standardizer.fit(tensor([[0], [10]])); // μ = 5, σ = 5 (population: 1/N, not 1/(N − 1))
  assertEquals([...scaler.mean, ...scaler.standardDeviation], [5, 5]);
  assertEquals(scaler.transform(tensor([[0], [5], [20]])).toArray(), [[-1], [0], [3]]);
});

Deno.test("Standardizer only centres a constant column, and lists it", () => {
  // The mean of ten times 0.1 is not 0.1 in floating point: no test for σ = 0 would notice.
  const train = tensor(Array.from({ length: 10 }, (_, n) => [0.1, n, 7]));
  const scaler = Standardizer.fit(train);
  assertEquals(scaler.constantColumns, [0, 2]);
  const z = scaler.transform(train);
  assertEquals([new Set(column(z, 0)), new Set(column(z, 2))], [new Set([0]), new Set([0])]);
  assertEquals(scaler.transform(tensor([[0.1, 0, 9]])).at(0, 2), 2); // another value later: its distance
  assertEquals(scaler.inverse(z).at(3, 2), 7);
});

Deno.test("Standardizer of a single row centres every column", () => {
  const scaler = Standardizer.fit(tensor([[3, -4]]));
  assertEquals(scaler.constantColumns, [0, 1]);
  assertEquals(scaler.transform(tensor([[3, -4]])).toArray(), [[0, 0]]);
});

Deno.test("inverse() takes transform() back", () => {
  const x = new Rng(5).randn([20, 3]).mul(40).add(100);
  const scaler = Standardizer.fit(x);
  scaler.inverse(scaler.transform(x)).data.forEach((value, i) => assertAlmostEquals(value, x.data[i], 1e-11));
});

Deno.test("Standardizer keeps float32, but measures in float64", () => {
  // In float32, the mean of 100,000 numbers near 1000 would be off in the first decimals.
  const x = new Rng(1).uniform([100_000, 1], 1000, 1001, { dtype: "float32" });
  const scaler = Standardizer.fit(x);
  const exact = Array.from(x.data).reduce((sum, value) => sum + value, 0) / x.size;
  assertAlmostEquals(scaler.mean[0], exact, 1e-9);
  assertEquals(scaler.transform(x).dtype, "float32");
  assertEquals(scaler.inverse(x).dtype, "float32");
});

Deno.test("Standardizer leaves the data it was given as it is", () => {
  const x = tensor([[1, 2], [3, 5]]);
  const scaler = Standardizer.fit(x);
  scaler.inverse(scaler.transform(x));
  assertEquals(x.toArray(), [[1, 2], [3, 5]]);
});

Deno.test("Standardizer rejects data it cannot measure, naming the place", () => {
  assertThrows(() => Standardizer.fit(tensor([1, 2])), ShapeError, "got shape [2]");
  assertThrows(
    () => Standardizer.fit(new Tensor(new Float64Array(0), [0, 2])),
    ShapeError,
    "at least one row",
  );
  assertThrows(() => Standardizer.fit(tensor([[1, 2], [3, NaN]])), RangeError, "row 1, column 1 holds NaN");
  assertThrows(
    () => Standardizer.fit(tensor([[1, -Infinity]])),
    RangeError,
    "row 0, column 1 holds -Infinity",
  );
  const scaler = Standardizer.fit(tensor([[1, 2], [3, 4]]));
  assertThrows(() => scaler.transform(tensor([[1]])), ShapeError, "fitted on 2 columns, got shape [1, 1]");
  assertThrows(() => scaler.inverse(tensor([1, 2])), ShapeError, "Standardizer.inverse: expected a matrix");
});

Deno.test("a NaN in unseen data stays one NaN", () => {
  const z = Standardizer.fit(tensor([[1, 2], [3, 4]])).transform(tensor([[NaN, 3]]));
  assert(Number.isNaN(z.at(0, 0)));
  assertEquals(z.at(0, 1), 0);
});
