import { maxOf } from "../kernels/extremes.ts";
import * as Plot from "@observablehq/plot";
import { formatEpoch, formatTick } from "./format.ts";
import { bestPoint, type CurvePoint, gapBetween, valueAt } from "./curve_points.ts";
import { linearAxis, logAxis, readEnds, wholeTicks } from "./axes.ts";
import { axisName, plotBody } from "./dom.ts";
import { onsetMarks } from "./onset.ts";
import { palette } from "./palette.ts";
import { textWidth } from "./text.ts";

/** What the curves of loss and of accuracy have in common. */
export interface CurvesSpec {
  training: CurvePoint[];
  validation: CurvePoint[];
  /** Label of the vertical axis, with its unit */
  yLabel: string;
  /** How a value is written at a line's end */
  format: (value: number) => string;
  /** Which way is up */
  better: "lower" | "higher";
  log: boolean;
  /** The epoch at which overfitting starts */
  onset?: number;
  /** Ends of a linear axis, where the quantity has natural ones */
  range?: [number, number];
  width: number;
  height: number;
}

const FONT = 13;
const MARGIN = { top: 42, bottom: 46 };
/** Above so many points, dots would hide the line. */
const MOST_DOTS = 40;

/** The picture of one or two curves over epochs, directly labelled, the gap between them shaded. */
export function curvesBody(spec: CurvesSpec): string {
  const { training, validation, format, width, height } = spec;
  const all = [...training, ...validation];
  const [first, last] = extent(all.map((point) => point.epoch));
  const x = { domain: readEnds(first, last) };
  const [low, high] = extent(all.map((point) => point.value));
  const y = spec.log
    ? logAxis(low, high)
    : spec.range
    ? linearAxis(...spec.range, true)
    : linearAxis(low, high);

  const marginLeft = Math.max(
    58,
    Math.ceil(maxOf(y.ticks.map((tick) => textWidth(formatTick(tick), FONT)))) + 20,
  );

  const best = bestPoint(validation, spec.better);
  const bestIsLast = best !== undefined && validation.length > 1 && best === validation.at(-1);
  const ends = [
    training.length > 0 && { point: training.at(-1)!, text: "training", colour: palette.trainingText },
    validation.length > 0 &&
    { point: validation.at(-1)!, text: "validation", colour: palette.validationText },
  ].filter((end) => end !== false).map((end) => ({
    ...end,
    text: `${end.text} ${format(end.point.value)}${bestIsLast && end.point === best ? " (best)" : ""}`,
  }));
  const marginRight = Math.ceil(maxOf(ends.map((end) => textWidth(end.text, FONT, true)))) + 22;

  // Where a value stands, in pixels: the same map Plot makes, needed to keep the two labels apart.
  const scale = spec.log ? Math.log10 : (value: number) => value;
  const [bottom, top] = y.domain.map(scale);
  const pixel = (value: number) =>
    height - MARGIN.bottom - (scale(value) - bottom) / (top - bottom) * (height - MARGIN.bottom - MARGIN.top);
  const labelY = spread(
    ends.map((end) => pixel(end.point.value)),
    17,
    MARGIN.top,
    height - MARGIN.bottom - 6,
  );

  const curve = (points: CurvePoint[], colour: string, symbol: "circle" | "square", name: string) => [
    Plot.line(points, {
      x: "epoch",
      y: "value",
      stroke: colour,
      strokeWidth: points.length > 150 ? 1.4 : 2.2,
      ariaDescription: `${name} curve`,
    }),
    ...(points.length <= MOST_DOTS
      ? [
        Plot.dot(points, {
          x: "epoch",
          y: "value",
          fill: colour,
          symbol,
          r: 3.2,
          ariaDescription: `${name} points`,
        }),
      ]
      : []),
  ];

  return plotBody({
    width,
    height,
    marginTop: MARGIN.top,
    marginBottom: MARGIN.bottom,
    marginLeft,
    marginRight,
    style: { fontSize: `${FONT}px` },
    x: { domain: x.domain },
    y: { domain: y.domain, type: spec.log ? "log" : "linear" },
    marks: [
      Plot.gridY(y.ticks, { stroke: palette.grid, strokeOpacity: 1 }),
      Plot.axisX(wholeTicks(x.domain[0], x.domain[1]), {
        label: "epoch →",
        labelAnchor: "center",
        labelOffset: 40,
        text: formatTick,
        fontSize: FONT,
      }),
      Plot.axisY(y.ticks, { label: null, text: formatTick, tickSize: 0, fontSize: FONT }),
      axisName(`↑ ${spec.yLabel}`, marginLeft),
      Plot.areaY(gapBetween(training, validation), {
        x: "epoch",
        y1: "training",
        y2: "validation",
        fill: palette.validation,
        fillOpacity: 0.13,
        ariaDescription: "gap between training and validation",
      }),
      ...(spec.onset === undefined ? [] : onsetMarks(
        spec.onset,
        (spec.onset - first) / (x.domain[1] - first) *
          (width - marginLeft - marginRight),
        width - marginLeft - marginRight,
      )),
      ...curve(training, palette.training, "circle", "training"),
      ...curve(validation, palette.validation, "square", "validation"),
      ...(best && validation.length > 1
        ? bestMarks(best, bestIsLast, spec, x.domain, { pixel, span: width - marginLeft - marginRight })
        : []),
      ...ends.map((end, index) =>
        Plot.text([end.point], {
          // A curve that ends a little before the other still gets its label beside the plot, not across the other.
          x: (point: CurvePoint) =>
            point.epoch > first + 0.75 * (x.domain[1] - first) ? x.domain[1] : point.epoch,
          y: "value",
          text: [end.text],
          dx: 10,
          dy: labelY[index] - pixel(end.point.value),
          textAnchor: "start",
          fill: end.colour,
          stroke: palette.paper,
          strokeWidth: 4,
          fontSize: FONT,
          fontWeight: 600,
          ariaDescription: "value at the end",
        })
      ),
    ],
  });
}

/** How values become pixels, and how many pixels the epochs take. */
interface Scales {
  pixel: (value: number) => number;
  span: number;
}

function bestMarks(
  best: CurvePoint,
  isLast: boolean,
  spec: CurvesSpec,
  [first, last]: number[],
  { pixel, span }: Scales,
) {
  const share = (best.epoch - first) / (last - first);
  const label = `best ${spec.format(best.value)} at epoch ${formatEpoch(best.epoch)}`;
  const textAnchor = share < 0.2 ? "start" : share > 0.8 ? "end" : "middle";
  // On the outer side of both curves: a loss curve has its neighbour below, an accuracy curve above. Not across them.
  const outer = spec.better === "lower" ? -18 : 18;
  const length = textWidth(label, FONT) / span * (last - first);
  const from = best.epoch - { start: 0, middle: length / 2, end: length }[textAnchor];
  const isFree = (dy: number) => {
    const y = pixel(best.value) + dy;
    if (y > spec.height - MARGIN.bottom - 8 || y < MARGIN.top + 8) return false;
    return [spec.training, spec.validation].every((curve) =>
      curve.length === 0 || Array.from({ length: 25 }, (_, i) => from + length * i / 24)
        .filter((epoch) => epoch >= curve[0].epoch && epoch <= curve.at(-1)!.epoch)
        .every((epoch) => Math.abs(pixel(valueAt(curve, epoch)) - y) > 9)
    );
  };
  return [
    Plot.dot([best], {
      x: "epoch",
      y: "value",
      r: 7,
      stroke: palette.validationText,
      strokeWidth: 2,
      ariaDescription: "best validation",
    }),
    // The line of the onset says the epoch, the title the value.
    ...(isLast || best.epoch === spec.onset ? [] : [Plot.text([best], {
      x: "epoch",
      y: "value",
      text: [label],
      dy: !isFree(outer) && isFree(-outer) ? -outer : outer,
      textAnchor,
      fill: palette.validationText,
      stroke: palette.paper,
      strokeWidth: 4,
      fontSize: FONT,
      ariaDescription: "best validation label",
    })]),
  ];
}

/** Moves one or two labels at least `distance` apart, both inside `low`…`high`, as little as possible. */
function spread(positions: number[], distance: number, low: number, high: number): number[] {
  const inside = positions.map((position) => Math.min(high, Math.max(low, position)));
  if (inside.length < 2 || Math.abs(inside[0] - inside[1]) >= distance) return inside;
  const upper = inside[0] < inside[1] || (inside[0] === inside[1] && positions[0] <= positions[1]) ? 0 : 1;
  const middle = Math.min(high - distance / 2, Math.max(low + distance / 2, (inside[0] + inside[1]) / 2));
  return inside.map((_, index) => middle + (index === upper ? -distance / 2 : distance / 2));
}

function extent(values: number[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}
