import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { split } from "../../lib/data/split.ts";
import { Rng } from "../../lib/tensor/random.ts";
import { ShapeError } from "../../lib/tensor/shape.ts";
import { Tensor } from "../../lib/tensor/tensor.ts";

fc.configureGlobal({ seed: 1998 });

/** Image i is the number i; its label is given. */
function labelled(labels: number[]) {
  const images = new Tensor(Float64Array.from(labels, (_, i) => i), [labels.length, 1]);
  return { images, labels: Uint8Array.from(labels) };
}

const countOf = (labels: Uint8Array, label: number) => labels.filter((other) => other === label).length;

Deno.test("split() sets aside the first rows of the rng's permutation", () => {
  const { train, validation } = split(labelled([0, 1, 2, 3, 4]), { validation: 2, rng: new Rng(42) });
  // np.random.RandomState(42).permutation(5) is 1 4 2 0 3
  assertEquals([...validation.labels], [1, 4]);
  assertEquals([...train.labels], [2, 0, 3]);
  assertEquals([...train.images.data], [2, 0, 3]);
});

Deno.test("split() puts every image in exactly one part, stratified or not", () => {
  const labels = fc.array(fc.nat(4), { minLength: 2, maxLength: 80 });
  fc.assert(fc.property(labels, fc.nat(), fc.boolean(), (labels, pick, stratify) => {
    const wanted = 1 + pick % (labels.length - 1);
    const { train, validation } = split(labelled(labels), {
      validation: wanted,
      rng: new Rng(pick),
      stratify,
    });
    assertEquals(validation.labels.length, wanted);
    const rows = [...train.images.data, ...validation.images.data];
    assertEquals(rows.sort((a, b) => a - b), labels.map((_, i) => i));
    for (const part of [train, validation]) {
      part.labels.forEach((label, i) => assertEquals(label, labels[part.images.data[i]]));
    }
  }));
});

Deno.test("split() with stratify gives every class its share to within one image", () => {
  const labels = fc.array(fc.nat(4), { minLength: 2, maxLength: 200 });
  fc.assert(fc.property(labels, fc.nat(), (labels, pick) => {
    const wanted = 1 + pick % (labels.length - 1);
    const data = labelled(labels);
    const { validation } = split(data, { validation: wanted, rng: new Rng(pick), stratify: true });
    for (let label = 0; label < 5; label++) {
      const share = countOf(data.labels, label) * wanted / labels.length;
      assert(Math.abs(countOf(validation.labels, label) - share) < 1, `class ${label}`);
    }
  }));
});

Deno.test("split() with stratify gives what is left over to the class that lost most, then to the smaller number", () => {
  const chosen = (labels: number[], validation: number) =>
    [0, 1, 2, 3].map((label) =>
      countOf(
        split(labelled(labels), { validation, rng: new Rng(3), stratify: true }).validation.labels,
        label,
      )
    );
  assertEquals(chosen([3, 3, 1, 1, 0, 0], 1), [1, 0, 0, 0]); // ⅓ of each: a tie of three
  assertEquals(chosen([3, 3, 1, 1, 0, 0], 2), [1, 1, 0, 0]); // ⅔ of each
  assertEquals(chosen([1, 2, 2, 2, 2, 2], 1), [0, 0, 1, 0]); // ⅙ and ⅚: no tie
});

Deno.test("split() without stratify does not keep the shares, so the option does something", () => {
  const data = labelled(Array.from({ length: 100 }, (_, i) => i < 50 ? 0 : 1));
  const shares = (stratify: boolean) =>
    Array.from({ length: 20 }, (_, seed) => {
      const { validation } = split(data, { validation: 0.2, rng: new Rng(seed), stratify });
      return countOf(validation.labels, 0);
    });
  assertEquals(new Set(shares(true)), new Set([10]));
  assert(new Set(shares(false)).size > 1);
});

Deno.test("split() takes a share between 0 and 1, rounded to whole images", () => {
  const data = labelled(new Array(30).fill(0));
  const size = (validation: number) => split(data, { validation, rng: new Rng(1) }).validation.labels.length;
  assertEquals([0.1, 0.5, 0.95, 1, 29].map(size), [3, 15, 29, 1, 29]);
});

Deno.test("split() rejects what would leave a part without images, or is no number of images", () => {
  const data = labelled([0, 1, 2]);
  for (const validation of [0, -1, 3, 1.5, 0.01, 0.99, NaN, Infinity]) {
    assertThrows(() => split(data, { validation, rng: new Rng(1) }), RangeError, `got ${validation}`);
  }
});

Deno.test("split() rejects as many labels as there are not images", () => {
  const wrong = { ...labelled([0, 1, 2]), labels: new Uint8Array(2) };
  assertThrows(
    () => split(wrong, { validation: 1, rng: new Rng(1) }),
    ShapeError,
    "images [3, 1] and labels [2]",
  );
});

Deno.test("split() of inputs and numeric targets keeps the rows together", () => {
  const { images } = labelled([0, 1, 2, 3, 4, 5]);
  const { train, validation } = split({ inputs: images, targets: images.mul(-1) }, {
    validation: 1 / 3,
    rng: new Rng(2),
  });
  assertEquals([train.inputs.shape, validation.targets.shape], [[4, 1], [2, 1]]);
  for (const part of [train, validation]) assertEquals(part.targets.toArray(), part.inputs.mul(-1).toArray());
});

Deno.test("split() with stratify works on classes under the name targets, and refuses numbers", () => {
  const { images, labels } = labelled([0, 0, 0, 0, 1, 1]);
  const parts = split({ inputs: images, targets: labels }, {
    validation: 0.5,
    rng: new Rng(0),
    stratify: true,
  });
  assertEquals(countOf(parts.validation.targets, 0), 2);
  assertThrows(
    () => split({ inputs: images, targets: images }, { validation: 0.5, rng: new Rng(0), stratify: true }),
    TypeError,
    "needs class indices",
  );
});

Deno.test("split() with stratify leaves no class in front: the first rows of both parts are mixed", () => {
  const labels = Array.from({ length: 1000 }, (_, i) => i % 5);
  const dataset = labelled(labels);
  const { train, validation } = split(dataset, { validation: 0.2, rng: new Rng(42), stratify: true });
  for (const part of [train, validation]) {
    const first = [...part.labels.slice(0, 50)];
    for (let label = 0; label < 5; label++) {
      assertEquals(first.filter((other) => other === label).length > 2, true, `class ${label} in ${first}`);
    }
  }
});
