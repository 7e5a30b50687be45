import * as Plot from "@observablehq/plot";
import { Chart } from "./chart.ts";
import { plotBody } from "./dom.ts";
import { FONT, type Frame, frameOptions, makeFrame } from "./frame.ts";
import type { XY } from "./series.ts";
import { gradientAt, remembering, type SurfaceGrid, surfaceGrid } from "./surface_grid.ts";
import { legend, legendWidth } from "./surface_legend.ts";
import { bandColours, contourLevels } from "./heights.ts";
import { readSurface, type SurfaceChartOptions } from "./surface_options.ts";
import { surfaceAxes, surfaceMarks } from "./surface_marks.ts";
import { surfaceAlternative, surfaceSubtitle, surfaceTitle } from "./surface_text.ts";
import { textWidth } from "./text.ts";

/**
 * Draws a function of two numbers as a map: contour lines, and colours from light (low) to dark (high). On top of it
 * walks, the arrow of steepest descent, and the minimum.
 *
 * One unit is equally long on both axes wherever the picture would not become too flat or too tall, so that the
 * arrow −∇f crosses contour lines at right angles; otherwise the subtitle says that the scales differ.
 *
 * @param f Height at (x, y); ∇f for the arrow is computed by central differences. Where f is NaN or infinite, the map
 * is as dark as its highest places, and says so
 * @throws {ChartDataError} If an interval is none, a path has no points, or f is nowhere finite
 *
 * @example
 * ```ts
 * import { surfaceChart } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const bowl = (w: number, b: number) => (w - 2) ** 2 + (b - 0.5) ** 2;
 * const chart = surfaceChart(bowl, {
 *   x: [-1, 4],
 *   y: [-2, 3],
 *   xLabel: "w",
 *   yLabel: "b",
 *   valueLabel: "loss",
 *   minimum: [2, 0.5],
 *   arrow: { at: [0, 0.5] },
 * });
 * assertEquals(chart.title, "From (0, 0.5), where the loss is 4, the steepest way down is towards larger w");
 * ```
 */
export function surfaceChart(f: (x: number, y: number) => number, given: SurfaceChartOptions): Chart {
  const options = readSurface(f, given);
  return draw(survey(f, options), options);
}

/** What was asked of f; once, for f may change, as the loss of a model does, before the chart is drawn again. */
interface Survey {
  f: (x: number, y: number) => number;
  grid: SurfaceGrid;
  down?: readonly [number, number];
}

function survey(f: (x: number, y: number) => number, options: SurfaceChartOptions): Survey {
  const { x, y, arrow } = options;
  const gradient = arrow &&
    (arrow.direction ?? gradientAt(f, arrow.at, x[1] - x[0], y[1] - y[0]).map((d) => -d));
  const grid = surfaceGrid(f, x, y);
  // As good as zero: over the whole picture it would change the height by a billionth of its range.
  const rise = gradient && Math.hypot(gradient[0] * (x[1] - x[0]), gradient[1] * (y[1] - y[0]));
  const isWay = rise && (arrow?.direction || rise > 1e-9 * (grid.sorted.at(-1)! - grid.sorted[0]));
  const down = isWay ? gradient as [number, number] : undefined;
  return { f: remembering(f), grid, down };
}

function draw({ f, grid, down }: Survey, options: SurfaceChartOptions): Chart {
  const { x, y, valueLabel, paths = [], arrow, minimum, levels = 9, width = 600 } = options;
  const least = minimum ? f(...minimum as [number, number]) : Infinity;
  const [low, high] = [Math.min(grid.sorted[0], least), grid.sorted.at(-1)!];
  const heights = typeof levels === "number"
    ? contourLevels(grid.sorted, levels)
    : [...levels].sort((a, b) => a - b).filter((level) => level > low && level < high);
  const colours = bandColours(heights);
  const { frame, crowded, sameScale } = layout(options, legendWidth(heights));
  const at = ([x, y]: readonly [number, number]): XY => ({ x: frame.px(x), y: frame.py(y) });
  const body = plotBody({
    ...frameOptions(frame),
    color: { type: "threshold", domain: heights.length > 0 ? heights : [high], range: colours },
    marks: [
      Plot.frame({ fill: colours[0] }),
      ...(heights.length === 0 ? [] : [Plot.contour(grid.values, {
        width: grid.columns,
        height: grid.rows,
        ...cellsAround(x, "x", grid.columns),
        ...cellsAround(y, "y", grid.rows),
        clip: "frame",
        fill: (value: number) => value,
        thresholds: heights,
        stroke: "#4A5B70",
        strokeOpacity: 0.55,
        strokeWidth: 0.8,
        ariaDescription: "contours",
      })]),
      ...surfaceAxes(frame),
      ...surfaceMarks(frame, {
        paths,
        arrow: arrow && down &&
          {
            from: at(arrow.at),
            to: arrowTip(frame, arrow.at, down),
            label: arrow.label ?? "steepest descent",
          },
        minimum: minimum && at(minimum),
      }),
    ],
  }, 1) + legend(frame, heights, colours, valueLabel, crowded);
  const words = { f, options, low, high, down, sameScale, notFinite: grid.notFinite };
  const title = options.title ?? surfaceTitle(words);
  const subtitle = options.subtitle ?? surfaceSubtitle(words);
  return new Chart({
    title,
    subtitle,
    alternative: surfaceAlternative(words, title),
    width,
    height: frame.height,
    body,
    redraw: (width, height = options.height) => draw({ f, grid, down }, { ...options, width, height }),
  });
}

/** The picture's rectangle; one unit equally long on both axes, if that makes it neither too flat nor too tall. */
function layout(
  { x, y, xLabel, yLabel, valueLabel, width = 600, height }: SurfaceChartOptions,
  legend: number,
) {
  const crowded = textWidth(yLabel, FONT) + textWidth(valueLabel, FONT) > width - 80;
  const marginTop = crowded ? 62 : 44, others = marginTop + 50;
  const make = (height: number, marginRight = legend) =>
    makeFrame({
      x: { label: xLabel, range: x, exact: true },
      y: { label: yLabel, range: y, exact: true },
      width,
      height: Math.round(height),
      marginRight,
      marginTop,
    });
  const ratio = (y[1] - y[0]) / (x[1] - x[0]);
  const most = height === undefined ? Math.min(440, 0.95 * width) : height - others;
  const least = height === undefined ? 150 : most;
  let frame = make(400);
  const room = frame.right - frame.left;
  const tall = Math.max(least, Math.min(most, room * ratio));
  frame = make(tall + others);
  // Where that would be too tall, the picture is made narrower instead, down to half of its room.
  const spare = frame.right - frame.left - Math.max(room / 2, tall / ratio);
  if (spare > 0) frame = make(tall + others, legend + spare);
  const sameScale = Math.abs((frame.bottom - frame.top) / (frame.right - frame.left) / ratio - 1) < 0.02;
  return { frame, crowded, sameScale };
}

/** The grid's outer points lie on the border, so its outer cells reach half a cell over it. */
function cellsAround<A extends "x" | "y">([low, high]: readonly [number, number], axis: A, count: number) {
  const half = (high - low) / (count - 1) / 2;
  return { [`${axis}1`]: low - half, [`${axis}2`]: high + half } as Record<`${A}1` | `${A}2`, number>;
}

/** The tip of an arrow of about 80 pixels, less where it would leave the picture. */
function arrowTip(frame: Frame, [x, y]: readonly [number, number], [dx, dy]: readonly [number, number]): XY {
  const from = { x: frame.px(x), y: frame.py(y) };
  const [[left, right], [low, high]] = [frame.x.domain, frame.y.domain];
  const to = {
    x: dx * (frame.right - frame.left) / (right - left),
    y: -dy * (frame.bottom - frame.top) / (high - low),
  };
  const length = Math.hypot(to.x, to.y);
  const [ux, uy] = [to.x / length, to.y / length];
  const roomX = ux > 0 ? (frame.right - 6 - from.x) / ux : ux < 0 ? (frame.left + 6 - from.x) / ux : Infinity;
  const roomY = uy > 0 ? (frame.bottom - 6 - from.y) / uy : uy < 0 ? (frame.top + 6 - from.y) / uy : Infinity;
  const reach = Math.max(16, Math.min(80, roomX, roomY));
  return { x: from.x + ux * reach, y: from.y + uy * reach };
}
