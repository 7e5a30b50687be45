import { assertEquals, assertThrows } from "@std/assert";
import { assertLabelsApart, textBoxes } from "./boxes.ts";
import { parseSvg } from "./svg.ts";

const picture = (inside: string) => parseSvg(`<svg viewBox="0 0 100 100">${inside}</svg>`);

Deno.test("assertLabelsApart() throws where texts overlap or leave the picture, and only there", () => {
  assertLabelsApart(picture('<text x="5" y="20">left</text><text x="5" y="40">below</text>'));
  assertThrows(
    () => assertLabelsApart(picture('<text x="5" y="20">one</text><text x="12" y="22">two</text>')),
    Error,
    "overlap",
  );
  assertThrows(() => assertLabelsApart(picture('<text x="80" y="20">too long</text>')), Error, "leaves");
  assertThrows(
    () => assertLabelsApart(picture('<g transform="translate(0,95)"><text y="9">low</text></g>')),
    Error,
    "leaves",
  );
});

Deno.test("textBoxes() adds up translations, anchors and lines", () => {
  const boxes = textBoxes(picture(
    '<g transform="translate(10,20)" font-size="10" text-anchor="middle"><text transform="translate(40,0)">' +
      '<tspan y="1em" x="0">iii</tspan><tspan dy="1.2em" x="0">iii</tspan></text></g>',
  ));
  assertEquals(boxes.map(({ left, right }) => (left + right) / 2), [50, 50]);
  assertEquals(boxes.map(({ bottom }) => bottom), [31.5, 43.5]);
});
