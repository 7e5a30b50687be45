import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { batches } from "../../lib/data/batches.ts";
import { Rng } from "../../lib/tensor/random.ts";
import { ShapeError } from "../../lib/tensor/shape.ts";
import { Tensor } from "../../lib/tensor/tensor.ts";

fc.configureGlobal({ seed: 1998 });

/** N images of two pixels, image i being [i, −i] and labelled i. */
function numbered(count: number) {
  const pixels = Float64Array.from({ length: 2 * count }, (_, i) => i % 2 === 0 ? i / 2 : -(i - 1) / 2);
  return { images: new Tensor(pixels, [count, 2]), labels: Uint8Array.from({ length: count }, (_, i) => i) };
}

Deno.test("batches() without rng gives the images in their order, the last batch smaller", () => {
  const seen = [...batches(numbered(5), { batchSize: 2 })];
  assertEquals(seen.map(({ labels }) => [...labels]), [[0, 1], [2, 3], [4]]);
  assertEquals(seen.map(({ images }) => images.shape), [[2, 2], [2, 2], [1, 2]]);
  assertEquals([...seen[1].images.data], [2, -2, 3, -3]);
});

Deno.test("batches() gives every image once, beside its own label, whatever the batch size", () => {
  const cases = fc.record({
    count: fc.integer({ min: 1, max: 100 }),
    batchSize: fc.integer({ min: 1, max: 120 }),
  });
  fc.assert(fc.property(cases, fc.nat(1000), ({ count, batchSize }, seed) => {
    const seen: number[] = [];
    for (const { images, labels } of batches(numbered(count), { batchSize, rng: new Rng(seed) })) {
      assert(labels.length >= 1 && labels.length <= batchSize);
      labels.forEach((label, row) => {
        assertEquals([images.at(row, 0), images.at(row, 1)], [label, label === 0 ? 0 : -label]);
        seen.push(label);
      });
    }
    assertEquals(seen.sort((a, b) => a - b), Array.from({ length: count }, (_, i) => i));
  }));
});

Deno.test("batches() shuffles as the rng's permutation says, and anew at every call", () => {
  const order = (rng: Rng) =>
    [...batches(numbered(10), { batchSize: 3, rng })].flatMap(({ labels }) => [...labels]);
  // np.random.RandomState(0).permutation(10)
  assertEquals(order(new Rng(0)), [2, 8, 4, 9, 1, 6, 7, 3, 0, 5]);
  const rng = new Rng(0);
  assert(String(order(rng)) !== String(order(rng)), "two epochs had the same order");
});

Deno.test("batches() with dropLast leaves out a smaller last batch, and only that", () => {
  const sizes = (count: number) =>
    [...batches(numbered(count), { batchSize: 4, dropLast: true })].map(({ labels }) => labels.length);
  assertEquals(sizes(11), [4, 4]);
  assertEquals(sizes(8), [4, 4]);
});

Deno.test("batches() rejects a batchSize that is no whole number from 1, before the loop begins", () => {
  for (const batchSize of [0, -1, 2.5, NaN, Infinity]) {
    assertThrows(
      () => batches(numbered(5), { batchSize }),
      RangeError,
      `whole number from 1, got ${batchSize}`,
    );
  }
});

Deno.test("batches() rejects a dataset without examples, and a dropLast that would drop everything", () => {
  assertThrows(() => batches(numbered(0), { batchSize: 2 }), RangeError, "no examples");
  assertThrows(
    () => batches(numbered(3), { batchSize: 4, dropLast: true }),
    RangeError,
    "3 examples give no batch",
  );
});

Deno.test("batches() rejects as many labels as there are not images", () => {
  const wrong = { ...numbered(5), labels: new Uint8Array(4) };
  assertThrows(() => batches(wrong, { batchSize: 2 }), ShapeError, "images [5, 2] and labels [4]");
});

Deno.test("batches() of inputs and numeric targets keep each row beside its own, and their names", () => {
  const { images } = numbered(5);
  const data = { inputs: images, targets: images.mul(10) };
  const seen: number[] = [];
  for (const { inputs, targets } of batches(data, { batchSize: 2, rng: new Rng(3) })) {
    assertEquals(targets.toArray(), inputs.mul(10).toArray());
    for (let row = 0; row < inputs.shape[0]; row++) seen.push(inputs.at(row, 0));
  }
  assertEquals(seen, [...new Rng(3).permutation(5)]);
});

Deno.test("batches() of one example, and one batch of all examples", () => {
  const sizes = (count: number, batchSize: number) =>
    [...batches(numbered(count), { batchSize })].map(({ labels }) => labels.length);
  assertEquals(sizes(1, 1), [1]);
  assertEquals(sizes(4, 4), [4]);
  assertEquals(sizes(4, 100), [4]);
});

Deno.test("batches() draws its order when it is called, not when the loop begins", () => {
  const rng = new Rng(0);
  const first = batches(numbered(4), { batchSize: 4, rng });
  const second = batches(numbered(4), { batchSize: 4, rng });
  const orders = [...second, ...first].map(({ labels }) => [...labels]);
  const again = new Rng(0);
  const [one, two] = [[...again.permutation(4)], [...again.permutation(4)]];
  assertEquals(orders, [two, one]);
});
