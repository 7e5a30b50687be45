import * as Plot from "@observablehq/plot";
import type { Dataset } from "../data/dataset.ts";
import { maxOf } from "../kernels/extremes.ts";
import { checkPredictor, type Predictor } from "../train/model.ts";
import { Chart } from "./chart.ts";
import { classKey, keyMarks } from "./class_key.ts";
import { COLUMNS, gridPlaces, padded, readPoints, ROWS } from "./class_points.ts";
import { classesAt, type Says } from "./class_regions.ts";
import { plotBody } from "./dom.ts";
import { formatPercent } from "../checks/format.ts";
import { paragraph, plural, sentence } from "./format.ts";
import { axesMarks, frameOptions, makeFrame } from "./frame.ts";
import { palette, tint } from "./palette.ts";
import { checkTexts, type Names, readOptions, SIZED, type SizedChartOptions } from "./read.ts";
import { finiteExtent, seriesLook, type XY } from "./series.ts";

/** Options of {@link classChart}. */
export interface ClassChartOptions extends SizedChartOptions {
  /** Draws the region of each class behind the points, and rings the points that it gets wrong */
  model?: Predictor;
  /** Name of the horizontal axis (default `"x₁"`) */
  xLabel?: string;
  /** Name of the vertical axis (default `"x₂"`) */
  yLabel?: string;
  /** Draws the points (default `true`; without them, only regions) */
  points?: boolean;
  /** Names of the classes, from class 0 on (default `"class 0"`, `"class 1"` …) */
  classNames?: readonly string[];
}

const OPTIONS: Names<ClassChartOptions> = {
  ...SIZED,
  model: 1,
  xLabel: 1,
  yLabel: 1,
  points: 1,
  classNames: 1,
};

interface Point extends XY {
  label: number;
  wrong: boolean;
}

/**
 * Draws points in the plane, each class in a shape and a colour of its own; with a model, also the region in which it
 * says each class.
 *
 * The model is asked once, in prediction mode, on a grid of 120 × 100 places. Of `[N, C]` outputs the greatest wins; a
 * single output is the score of class 1, which wins from ½ if all outputs lie in 0…1, and from 0 otherwise.
 *
 * @param dataset Points `[N, 2]` and classes `[N]`
 * @throws {ChartDataError} If the inputs are not `[N, 2]`, the targets no classes 0…5, or the model's outputs do not fit
 *
 * @example
 * ```ts
 * import { classChart, type Tensor, tensor, xor } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const line = { forward: (x: Tensor) => x.matmul(tensor([[1], [1]])).sub(0.5) }; // x₁ + x₂ > ½
 * assertEquals(classChart(xor(), { model: line }).title, "The model gets 3 of 4 points right (75%)");
 * ```
 */
export function classChart(dataset: Dataset, given: ClassChartOptions = {}): Chart {
  const options = readOptions("classChart", given, OPTIONS), { model } = options;
  if (model !== undefined) checkPredictor("classChart()", model);
  checkTexts("classChart", "classNames", options.classNames);
  const { inputs, targets } = readPoints(dataset);
  const count = targets.length, classes = maxOf(targets) + 1;
  const xs = inputs.data.filter((_, i) => i % 2 === 0), ys = inputs.data.filter((_, i) => i % 2 === 1);
  const x = padded(finiteExtent(xs)), y = padded(finiteExtent(ys));
  const ask = (places: Float64Array) => classesAt(model!, places, inputs.dtype, classes);
  const regions = model && ask(gridPlaces(x, y));
  const said = model && ask(Float64Array.from(inputs.data)).classes;
  const points = Array.from(
    targets,
    (label, n): Point => ({ x: xs[n], y: ys[n], label, wrong: said !== undefined && said[n] !== label }),
  );
  return draw(
    { points, x, y, regions, classes: Math.max(classes, regions?.margins.length ?? 0), count },
    options,
  );
}

interface Scene {
  points: readonly Point[];
  x: readonly [number, number];
  y: readonly [number, number];
  regions?: Says;
  classes: number;
  count: number;
}

function draw(scene: Scene, options: ClassChartOptions): Chart {
  const { points, x, y, regions, classes, count } = scene;
  const { xLabel = "x₁", yLabel = "x₂", width = 600 } = options;
  const shown = options.points === false ? [] : points;
  const wrong = points.filter((point) => point.wrong);
  const name = (label: number) => options.classNames?.[label] ?? `class ${label}`;
  const names = Array.from({ length: classes }, (_, label) => name(label));
  const rings = shown.length > 0 && wrong.length > 0;
  const key = classKey(rings ? [...names, "wrong"] : names, width);
  const make = (height: number) =>
    makeFrame({
      x: { label: xLabel, range: x, exact: true },
      y: { label: yLabel, range: y, exact: true },
      width,
      height,
      marginRight: key.right,
      marginTop: 44 + key.top,
    });
  const sketch = make(400);
  const equal = (sketch.right - sketch.left) * (y[1] - y[0]) / (x[1] - x[0]);
  const frame = make(
    options.height ?? Math.round(Math.max(180, Math.min(420, 0.95 * width, equal))) + 94 + key.top,
  );
  const places = key.places(frame);
  const r = (shown.length > 300 || width < 420 ? 0.7 : 1) * 4.5;
  const body = plotBody({
    ...frameOptions(frame),
    marks: [
      ...(regions ? regionMarks(regions, x, y) : []),
      ...axesMarks(frame, { grid: false }),
      Plot.frame({ stroke: palette.reference, strokeWidth: 1 }),
      ...names.flatMap((text, label) => dots(shown.filter((point) => point.label === label), label, text, r)),
      ...(rings
        ? [
          Plot.dot(wrong, {
            x: "x",
            y: "y",
            r: r + 3.5,
            stroke: palette.text,
            strokeWidth: 1.6,
            ariaDescription: "wrong points",
          }),
        ]
        : []),
      ...keyMarks(places, names),
    ],
  });
  const right = count - wrong.length;
  const title = options.title ??
    (regions
      ? `The model gets ${
        right === count ? `all ${plural(count, "point")}` : `${right} of ${plural(count, "point")}`
      } right (${formatPercent(right / count)})`
      : `${plural(count, "point")} of ${
        plural(new Set(points.map(({ label }) => label)).size, "class", "classes")
      }`);
  const each = names.map((text, label) => {
    const of = points.filter((point) => point.label === label);
    const missed = of.filter((point) => point.wrong).length;
    return `${text}: ${plural(of.length, "point")}${regions ? `, ${missed} wrong` : ""}`;
  });
  return new Chart({
    title,
    subtitle: options.subtitle,
    alternative: paragraph(
      `${regions ? "Decision regions and points" : "Points"} in the plane of ${xLabel} and ${yLabel}.`,
      sentence(title),
      `${each.join("; ")}.`,
      options.subtitle ?? "",
    ),
    width,
    height: frame.height,
    body,
    redraw: (width, height = options.height) => draw(scene, { ...options, width, height }),
  });
}

/** Each class's region, paler than its points, with a dark border. */
function regionMarks(
  { margins }: Says,
  x: readonly [number, number],
  y: readonly [number, number],
): Plot.Markish[] {
  return margins.flatMap((margin, label) => {
    const fill = tint(seriesLook(label).colour, 0.22);
    if (margin.every((value) => value >= 0)) {
      return [Plot.frame({ fill, ariaDescription: `region of class ${label}` })];
    }
    if (margin.every((value) => value < 0)) return [];
    return [Plot.contour(margin, {
      width: COLUMNS,
      height: ROWS,
      x1: x[0],
      x2: x[1],
      y1: y[0],
      y2: y[1],
      thresholds: [0],
      fill,
      stroke: palette.reference,
      strokeWidth: 1.2,
      ariaDescription: `region of class ${label}`,
    })];
  });
}

function dots(points: readonly Point[], label: number, text: string, r: number): Plot.Markish[] {
  if (points.length === 0) return [];
  return [
    Plot.dot(points, {
      x: "x",
      y: "y",
      r,
      symbol: seriesLook(label).symbol,
      fill: seriesLook(label).colour,
      stroke: palette.paper,
      strokeWidth: 0.8,
      ariaDescription: `points of ${text}`,
    }),
  ];
}
