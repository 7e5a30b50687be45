import { assert, assertEquals, assertThrows } from "@std/assert";
import { DigitImages } from "../../lib/data/digit_images.ts";

const content = {
  pixels: Uint8Array.of(0, 1, 51, 255, 0, 0, 254, 128),
  labels: Uint8Array.of(4, 0),
  height: 2,
  width: 2,
};

Deno.test("images are the pixels over 255, in the dtype asked for", () => {
  for (const dtype of ["float64", "float32"] as const) {
    const { images } = new DigitImages({ ...content, dtype });
    const expected = [...content.pixels].map((pixel) =>
      dtype === "float32" ? Math.fround(pixel / 255) : pixel / 255
    );
    assertEquals([...images.data], expected);
    assertEquals([images.shape, images.dtype], [[2, 4], dtype]);
  }
});

Deno.test("images are made once", () => {
  const digits = new DigitImages(content);
  assert(digits.images === digits.images);
});

Deno.test("image() is a window on one image's pixels", () => {
  const digits = new DigitImages(content);
  assertEquals([...digits.image(1)], [0, 0, 254, 128]);
  assert(digits.image(1).buffer === digits.pixels.buffer);
  for (const index of [-1, 2, 0.5]) assertThrows(() => digits.image(index), RangeError, `got ${index}`);
});

Deno.test("classes are those that occur, and counts() has a number for each up to the largest", () => {
  const digits = new DigitImages(content);
  assertEquals(digits.classes, [0, 4]);
  assertEquals(digits.counts(), [1, 0, 0, 0, 1]);
  const none = new DigitImages({
    pixels: new Uint8Array(0),
    labels: new Uint8Array(0),
    height: 28,
    width: 28,
  });
  assertEquals([none.size, none.classes, none.counts(), none.images.shape], [0, [], [], [0, 784]]);
});

Deno.test("a dataset shows itself as one line", () => {
  const line = "DigitImages: 2 images of 2×2, classes 0 4, float64";
  assertEquals(Deno.inspect(new DigitImages(content)), line);
  assertEquals(String(new DigitImages(content)), line);
});

Deno.test("pixels that are not N × height × width are rejected", () => {
  const wrong = { ...content, pixels: new Uint8Array(7) };
  assertThrows(
    () => new DigitImages(wrong),
    RangeError,
    "expected 2 × 2 × 2 pixels for as many labels, got 7",
  );
});

Deno.test("slice() is a window on some of the images", () => {
  const digits = new DigitImages({ ...content, dtype: "float32" });
  const second = digits.slice(1, 2);
  assertEquals([[...second.pixels], [...second.labels], second.dtype], [[0, 0, 254, 128], [0], "float32"]);
  assert(second.pixels.buffer === digits.pixels.buffer);
  assertEquals([digits.slice(0, 0).size, digits.slice(0, 2).size], [0, 2]);
  for (const [from, to] of [[-1, 1], [0, 3], [2, 1], [0.5, 1]]) {
    assertThrows(() => digits.slice(from, to), RangeError, "within 0 … 2");
  }
});

Deno.test("shrink() takes the mean of every block, image by image", () => {
  const pixels = Uint8Array.from({ length: 32 }, (_, i) => i < 16 ? i : 255 - i); // two images of 4 × 4
  const digits = new DigitImages({ pixels, labels: Uint8Array.of(1, 2), height: 4, width: 4 });
  const small = digits.shrink(2);
  assertEquals([small.height, small.width, small.size], [2, 2, 2]);
  // Blocks of the first image: 0 1 4 5, 2 3 6 7, 8 9 12 13, 10 11 14 15; a half is rounded up.
  assertEquals([...small.pixels.subarray(0, 4)], [3, 5, 11, 13]);
  assertEquals([...small.pixels.subarray(4)], [237, 235, 229, 227]);
  assertEquals([...digits.shrink(1).pixels], [...pixels]);
  assertEquals(digits.shrink(4).pixels.length, 2);
});

Deno.test("shrink() refuses a factor that leaves a rest", () => {
  for (const factor of [0, 3, 1.5, -2]) {
    assertThrows(() => new DigitImages(content).shrink(factor), RangeError, `got ${factor}`);
  }
});
