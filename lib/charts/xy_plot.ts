import { maxOf } from "../kernels/extremes.ts";
import * as Plot from "@observablehq/plot";
import { plotBody } from "./dom.ts";
import { axesMarks, type AxisSpec, FONT, type Frame, frameOptions, LINE, makeFrame } from "./frame.ts";
import { labelMarks, LabelSpace, type PlacedLabel } from "./labels.ts";
import { palette, REFERENCE_LINE } from "./palette.ts";
import { type SeriesLook, seriesLook, visibleParts, type XY } from "./series.ts";
import { spreadApart } from "./spread.ts";
import { textWidth, wrapEvenly } from "./text.ts";

/** A curve with the name that stands at its end; `""` for none. */
export interface Curve {
  label: string;
  /** In order of x; a NaN or infinite y makes a gap */
  points: readonly XY[];
  /** Draws the points, too */
  dots?: boolean;
  /** Looks like this instead of as the next in the series */
  look?: SeriesLook;
  /** Thickness of the line in pixels */
  width?: number;
}

/** A place that is pointed out: with x and y a ring around a point, with one of them a dashed line across the plot. */
export interface ChartMark {
  /** Where, on the horizontal axis; without it, a horizontal line at `y` */
  x?: number;
  /** Where, on the vertical axis; without it, a vertical line at `x` */
  y?: number;
  /** What there is to see */
  label: string;
}

/** A dot on top of the curves. */
export interface ChartPoint {
  /** Where, on the horizontal axis */
  x: number;
  /** Where, on the vertical axis */
  y: number;
  /** Written beside it */
  label?: string;
}

/** Everything in a picture of curves over two axes. */
export interface XYSpec {
  x: AxisSpec;
  y: AxisSpec;
  curves: readonly Curve[];
  points?: readonly ChartPoint[];
  marks?: readonly ChartMark[];
  width: number;
  height: number;
}

/** The picture: axes with names, curves named at their ends, dots, marks; labels off each other. */
export function xyBody({ x, y, curves, points = [], marks = [], width, height }: XYSpec): string {
  const looks = curves.map(({ look }, i) => look ?? seriesLook(i));
  const names = curves.map(({ label }) => wrapEvenly(label, Math.min(190, width * 0.28), FONT, true));
  const widest = maxOf(names.flat().map((line) => textWidth(line, FONT, true)), 0);
  const frame = makeFrame({
    x,
    y,
    width,
    height,
    marginRight: widest === 0 ? 20 : Math.ceil(widest * 1.05) + 20,
  });
  const inX = ({ x }: XY) => x >= frame.x.domain[0] && x <= frame.x.domain[1];
  const parts = curves.map((curve) => visibleParts(curve.points.filter(inX), frame.y.domain));

  const space = new LabelSpace({
    x: frame.left + 3,
    y: frame.top - 4,
    width: frame.right - frame.left - 6,
    height: frame.bottom - frame.top,
  });
  for (const part of parts.flat()) space.trace(part.map((point) => place(frame, point)));
  for (const point of points) space.takeDot(place(frame, point), 5);

  const ends = endLabels(frame, curves, parts, names, looks, space);
  const marked = markLabels(frame, marks, space);
  const named = points.filter((point) => point.label).map((point) =>
    space.place(point.label!, place(frame, point), { sides: ["ne", "nw", "se", "sw", "e", "w", "n", "s"] })
  );

  return plotBody({
    ...frameOptions(frame),
    marks: [
      ...axesMarks(frame),
      ...markLines(frame, marks),
      ...curves.flatMap((curve, i) => curveMarks(curve, parts[i], looks[i])),
      ...(points.length === 0 ? [] : [Plot.dot(points, {
        x: "x",
        y: "y",
        r: points.length > 60 ? 3 : 4,
        fill: palette.text,
        fillOpacity: points.length > 60 ? 0.55 : 1,
        stroke: palette.paper,
        strokeWidth: 1,
        ariaDescription: "points",
      })]),
      ...rings(marks),
      ...labelMarks(ends, "curve name"),
      ...labelMarks(marked, "mark label"),
      ...labelMarks(named, "point label"),
    ],
  });
}

/** Where a point stands, in pixels. */
export function place(frame: Frame, { x, y }: XY): XY {
  return { x: frame.px(x), y: frame.py(y) };
}

function curveMarks({ label, points, dots, width }: Curve, parts: XY[][], look: SeriesLook): Plot.Markish[] {
  const name = label === "" ? "curve" : `curve ${label}`;
  const seen = parts.flat();
  const isPoint = new Set(points.map(({ x, y }) => `${x} ${y}`));
  return [
    ...parts.filter((part) => part.length > 1).map((part) =>
      Plot.line(part, {
        x: "x",
        y: "y",
        stroke: look.colour,
        strokeWidth: width ?? (points.length > 400 && dots === undefined ? 1.6 : 2.4),
        // Dashes of a line that goes up and down at every other pixel would only look like more noise.
        strokeDasharray: turns(points) > 60 ? undefined : look.dash,
        ariaDescription: name,
      })
    ),
    ...(dots || parts.some((part) => part.length === 1)
      ? [Plot.dot(seen.filter(({ x, y }) => isPoint.has(`${x} ${y}`)), {
        x: "x",
        y: "y",
        fill: look.colour,
        symbol: look.symbol,
        r: 3.6,
        ariaDescription: `points ${label}`.trim(),
      })]
      : []),
  ];
}

/** How often a curve turns from rising to falling or back. */
function turns(points: readonly XY[]): number {
  let count = 0;
  for (let i = 2; i < points.length; i++) {
    if ((points[i].y - points[i - 1].y) * (points[i - 1].y - points[i - 2].y) < 0) count++;
  }
  return count;
}

/** Names of curves that reach the right edge stand beside the plot, spread apart; the others where they end. */
function endLabels(
  frame: Frame,
  curves: readonly Curve[],
  parts: XY[][][],
  names: string[][],
  looks: SeriesLook[],
  space: LabelSpace,
): PlacedLabel[] {
  const ends = curves.flatMap(({ label }, i) => {
    const last = parts[i].at(-1)?.at(-1);
    return label === "" || last === undefined ? [] : [{ i, at: place(frame, last) }];
  });
  const near = frame.right - 0.15 * (frame.right - frame.left);
  const beside = ends.filter(({ at }) => at.x >= near);
  const heights = beside.map(({ i }) => names[i].length * LINE);
  const centres = spreadApart(beside.map(({ at }) => at.y), heights, frame.top - 10, frame.bottom + 3);
  const width = frame.width - frame.right - 14;
  const placed = beside.map(({ i, at }, k): PlacedLabel => ({
    lines: names[i],
    box: { x: frame.right + 12, y: centres[k] - heights[k] / 2, width, height: heights[k] },
    at,
    fill: looks[i].text,
    bold: true,
  }));
  for (const { i, at } of ends.filter(({ at }) => at.x < near)) {
    placed.push(space.place(curves[i].label, at, {
      fill: looks[i].text,
      bold: true,
      sides: ["e", "se", "s", "w", "sw", "ne", "nw", "n"],
    }));
  }
  return placed;
}

function markLines(frame: Frame, marks: readonly ChartMark[]): Plot.Markish[] {
  const line = { ...REFERENCE_LINE, ariaDescription: "reference line" };
  const [x1, x2] = frame.x.domain;
  return marks.flatMap(({ x, y }) => {
    if ((x === undefined) === (y === undefined)) return [];
    return x !== undefined ? [Plot.ruleX([x], line)] : [Plot.ruleY([y!], { ...line, x1, x2 })];
  });
}

function rings(marks: readonly ChartMark[]): Plot.Markish[] {
  const points = marks.filter(({ x, y }) => x !== undefined && y !== undefined);
  if (points.length === 0) return [];
  return [
    Plot.dot(points, {
      x: "x",
      y: "y",
      r: 6,
      stroke: palette.text,
      strokeWidth: 2,
      ariaDescription: "marked points",
    }),
  ];
}

function markLabels(frame: Frame, marks: readonly ChartMark[], space: LabelSpace): PlacedLabel[] {
  for (const { x, y } of marks) {
    if (x !== undefined && y !== undefined) space.takeDot(place(frame, { x, y }), 7);
    else if (x !== undefined) {
      space.trace([{ x: frame.px(x), y: frame.top }, { x: frame.px(x), y: frame.bottom }]);
    } else if (y !== undefined) {
      space.trace([{ x: frame.left, y: frame.py(y) }, { x: frame.right, y: frame.py(y) }]);
    }
  }
  return marks.flatMap(({ x, y, label }) => {
    if (label === "") return [];
    if (x !== undefined && y !== undefined) {
      return [
        space.place(label, place(frame, { x, y }), { sides: ["ne", "nw", "se", "sw", "n", "s", "e", "w"] }),
      ];
    }
    if (x !== undefined) {
      const at = { x: frame.px(x), y: frame.top + 8 };
      return [space.place(label, at, { distance: 6, sides: ["e", "w", "se", "sw"] })].map((placed) => ({
        ...placed,
        // The line itself is what it names: no leader to its upper end.
        at: { x: at.x, y: placed.box.y + LINE / 2 },
      }));
    }
    if (y === undefined) return [];
    return [space.placeAlong(label, frame.py(y))];
  });
}
