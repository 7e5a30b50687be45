import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { contourLevels } from "../../lib/charts/heights.ts";
import { formatNumber } from "../../lib/checks/format.ts";
import { LIGHT } from "../../lib/widgets/draw/colours.ts";
import { HeightMap } from "../../lib/widgets/draw/height_map.ts";
import { heightGrid } from "../../lib/widgets/models/height_grid.ts";
import type { Tensor } from "../../lib/tensor/tensor.ts";

const size = { width: 452, height: 500 };
const range = [-2, 2] as const;

/** A map, its heights in order, and the rings of each region in the numbers of its axes, the lowest region first. */
function mapOf(height: (x: Tensor, y: Tensor) => Tensor) {
  const grid = heightGrid(range, range, 41, height);
  const map = new HeightMap(grid, [range, range], { x: "x", y: "y" });
  const picture = map.draw(size, { minima: [], path: [], here: [0, 0], tip: [0, 0] }, LIGHT);
  const { x, y } = map.area(size);
  const regions = [...picture.matchAll(/<path d="([^"]*)" fill="#\w+" stroke="#40536B"/g)].map(([, d]) =>
    d.split("Z").filter((ring) => ring !== "").map((ring) =>
      [...ring.matchAll(/([-\d.]+),([-\d.]+)/g)].map(([, px, py]) => [x.invert(+px), y.invert(+py)])
    )
  ).toReversed();
  return { picture, regions, sorted: Float64Array.from(grid.heights).sort() };
}

Deno.test("a map rings a bowl with circles, at round heights that are written beside their colours", () => {
  const { picture, regions, sorted } = mapOf((x, y) => x.square().add(y.square()));
  const levels = contourLevels(sorted, 11, 2);
  assertEquals(regions.length, levels.length);
  levels.filter((level) => level < 4).forEach((level, k) => {
    assertEquals(regions[k].length, 1);
    for (const [x, y] of regions[k][0]) assertAlmostEquals(Math.hypot(x, y), Math.sqrt(level), 0.02);
    assertEquals(String(level), String(Number(level.toPrecision(2))));
  });
  assert(picture.includes(`>${formatNumber(levels[0])}</text>`));
});

Deno.test("a map gives every valley its ring, and fills low ground up to the border", () => {
  const valleys = mapOf((x, y) => x.square().sub(1).square().add(y.square()));
  assertEquals(valleys.regions[0].length, 2);
  const [[ring]] = mapOf((x) => x.add(2)).regions;
  assert(Math.min(...ring.map(([x]) => x)) <= -2);
  assert(Math.min(...ring.map(([, y]) => y)) <= -2 && Math.max(...ring.map(([, y]) => y)) >= 2);
});
