import { assert, assertAlmostEquals, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { landscape3d, surfaceExplorer, tensor } from "backprop";
import { heightColour } from "../../lib/charts/heights.ts";
import { contrast, palette } from "../../lib/charts/palette.ts";
import { DARK, LIGHT } from "../../lib/widgets/draw/colours.ts";
import { Landscape } from "../../lib/widgets/draw/landscape.ts";
import { lossCurve } from "../../lib/widgets/draw/loss_curve.ts";
import { plotArea } from "../../lib/widgets/draw/plot_area.ts";
import { SurfaceMap } from "../../lib/widgets/draw/surface_map.ts";
import { LineDescent } from "../../lib/widgets/models/line_descent.ts";
import { LineSurface } from "../../lib/widgets/models/line_surface.ts";
import type { SurfaceExplorerData } from "../../lib/widgets/surface_explorer.ts";
import { dataOf } from "./pages.ts";

const surface = new LineSurface({ x: [-3, -1, 1, 3], y: [-5.5, -1.5, 2.5, 6.5] });
const size = { width: 400, height: 400 };

Deno.test("text and lines of the widgets have enough contrast, in light and in dark", () => {
  for (const colours of [LIGHT, DARK]) {
    for (const name of ["ink", "quiet"] as const) assert(contrast(colours[name], colours.paper) >= 7, name);
    for (const name of ["blue", "orange", "green", "reference"] as const) {
      assert(
        contrast(colours[name], colours.paper) >= 3,
        `${name} ${contrast(colours[name], colours.paper)}`,
      );
    }
    assert(contrast(colours.paper, colours.blue) >= 4.5, "text on a button");
  }
  assertEquals(LIGHT.paper, palette.paper);
});

Deno.test("plotArea() turns a pixel back into the number it stands for", () => {
  const { x, y } = plotArea(size, [-1, 5], [-2.5, 3.5]);
  for (const value of [-1, 0.3, 3]) {
    assertAlmostEquals(x.invert(x(value)), value, 1e-12);
    assertAlmostEquals(y.invert(y(value)), value, 1e-12);
  }
  assert(y(3) < y(0)); // up is more
});

Deno.test("lossCurve() is logarithmic for positive losses, linear otherwise, and survives what diverges", () => {
  const draw = (losses: number[]) => lossCurve([{ losses, colour: LIGHT.orange, label: "a" }], size, LIGHT);
  assertMatch(draw([10, 1, 0.1]), /loss \(logarithmic\)/);
  assert(!draw([1, 0, -1]).includes("logarithmic"));
  for (const losses of [[5], [0], [1, 1, 1], [1, 1e3, 1e7, Infinity], [1, NaN], [1, 1e-300]]) {
    assert(!/NaN|Infinity/.test(draw(losses)), losses.join());
  }
});

Deno.test("the map is as wide as it is high for equal ranges, so that right angles are right", () => {
  const map = new SurfaceMap(surface, [-1, 5], [-2.5, 3.5]);
  const { left, right, top, bottom } = map.area(400, map.height(400));
  assertEquals(right - left, bottom - top);
});

Deno.test("a widget's map has the colours of the charts' maps: light is low, dark is high", () => {
  const map = new SurfaceMap(surface, [-1, 5], [-2.5, 3.5]);
  const picture = map.draw(size, { path: [{ w: 0, b: 0 }], slope: surface.at({ w: 0, b: 0 }) }, LIGHT);
  const fills = [...picture.matchAll(/<(?:rect|path) [^>]*fill="(#[0-9A-F]{6})"/g)].map(([, fill]) => fill);
  assertEquals(fills[0], heightColour(1)); // everywhere, before the lower regions are painted over it
  assert(fills.includes(heightColour(0)));
});

Deno.test("pictures of a run that flies away hold no endless or missing numbers", () => {
  const run = new LineDescent(surface, { w: 0, b: 0 }, 0.9);
  for (let i = 0; i < 50; i++) run.step();
  assertEquals(run.progress, "diverged");
  const last = run.path[run.path.length - 1];
  const landscape = new Landscape(surface, [-2, 6], [-3.5, 4.5]);
  const map = new SurfaceMap(surface, [-1, 5], [-2.5, 3.5]);
  const pictures = [
    landscape.draw(size, { turn: 30, tilt: 30 }, run.path, LIGHT),
    map.draw(size, { path: run.path, slope: surface.at(last) }, LIGHT),
  ];
  for (const picture of pictures) {
    const [found] = picture.replace(/#[0-9a-f]{6}/gi, "").match(/.{20}(?:NaN|Infinity|\d{6,}|e\+).{9}/) ?? [];
    assertEquals(found, undefined);
  }
  assertMatch(pictures[0], /flew off the map here/);
});

Deno.test("the landscape has as many tiles from every side, and no marks outside the picture", () => {
  const landscape = new Landscape(surface, [-2, 6], [-3.5, 4.5]);
  for (const view of [{ turn: 0, tilt: 12 }, { turn: 100, tilt: 75 }, { turn: 260, tilt: 40 }]) {
    const picture = landscape.draw(size, view, [{ w: 0, b: 0 }], LIGHT);
    assertEquals([...picture.matchAll(/<path d="M[^"]+Z" fill="#[0-9A-F]{6}"/g)].length, 24 * 24);
    for (const [, x, y] of picture.matchAll(/<text x="([-\d.]+)" y="([-\d.]+)"/g)) {
      assert(+x > -5 && +x < 405 && +y > -5 && +y < 405, `${x}, ${y}`);
    }
  }
});

Deno.test("surfaceExplorer() takes any points, and puts their best line in the middle", () => {
  const widget = surfaceExplorer({
    points: { inputs: tensor([[1], [2], [3]]), targets: [11, 9, 7] },
    start: { w: -1, b: 12 },
  });
  const { wRange, bRange, points, start } = dataOf<SurfaceExplorerData>(widget);
  assertEquals([wRange, bRange], [[-5, 1], [10, 16]]);
  assertEquals([points, start], [{ x: [1, 2, 3], y: [11, 9, 7] }, { w: -1, b: 12 }]);
});

Deno.test("surfaceExplorer() and landscape3d() say what is wrong with points and ranges", () => {
  const points = (inputs: number[], targets: number[]) => ({ points: { inputs, targets } });
  for (const make of [surfaceExplorer, landscape3d]) {
    assertThrows(() => make(points([1, 2], [1])), RangeError, "as many inputs as targets, got 2 and 1");
    assertThrows(() => make(points([1, 1], [1, 2])), RangeError, "at least two different x");
    assertThrows(() => make(points([1, NaN], [1, 2])), RangeError, "finite points");
  }
  assertThrows(
    () => surfaceExplorer({ wRange: [2, 1] }),
    RangeError,
    "expected wRange to be [low, high], got [2, 1]",
  );
});
