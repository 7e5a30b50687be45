import * as Plot from "@observablehq/plot";
import { axesMarks, type Frame } from "./frame.ts";
import { labelMarks, LabelSpace, PIXELS, type PlacedLabel } from "./labels.ts";
import { palette } from "./palette.ts";
import { seriesLook, type XY } from "./series.ts";

/** What lies on a surface. */
export interface SurfaceThings {
  paths: readonly { label: string; points: readonly (readonly [number, number])[] }[];
  arrow?: { from: XY; to: XY; label: string };
  minimum?: XY;
}

/** Above so many steps, a path's corners are not dotted. */
const MOST_DOTS = 60;
const RIM = { stroke: palette.paper, strokeWidth: 1.5 };

/** Paths, arrow and minimum, in pixels, each with its label. */
export function surfaceMarks(frame: Frame, { paths, arrow, minimum }: SurfaceThings): Plot.Markish[] {
  const space = new LabelSpace({
    x: frame.left + 4,
    y: frame.top + 3,
    width: frame.right - frame.left - 8,
    height: frame.bottom - frame.top - 6,
  });
  const drawn = paths.map(({ points }) =>
    insideParts(points.map(([x, y]) => ({ x: frame.px(x), y: frame.py(y) })), frame)
  );
  for (const part of drawn.flat()) space.trace(part);
  const starts = new Map<string, XY>();
  drawn.forEach(([part], i) => {
    const [x, y] = paths[i].points[0];
    if (part && part[0].x === frame.px(x) && part[0].y === frame.py(y)) starts.set(`${x},${y}`, part[0]);
  });
  const ends = drawn.flatMap((parts, i) => {
    const end = parts.at(-1)?.at(-1);
    const [x, y] = paths[i].points.at(-1)!;
    // A walk that ends outside has its name where it left, but no mark: that is not its end.
    return end
      ? [{ ...end, i, label: paths[i].label, outside: end.x !== frame.px(x) || end.y !== frame.py(y) }]
      : [];
  });
  for (const start of starts.values()) space.takeDot(start, 7);
  for (const end of ends) space.takeDot(end, 7);
  if (minimum) space.takeDot(minimum, 8);
  if (arrow) space.trace([arrow.from, arrow.to, arrow.to]);

  const labels: PlacedLabel[] = [];
  if (arrow && arrow.label !== "") {
    labels.push(space.place(arrow.label, arrow.to, { bold: true, distance: 8 }));
  }
  for (const end of ends) {
    if (end.label !== "") {
      labels.push(space.place(end.label, end, { fill: seriesLook(end.i).text, bold: true, distance: 10 }));
    }
  }
  for (const start of starts.values()) labels.push(space.place("start", start, { distance: 9 }));
  if (minimum) labels.push(space.place("minimum", minimum, { distance: 10 }));

  return [
    ...drawn.flatMap((parts, i) =>
      parts.flatMap((part) => pathLine(part, seriesLook(i).colour, paths[i].label))
    ),
    ...paths.flatMap(({ label, points }, i) =>
      points.length > MOST_DOTS ? [] : [dots(
        points.map(([x, y]) => ({ x: frame.px(x), y: frame.py(y) })).filter((point) =>
          isInside(point, frame)
        ),
        { fill: seriesLook(i).colour, r: 2.6, ariaDescription: `steps of ${label}`.trim() },
      )]
    ),
    ...(arrow ? arrowMarks(arrow.from, arrow.to) : []),
    ...(minimum ? minimumMarks(minimum) : []),
    dots([...starts.values()], {
      fill: palette.paper,
      stroke: palette.text,
      strokeWidth: 2,
      r: 5,
      ariaDescription: "starts",
    }),
    ...ends.filter((end) => !end.outside).map((end) =>
      dots([end], {
        fill: seriesLook(end.i).colour,
        symbol: seriesLook(end.i).symbol,
        r: 6,
        ...RIM,
        ariaDescription: `end of ${end.label}`.trim(),
      })
    ),
    ...labelMarks(labels, "surface label"),
  ];
}

/** Axes, and a border around the picture. */
export function surfaceAxes(frame: Frame): Plot.Markish[] {
  return [...axesMarks(frame, { grid: false }), Plot.frame({ stroke: palette.reference, strokeWidth: 1 })];
}

function dots(points: readonly XY[], options: Plot.DotOptions): Plot.Markish {
  return Plot.dot(points, { ...PIXELS, ...options });
}

/** A cross on a white rim. */
function minimumMarks(at: XY): Plot.Markish[] {
  const cross = (options: Plot.DotOptions) => dots([at], { symbol: "times", r: 7, ...options });
  return [
    cross({ stroke: palette.paper, strokeWidth: 6 }),
    cross({ stroke: palette.text, strokeWidth: 2.5, ariaDescription: "minimum" }),
  ];
}

function pathLine(part: readonly XY[], colour: string, label: string): Plot.Markish[] {
  const line = (options: Plot.LineOptions) => Plot.line(part, { ...PIXELS, ...options });
  return [
    line({ stroke: palette.paper, strokeWidth: 5, strokeOpacity: 0.85 }),
    line({ stroke: colour, strokeWidth: 2.2, ariaDescription: `path ${label}`.trim() }),
  ];
}

/** The head of an arrow in the direction (ux, uy), of length 1: a corner, the tip, the other corner. */
export function arrowHead(tip: XY, ux: number, uy: number, long: number, wide: number): XY[] {
  return [
    { x: tip.x - long * ux - wide * uy, y: tip.y - long * uy + wide * ux },
    tip,
    { x: tip.x - long * ux + wide * uy, y: tip.y - long * uy - wide * ux },
  ];
}

/** A line with a head, on a white rim; in pixels. */
export function arrowMarks(from: XY, to: XY, colour: string = palette.text): Plot.Markish[] {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const head = arrowHead(to, ux, uy, 11, 5);
  const line = (points: XY[], options: Plot.LineOptions) => Plot.line(points, { ...PIXELS, ...options });
  return [
    line([from, to], { stroke: palette.paper, strokeWidth: 6.5 }),
    line(head, { stroke: palette.paper, strokeWidth: 6.5 }),
    line([from, to], { stroke: colour, strokeWidth: 2.6, ariaDescription: "arrow" }),
    line(head, { stroke: colour, strokeWidth: 2.6, ariaDescription: "arrow head" }),
    dots([from], { fill: colour, r: 4.5, ...RIM }),
  ];
}

export function isInside({ x, y }: XY, { left, right, top, bottom }: Frame): boolean {
  return x >= left - 1e-6 && x <= right + 1e-6 && y >= top - 1e-6 && y <= bottom + 1e-6;
}

/** The parts of a line through these pixels that lie inside the frame, cut at its border. */
export function insideParts(points: readonly XY[], frame: Frame): XY[][] {
  const parts: XY[][] = [];
  let part: XY[] = [];
  const close = () => {
    if (part.length > 0) parts.push(part);
    part = [];
  };
  points.forEach((b, i) => {
    if (!Number.isFinite(b.x) || !Number.isFinite(b.y)) return close();
    const a = points[i - 1];
    if (!a || !Number.isFinite(a.x) || !Number.isFinite(a.y)) {
      if (isInside(b, frame)) part.push(b);
      return;
    }
    const cut = clip(a, b, frame);
    if (cut === undefined) return close();
    if (part.length === 0) part.push(cut[0]);
    part.push(cut[1]);
    if (cut[1] !== b) close();
  });
  close();
  return parts;
}

/** The part of a segment inside the frame, by the method of Liang and Barsky. */
function clip(a: XY, b: XY, { left, right, top, bottom }: Frame): [XY, XY] | undefined {
  let [from, to] = [0, 1];
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  for (const [p, q] of [[-dx, a.x - left], [dx, right - a.x], [-dy, a.y - top], [dy, bottom - a.y]]) {
    if (p === 0) {
      if (q < 0) return undefined;
    } else if (p < 0) from = Math.max(from, q / p);
    else to = Math.min(to, q / p);
  }
  if (from > to) return undefined;
  const at = (t: number) => t === 0 ? a : t === 1 ? b : { x: a.x + dx * t, y: a.y + dy * t };
  return [at(from), at(to)];
}
