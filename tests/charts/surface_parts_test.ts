import { assert, assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { makeFrame } from "../../lib/charts/frame.ts";
import { LabelSpace } from "../../lib/charts/labels.ts";
import { contrast, rgb } from "../../lib/charts/palette.ts";
import { heightColour } from "../../lib/charts/heights.ts";
import { seriesLook, visibleParts } from "../../lib/charts/series.ts";
import { spreadApart } from "../../lib/charts/spread.ts";
import { contourLevels } from "../../lib/charts/heights.ts";
import { insideParts, isInside } from "../../lib/charts/surface_marks.ts";

/** The heights of a function on a grid, sorted. */
function heights(f: (x: number, y: number) => number): Float64Array {
  const at = (i: number) => -2 + 4 * i / 40;
  return Float64Array.from({ length: 41 * 41 }, (_, i) => f(at(i % 41), at(Math.floor(i / 41)))).sort();
}

Deno.test("contourLevels() spaces the contours of a bowl and of a ravine evenly over the picture", () => {
  for (const f of [(x: number, y: number) => x * x + y * y, (x: number, y: number) => x * x + 20 * y * y]) {
    const values = heights(f), levels = contourLevels(values, 9);
    assert(levels.length >= 8, levels.join());
    const shares = levels.map((level) => values.filter((value) => value < level).length / values.length);
    // No band is empty, none holds more than a third of the picture.
    for (let k = 1; k < shares.length; k++) {
      assert(shares[k] - shares[k - 1] > 0.02 && shares[k] - shares[k - 1] < 0.34, shares.join());
    }
  }
});

Deno.test("contourLevels() are round, rising and inside, also for plateaus, saddles and steep valleys", () => {
  for (
    const f of [
      (x: number, y: number) => 1 - Math.exp(-3 * (x * x + y * y)),
      (x: number, y: number) => x * x - y * y,
      (x: number, y: number) => (1 - x) ** 2 + 100 * (y - x * x) ** 2,
      (x: number) => x,
    ]
  ) {
    const values = heights(f), levels = contourLevels(values, 9);
    assert(levels.length >= 6, levels.join());
    assert(levels.every((level, k) => k === 0 || level > levels[k - 1]));
    assert(levels[0] > values[0] && levels.at(-1)! < values.at(-1)!);
    assert(levels.every((level) => String(level).replace(/[-.]|^0+/g, "").length <= 4), levels.join());
  }
  assertEquals(contourLevels(Float64Array.of(3, 3, 3), 9), []);
});

Deno.test("heightColour() darkens evenly from low to high, and black text reads on all of it", () => {
  const lightness = (hex: string) => {
    const [r, g, b] = rgb(hex).map((c) =>
      c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4
    );
    const Y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    return 116 * Math.cbrt(Y) - 16;
  };
  const steps = Array.from({ length: 11 }, (_, k) => lightness(heightColour(k / 10)));
  for (let k = 1; k < steps.length; k++) {
    const step = steps[k - 1] - steps[k];
    assert(step > 2 && step < 6, steps.map((value) => value.toFixed(1)).join(" "));
  }
  for (let k = 0; k <= 10; k++) assert(contrast("#000000", heightColour(k / 10)) > 4.5);
});

Deno.test("seriesLook() has names that read on white, and differs in colour and in shape", () => {
  const looks = Array.from({ length: 6 }, (_, i) => seriesLook(i));
  for (const { text } of looks) assert(contrast(text, "#FFFFFF") >= 4.5, text);
  for (const { colour } of looks) assert(contrast(colour, "#FFFFFF") >= 2.8, colour);
  assertEquals(new Set(looks.map(({ colour }) => colour)).size, 6);
  assertEquals(new Set(looks.map(({ symbol }) => symbol)).size, 6);
  assertEquals(new Set(looks.map(({ dash }) => dash)).size, 6);
});

Deno.test("visibleParts() cuts where a curve crosses the border", () => {
  const zigzag = [-2, 2, -2, 2].map((y, x) => ({ x, y }));
  assertEquals(visibleParts(zigzag, [-1, 1]), [
    [{ x: 0.25, y: -1 }, { x: 0.75, y: 1 }],
    [{ x: 1.25, y: 1 }, { x: 1.75, y: -1 }],
    [{ x: 2.25, y: -1 }, { x: 2.75, y: 1 }],
  ]);
  assertEquals(visibleParts([{ x: 0, y: 0 }, { x: 1, y: NaN }, { x: 2, y: 0 }], [-1, 1]).length, 2);
  assertEquals(visibleParts([{ x: 0, y: 5 }, { x: 1, y: 5 }], [-1, 1]), []);
  assertEquals(visibleParts([{ x: 0, y: Infinity }, { x: 1, y: 0 }], [-1, 1]), [[{ x: 1, y: 1 }, {
    x: 1,
    y: 0,
  }]]);
});

const frame = makeFrame({
  x: { label: "x", range: [0, 1], exact: true },
  y: { label: "y", range: [0, 1], exact: true },
  width: 400,
  height: 300,
});

Deno.test("insideParts() keeps exactly what is inside the frame", () => {
  const pixels = fc.record({
    x: fc.double({ min: -300, max: 800, noNaN: true }),
    y: fc.double({ min: -300, max: 800, noNaN: true }),
  });
  fc.assert(fc.property(fc.array(pixels, { minLength: 2, maxLength: 12 }), (points) => {
    const parts = insideParts(points, frame);
    assert(parts.flat().every((point) => isInside(point, frame)));
    for (const point of points.filter((point) => isInside(point, frame))) {
      assert(
        parts.flat().some(({ x, y }) => Math.hypot(x - point.x, y - point.y) < 1e-6),
        JSON.stringify(point),
      );
    }
  }));
});

Deno.test("spreadApart() moves labels off each other, keeps their order and leaves free ones alone", () => {
  assertEquals(spreadApart([10, 100], [17, 17], 0, 200), [10, 100]);
  assertEquals(spreadApart([50, 50], [20, 20], 0, 200), [40, 60]);
  const range = fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { minLength: 1, maxLength: 8 });
  fc.assert(fc.property(range, (positions) => {
    const placed = spreadApart(positions, positions.map(() => 17), 0, 300);
    const order = positions.map((_, i) => i).sort((a, b) => positions[a] - positions[b] || a - b);
    order.forEach((i, k) => {
      assert(placed[i] >= 8.49 && placed[i] <= 291.51, String(placed));
      if (k > 0) assert(placed[i] - placed[order[k - 1]] >= 16.999, String(placed));
    });
  }));
});

Deno.test("LabelSpace finds a free place for many labels of one point, all inside the room", () => {
  const room = { x: 0, y: 0, width: 300, height: 200 };
  const space = new LabelSpace(room);
  const boxes = Array.from({ length: 8 }, (_, i) => space.place(`label ${i}`, { x: 290, y: 5 }).box);
  boxes.forEach((a, i) => {
    assert(a.x >= 0 && a.y >= 0 && a.x + a.width <= 300 && a.y + a.height <= 200);
    for (const b of boxes.slice(i + 1)) {
      const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y ||
        b.y + b.height <= a.y;
      assert(apart, JSON.stringify([a, b]));
    }
  });
});

Deno.test("LabelSpace goes further away rather than over something, be the overlap ever so small", () => {
  const at = { x: 20, y: 100 }, options = { sides: ["e"], distance: 20 } as const;
  const room = { x: 0, y: 0, width: 400, height: 200 };
  const free = new LabelSpace(room).place("label", at, options).box;
  assertEquals(free.x, at.x + 20);
  const space = new LabelSpace(room);
  space.take({ x: free.x, y: free.y, width: 1, height: 1 });
  assertEquals(space.place("label", at, options).box.x, at.x + 1.6 * 20);
});

Deno.test("LabelSpace leaves the sides of a point only where all of them are taken", () => {
  const room = { x: 0, y: 0, width: 400, height: 300 }, at = { x: 200, y: 150 };
  const space = new LabelSpace(room);
  space.take({ x: 60, y: 20, width: 280, height: 260 }); // all that is within reach
  const { box } = space.place("far", at);
  assert(
    box.x + box.width <= 60 || box.x >= 340 || box.y + box.height <= 20 || box.y >= 280,
    JSON.stringify(box),
  );
});
