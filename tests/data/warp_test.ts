import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { Rng, ShapeError, tensor } from "backprop";
import { warpImages } from "../../lib/data/warp.ts";
import golden from "../golden/pytorch_data.json" with { type: "json" };

fc.configureGlobal({ seed: 1998 });

const size = { height: 5, width: 7 };
const image = tensor(golden.image).reshape([1, 35]);

type Golden = { pixels: number[]; shift_x?: number; shift_y?: number; rotate?: number; scale?: number };
for (const { pixels, ...setting } of golden.warps as Golden[]) {
  Deno.test(`warpImages() agrees with PyTorch's grid_sample for ${JSON.stringify(setting)}`, () => {
    const { shift_x: shiftX, shift_y: shiftY, rotate, scale } = setting;
    const warped = warpImages(image, [{ shiftX, shiftY, rotate, scale }], size);
    warped.data.forEach((value, i) => assertAlmostEquals(value, pixels[i], 1e-10));
  });
}

Deno.test("warpImages() without a change gives the same bits", () => {
  const images = new Rng(1).randn([3, 35], { dtype: "float32" });
  const same = warpImages(images, [{}, { scale: 1 }, { rotate: 0, shiftX: 0 }], size);
  assertEquals(same.data, images.data);
});

Deno.test("warpImages() moves by whole pixels exactly and fills with 0", () => {
  const picture = tensor([[1, 2, 3, 4, 5, 6]]); // 1 2 3 over 4 5 6
  const move = (shiftX: number, shiftY: number) =>
    warpImages(picture, [{ shiftX, shiftY }], { height: 2, width: 3 }).toArray();
  assertEquals(move(1, 0), [[0, 1, 2, 0, 4, 5]]);
  assertEquals(move(0, 1), [[0, 0, 0, 1, 2, 3]]);
  assertEquals(move(-2, -1), [[6, 0, 0, 0, 0, 0]]);
  assertEquals(move(10, 0), [[0, 0, 0, 0, 0, 0]]);
});

Deno.test("warpImages() turns counterclockwise, as a person sees it", () => {
  const right = tensor([[0, 0, 0, 0, 0, 1, 0, 0, 0]]); // the pixel right of the middle
  const top = warpImages(right, [{ rotate: 90 }], { height: 3, width: 3 });
  top.data.forEach((value, i) => assertAlmostEquals(value, i === 1 ? 1 : 0, 1e-15));
});

Deno.test("warpImages() back and forth gives a smooth picture back, away from the border", () => {
  fc.assert(fc.property(fc.double({ min: -30, max: 30, noNaN: true }), (rotate) => {
    const ramp = tensor([Array.from({ length: 81 }, (_, i) => 3 + (i % 9) + 2 * Math.floor(i / 9))]);
    const square = { height: 9, width: 9 };
    const back = warpImages(warpImages(ramp, [{ rotate }], square), [{ rotate: -rotate }], square);
    // Bilinear interpolation is exact on a plane, so the middle must come back.
    assertAlmostEquals(back.at(0, 40), ramp.at(0, 40), 1e-12);
    assertAlmostEquals(back.at(0, 31), ramp.at(0, 31), 1e-12);
  }));
});

Deno.test("warpImages() moves each picture in its own way and keeps the shape it was given", () => {
  const two = tensor([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]); // [N=2, H=2, W=2]
  const moved = warpImages(two, [{ shiftX: 1 }, { shiftY: 1 }], { height: 2, width: 2 });
  assertEquals(moved.toArray(), [[[0, 1], [0, 3]], [[0, 0], [5, 6]]]);
});

Deno.test("warpImages() rejects pictures of another size, as many warps as there are not pictures, and no numbers", () => {
  assertThrows(() => warpImages(image, [{}], { height: 5, width: 5 }), ShapeError, "[N, 25], got [1, 35]");
  assertThrows(() => warpImages(tensor([1, 2]), [{}, {}], { height: 1, width: 2 }), ShapeError, "got [2]");
  assertThrows(() => warpImages(image, [], size), ShapeError, "one warp for each of 1 images, got 0");
  assertThrows(() => warpImages(image, [{}], { height: 0, width: 7 }), RangeError, "height");
  assertThrows(() => warpImages(image, [{}], { height: 5, width: 3.5 }), RangeError, "width");
  assertThrows(() => warpImages(image, [{ scale: 0 }], size), RangeError, "scale 0");
  assertThrows(() => warpImages(image, [{ shiftX: NaN }], size), RangeError, "shiftX NaN");
  assertThrows(() => warpImages(image, [{ rotate: Infinity }], size), RangeError, "rotate Infinity");
});
