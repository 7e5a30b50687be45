import { assert, assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import { augmentImages, jitterSeries, parameter, Rng, ShapeError, tensor } from "backprop";
import { warpImages } from "../../lib/data/warp.ts";

const size = { height: 4, width: 6 };
const images = new Rng(11).uniform([50, 24]);

Deno.test("augmentImages() is warpImages() with four numbers drawn for each picture", () => {
  const rng = new Rng(5);
  const draw = (limit: number) => limit * (2 * rng.random() - 1);
  const warps = Array.from({ length: 50 }, () => ({
    shiftX: draw(1.5),
    shiftY: draw(1.5),
    rotate: draw(20),
    scale: 1 + draw(0.2),
  }));
  const augmented = augmentImages(images, { ...size, shift: 1.5, rotate: 20, scale: 0.2, rng: new Rng(5) });
  assertEquals(augmented.data, warpImages(images, warps, size).data);
});

Deno.test("augmentImages() without limits changes nothing, and draws as much as with them", () => {
  const rng = new Rng(2), other = new Rng(2);
  assertEquals(augmentImages(images, { ...size, rng }).data, images.data);
  augmentImages(images, { ...size, shift: 2, rotate: 30, scale: 0.5, rng: other });
  assertEquals(rng.random(), other.random());
});

Deno.test("augmentImages() adds noise after the movement, of the standard deviation asked for", () => {
  const many = new Rng(1).uniform([500, 24]);
  const options = { ...size, shift: 1 };
  const moved = augmentImages(many, { ...options, rng: new Rng(3) });
  const noise = augmentImages(many, { ...options, noise: 0.25, rng: new Rng(3) }).sub(moved);
  assertAlmostEquals(noise.mean().item(), 0, 0.01);
  assertAlmostEquals(Math.sqrt(noise.square().mean().item()), 0.25, 0.01);
});

Deno.test("augmentImages() gives the same bits for the same seed, other ones for another, in the dtype it got", () => {
  const augment = (seed: number, dtype: "float64" | "float32" = "float64") =>
    augmentImages(new Rng(1).uniform([5, 24], 0, 1, { dtype }), {
      ...size,
      shift: 1,
      rotate: 15,
      scale: 0.1,
      noise: 0.1,
      rng: new Rng(seed),
    });
  assertEquals(augment(1).data, augment(1).data);
  assert(augment(1).data.some((value, i) => value !== augment(2).data[i]));
  assertEquals(augment(1, "float32").dtype, "float32");
});

Deno.test("augmentImages() leaves the originals alone and records nothing", () => {
  const original = parameter(images);
  const augmented = augmentImages(original, { ...size, shift: 1, noise: 0.1, rng: new Rng(1) });
  assertEquals(augmented.requiresGrad, false);
  assertEquals(original.data, images.data);
});

Deno.test("augmentImages() rejects limits that are none", () => {
  const augment = (options: Record<string, number>) => () =>
    augmentImages(images, { ...size, ...options, rng: new Rng(1) });
  assertThrows(augment({ shift: -1 }), RangeError, "shift to be a finite number from 0, got -1");
  assertThrows(augment({ rotate: NaN }), RangeError, "rotate");
  assertThrows(augment({ noise: Infinity }), RangeError, "noise");
  assertThrows(augment({ scale: 1 }), RangeError, "share below 1");
  assertThrows(augment({ width: 5 }), ShapeError, "augmentImages: images of 4×5");
});

Deno.test("jitterSeries() adds noise of the standard deviation asked for", () => {
  const series = new Rng(1).randn([200, 50]);
  const noise = jitterSeries(series, { noise: 0.3, rng: new Rng(2) }).sub(series);
  assertAlmostEquals(noise.mean().item(), 0, 0.01);
  assertAlmostEquals(Math.sqrt(noise.square().mean().item()), 0.3, 0.01);
});

Deno.test("jitterSeries() scales each series by one factor about 1", () => {
  const series = new Rng(1).uniform([400, 10], 1, 2);
  const scaled = jitterSeries(series, { scale: 0.1, rng: new Rng(2) });
  const factors = Array.from({ length: 400 }, (_, n) => scaled.at(n, 0) / series.at(n, 0));
  for (let n = 0; n < 400; n++) assertAlmostEquals(scaled.at(n, 9) / series.at(n, 9), factors[n], 1e-12);
  const squares = factors.reduce((sum, factor) => sum + (factor - 1) * (factor - 1), 0);
  assertAlmostEquals(Math.sqrt(squares / 400), 0.1, 0.01);
  new Rng(2).randn([400]).data.forEach((g, n) => assertAlmostEquals(factors[n], 1 + 0.1 * g, 1e-12));
});

Deno.test("jitterSeries() keeps shape, dtype and the original, and takes series of several channels", () => {
  const series = new Rng(1).randn([3, 5, 2], { dtype: "float32" });
  const before = series.data.slice();
  const jittered = jitterSeries(series, { noise: 0.1, scale: 0.1, rng: new Rng(2) });
  assertEquals([jittered.shape, jittered.dtype], [[3, 5, 2], "float32"]);
  assertEquals(series.data, before);
  assertEquals(jitterSeries(series, { rng: new Rng(2) }).data, before);
});

Deno.test("jitterSeries() draws the factors whether they are used or not", () => {
  const series = tensor([[0, 0, 0]]);
  const one = jitterSeries(series, { noise: 1, rng: new Rng(4) });
  const two = jitterSeries(series, { noise: 1, scale: 0.5, rng: new Rng(4) });
  assertEquals(one.data, two.data); // scaling zeros changes nothing, so only the noise is seen
  assertLess(0, Math.abs(one.at(0, 0)));
});

Deno.test("jitterSeries() rejects limits that are none and what is no series", () => {
  assertThrows(() => jitterSeries(images, { noise: -1, rng: new Rng(1) }), RangeError, "noise");
  assertThrows(() => jitterSeries(images, { scale: NaN, rng: new Rng(1) }), RangeError, "scale");
  assertThrows(() => jitterSeries(tensor([1, 2]), { rng: new Rng(1) }), ShapeError, "[N, T], got shape [2]");
});
