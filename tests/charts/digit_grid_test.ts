import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { decode } from "fast-png";
import { digitGrid } from "../../lib/charts/digit_grid.ts";
import { ChartDataError } from "../../lib/charts/errors.ts";
import { palette } from "../../lib/charts/palette.ts";
import { all, assertReadable, type Element, texts } from "./svg.ts";

/** A picture with every grey, different for each seed. */
const picture = (seed: number) => Uint8Array.from({ length: 784 }, (_, i) => (i * 7 + seed * 31) % 256);
const images = (root: Element) => all(root).filter((element) => element.name === "image");

function pixelsOf(image: Element) {
  const [kind, data] = image.attributes.href.split(",");
  assertEquals(kind, "data:image/png;base64");
  const png = decode(Uint8Array.from(atob(data), (character) => character.charCodeAt(0)));
  assertEquals([png.depth, png.channels], [8, 1]);
  return png;
}

Deno.test("digitGrid() holds each picture pixel by pixel, full ink black on white paper", () => {
  const root = assertReadable(digitGrid([{ pixels: picture(1) }, { pixels: picture(2) }]).toSVG());
  assertEquals(images(root).length, 2);
  images(root).forEach((image, index) => {
    const { width, height, data } = pixelsOf(image);
    assertEquals([width, height], [28, 28]);
    assertEquals(Array.from(data), Array.from(picture(index + 1), (value) => 255 - value));
  });
});

Deno.test("digitGrid() draws white ink on black where asked to", () => {
  const root = assertReadable(digitGrid([picture(3)], { ink: "white" }).toSVG());
  assertEquals(Array.from(pixelsOf(images(root)[0]).data), Array.from(picture(3)));
});

Deno.test("digitGrid() scales pixels by max", () => {
  const root = assertReadable(digitGrid([[0, 0.5, 1, 0.25]], { max: 1, width: 4, height: 1 }).toSVG());
  const { width, height, data } = pixelsOf(images(root)[0]);
  assertEquals([width, height], [4, 1]);
  assertEquals(Array.from(data), [255, 127, 0, 191]);
});

Deno.test("digitGrid() enlarges every picture by a whole number, unsmoothed", () => {
  for (const count of [1, 8, 40]) {
    for (const image of images(assertReadable(digitGrid(Array(count).fill(picture(1))).toSVG()))) {
      assertEquals(Number(image.attributes.width) % 28, 0);
      assertEquals(image.attributes.width, image.attributes.height);
      assertEquals(Number(image.attributes.x) % 1, 0);
      assertStringIncludes(image.attributes.style, "pixelated");
    }
  }
});

Deno.test("digitGrid() writes captions below their pictures, wrong ones in another colour", () => {
  const root = assertReadable(
    digitGrid([{ pixels: picture(1), caption: "7" }, {
      pixels: picture(2),
      caption: "3, says 2\n(91%)",
      wrong: true,
    }])
      .toSVG(),
  );
  assertEquals(texts(root), ["7", "3, says 2", "(91%)"]);
  const captions = all(root).filter((element) => element.name === "text");
  assertEquals(captions.map((text) => text.attributes.fill), [
    palette.text,
    palette.validationText,
    palette.validationText,
  ]);
  for (const [caption, image] of [[0, 0], [1, 1], [2, 1]].map(([c, i]) => [captions[c], images(root)[i]])) {
    const { x, y, width, height } = image.attributes;
    assertEquals(Number(caption.attributes.x), Number(x) + Number(width) / 2);
    assert(Number(caption.attributes.y) > Number(y) + Number(height));
  }
});

Deno.test("digitGrid() fits a caption that is wider than its picture onto two lines", () => {
  const root = assertReadable(
    digitGrid(Array.from({ length: 40 }, () => ({ pixels: picture(1), caption: "3, says 2 (91%)" }))).toSVG(),
  );
  assertEquals(texts(root).slice(0, 2), ["3, says 2", "(91%)"]);
});

Deno.test("digitGrid() lays pictures out in the given number of columns", () => {
  const root = assertReadable(digitGrid(Array(7).fill(picture(1)), { columns: 3 }).toSVG());
  const distinct = (name: string) => new Set(images(root).map((image) => image.attributes[name])).size;
  assertEquals([distinct("x"), distinct("y")], [3, 3]);
});

Deno.test("digitGrid() takes under 200 kB for 40 digits", () => {
  const noise = Array.from(
    { length: 40 },
    (_, k) => Uint8Array.from({ length: 784 }, (_, i) => (i * i * 31 + k * i) % 251),
  );
  const bytes = new TextEncoder().encode(digitGrid(noise).toSVG()).length;
  assert(bytes < 200_000, `${bytes} bytes`);
});

Deno.test("digitGrid() says in words what it shows", () => {
  const chart = digitGrid([{ pixels: picture(1), caption: "3, says 2\n(91%)" }, {
    pixels: picture(2),
    caption: "4",
  }], {
    title: "Two mistakes",
  });
  assertEquals(chart.title, "Two mistakes");
  assertEquals(chart.alternative, "Two mistakes. Grid of 2 pictures. Captions: 3, says 2 (91%); 4.");
});

Deno.test("digitGrid() gives the same characters every time", () => {
  assertEquals(digitGrid([picture(5)]).toSVG(), digitGrid([picture(5)]).toSVG());
});

Deno.test("digitGrid() refuses pictures that do not fit, naming the picture", () => {
  const fails = (images: unknown, says: string, options = {}) =>
    assertThrows(() => digitGrid(images as number[][], options), ChartDataError, says);
  fails([], "no pictures to draw");
  fails(undefined, "no pictures to draw");
  fails([picture(1), [1, 2, 3]], "picture 1: expected 28 × 28 = 784 pixels, got 3");
  fails([{ caption: "7" }], "picture 0: expected 28 × 28 = 784 pixels, got none");
  fails([[300]], "pixel 0 is 300, outside 0…255", { width: 1, height: 1 });
  fails([[NaN]], "pixel 0 is NaN", { width: 1, height: 1 });
  fails([[0.5, 1]], "Pass { max: 1 }", { width: 2, height: 1 });
  fails([picture(1)], "columns to be a whole number from 1, got 0", { columns: 0 });
});
