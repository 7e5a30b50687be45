import { maxOf } from "../kernels/extremes.ts";
import * as Plot from "@observablehq/plot";
import { formatEpoch, formatTick } from "./format.ts";
import { bestPoint, type CurvePoint, gapBetween, valueAt } from "./curve_points.ts";
import { linearAxis, logAxis, readEnds, scale, wholeTicks } from "./axes.ts";
import { axisName, plotBody } from "./dom.ts";
import { onsetMarks } from "./onset.ts";
import { palette } from "./palette.ts";
import { finiteExtent } from "./series.ts";
import { spreadApart } from "./spread.ts";
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
/** Pixels from one name at the end of a curve to the other. */
const LINE = 17;
const MARGIN = { top: 42, bottom: 46 };
/** Above so many points, dots would hide the line. */
const MOST_DOTS = 40;

/** The picture of one or two curves over epochs, directly labelled, the gap between them shaded. */
export function curvesBody(spec: CurvesSpec): string {
  const { training, validation, width, height } = spec;
  const all = [...training, ...validation];
  const [first, last] = finiteExtent(all.map((point) => point.epoch))!;
  const x = { domain: readEnds(first, last) };
  const [low, high] = finiteExtent(all.map((point) => point.value))!;
  const y = spec.log
    ? logAxis(low, high)
    : spec.range
    ? linearAxis(...spec.range, true)
    : linearAxis(low, high);

  const marginLeft = Math.max(
    58,
    Math.ceil(maxOf(y.ticks.map((tick) => textWidth(formatTick(tick), FONT)))) + 20,
  );

  const best = validation.length > 1 ? bestPoint(validation, spec.better) : undefined;
  const bestIsLast = best !== undefined && best === validation.at(-1);
  const ends = endsOf(spec, bestIsLast ? best : undefined);
  const marginRight = Math.ceil(maxOf(ends.map((end) => textWidth(end.text, FONT, true)))) + 22;

  const pixel = scale(y.domain, [height - MARGIN.bottom, MARGIN.top], spec.log);
  const labelY = spreadApart(
    ends.map((end) => pixel(end.point.value)),
    ends.map(() => LINE),
    MARGIN.top - LINE / 2,
    height - MARGIN.bottom - 6 + LINE / 2,
  );

  const span = width - marginLeft - marginRight;
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
      ...(spec.onset === undefined
        ? []
        : onsetMarks(spec.onset, (spec.onset - first) / (x.domain[1] - first) * span, span)),
      ...curveMarks(training, palette.training, "circle", "training"),
      ...curveMarks(validation, palette.validation, "square", "validation"),
      ...(best ? bestMarks(best, bestIsLast, spec, x.domain, { pixel, span }) : []),
      ...ends.map((end, i) => endMark(end, labelY[i] - pixel(end.point.value), x.domain)),
    ],
  });
}

/** The last point of each curve, with its name and value. */
function endsOf({ training, validation, format }: CurvesSpec, best: CurvePoint | undefined) {
  return [
    { point: training.at(-1), text: "training", colour: palette.trainingText },
    { point: validation.at(-1), text: "validation", colour: palette.validationText },
  ].flatMap(({ point, text, colour }) =>
    point === undefined
      ? []
      : [{ point, colour, text: `${text} ${format(point.value)}${point === best ? " (best)" : ""}` }]
  );
}

/** What stands at the end of a curve, `dy` pixels off it. */
function endMark(
  { point, text, colour }: ReturnType<typeof endsOf>[number],
  dy: number,
  [first, last]: number[],
) {
  return Plot.text([point], {
    // A curve that ends a little before the other still gets its label beside the plot, not across the other.
    x: ({ epoch }: CurvePoint) => epoch > first + 0.75 * (last - first) ? last : epoch,
    y: "value",
    text: [text],
    dx: 10,
    dy,
    textAnchor: "start",
    fill: colour,
    stroke: palette.paper,
    strokeWidth: 4,
    fontSize: FONT,
    fontWeight: 600,
    ariaDescription: "value at the end",
  });
}

function curveMarks(
  points: CurvePoint[],
  colour: string,
  symbol: "circle" | "square",
  name: string,
): Plot.Markish[] {
  const place = { x: "epoch", y: "value" };
  const strokeWidth = points.length > 150 ? 1.4 : 2.2;
  return [
    Plot.line(points, { ...place, stroke: colour, strokeWidth, ariaDescription: `${name} curve` }),
    ...(points.length <= MOST_DOTS
      ? [Plot.dot(points, { ...place, fill: colour, symbol, r: 3.2, ariaDescription: `${name} points` })]
      : []),
  ];
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
