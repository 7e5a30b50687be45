import { maxOf } from "../kernels/extremes.ts";
import * as Plot from "@observablehq/plot";
import { type Axis, logAxis, multiples, niceStep, readEnds, scale, thinned } from "./axes.ts";
import { axisName } from "./dom.ts";
import { tickFormat } from "./format.ts";
import { palette } from "./palette.ts";
import { textWidth } from "./text.ts";

/** Size of the text in pictures of curves and surfaces. */
export const FONT = 14;
/** Pixels from one line of a label to the next. */
export const LINE = 17;

/** What an axis must show. */
export interface AxisSpec {
  /** Name, with its unit */
  label: string;
  /** Least and greatest value */
  range: readonly [number, number];
  /** Ends exactly at `range`; otherwise at round numbers around it */
  exact?: boolean;
  /** Logarithmic; `range` must be positive */
  log?: boolean;
  /** Starts a linear axis at zero where no value is negative */
  fromZero?: boolean;
}

/** The rectangle in which values have their place, in pixels from the top left of the picture. */
export interface Frame {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  x: Axis & { log: boolean; label: string };
  y: Axis & { log: boolean; label: string };
  /** Where a value of x stands, in pixels. */
  px(x: number): number;
  /** Where a value of y stands, in pixels. */
  py(y: number): number;
}

/** Works out ends, ticks and margins, so that every label's place is known before anything is drawn. */
export function makeFrame(
  { x, y, width, height, marginRight = 20, marginTop = 44 }: {
    x: AxisSpec;
    y: AxisSpec;
    width: number;
    height: number;
    marginRight?: number;
    marginTop?: number;
  },
): Frame {
  const top = marginTop, bottom = height - 50;
  const yAxis = endsAndTicks(y, Math.max(2, Math.min(7, Math.floor((bottom - top) / 32))));
  const widest = maxOf(yAxis.ticks.map(tickFormat(yAxis.ticks)).map((text) => textWidth(text, FONT)), 0);
  const left = Math.max(36, Math.ceil(widest) + 18);
  let xAxis = endsAndTicks(x, 8);
  // The last label may stand a little over the end of the axis, as far as there is a margin.
  const right = width -
    Math.max(
      marginRight,
      Math.ceil(textWidth(tickFormat(xAxis.ticks)(xAxis.ticks.at(-1) ?? 0), FONT) / 2) + 4,
    );
  const scaleX = scale(xAxis.domain, [left, right], x.log);
  for (let most = 7; most > 0 && !haveRoom(xAxis.ticks, scaleX); most--) xAxis = endsAndTicks(x, most);
  if (!haveRoom(xAxis.ticks, scaleX)) xAxis = { ...xAxis, ticks: thinned(xAxis.ticks, scaleX, FONT) };
  return {
    width,
    height,
    left,
    right,
    top,
    bottom,
    x: { ...xAxis, log: x.log ?? false, label: x.label },
    y: { ...yAxis, log: y.log ?? false, label: y.label },
    px: scale(xAxis.domain, [left, right], x.log),
    py: scale(yAxis.domain, [bottom, top], y.log),
  };
}

function endsAndTicks({ range: [low, high], exact, log, fromZero }: AxisSpec, most: number): Axis {
  if (log) {
    const axis = logAxis(low, high);
    if (!exact || low === high) return axis;
    return { domain: [low, high], ticks: axis.ticks.filter((tick) => tick >= low && tick <= high) };
  }
  if (low === high) [low, high] = low === 0 ? [0, 1] : [low - Math.abs(low) / 2, low + Math.abs(low) / 2];
  [low, high] = readEnds(low, high);
  if (fromZero && !exact) [low, high] = [Math.min(0, low), Math.max(0, high)];
  const step = niceStep((high - low) / most);
  if (exact) return { domain: [low, high], ticks: multiples(step, low, high) };
  const ends: [number, number] = [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step];
  const [from, to] = ends.map((end) => Number(end.toPrecision(12)));
  return { domain: [from, to], ticks: multiples(step, from, to) };
}

function haveRoom(ticks: readonly number[], px: (x: number) => number): boolean {
  return thinned(ticks, px, FONT).length === ticks.length;
}

/** What Plot must know of a frame. */
export function frameOptions({ width, height, left, right, top, bottom, x, y }: Frame): Plot.PlotOptions {
  return {
    width,
    height,
    marginTop: top,
    marginBottom: height - bottom,
    marginLeft: left,
    marginRight: width - right,
    style: { fontSize: `${FONT}px` },
    x: { domain: x.domain, type: x.log ? "log" : "linear" },
    y: { domain: y.domain, type: y.log ? "log" : "linear" },
  };
}

/** Both axes with their names, and gridlines where wanted. */
export function axesMarks({ x, y, left, right }: Frame, { grid = true } = {}): Plot.Markish[] {
  const zero = y.domain[0] < 0 && y.domain[1] > 0 && grid;
  return [
    ...(grid ? [Plot.gridY(y.ticks, { stroke: palette.grid, strokeOpacity: 1 })] : []),
    ...(zero ? [Plot.ruleY([0], { stroke: "#9A9A9A", ariaDescription: "zero" })] : []),
    Plot.axisX(x.ticks, { label: null, text: tickFormat(x.ticks), fontSize: FONT }),
    Plot.axisY(y.ticks, { label: null, text: tickFormat(y.ticks), tickSize: grid ? 0 : 6, fontSize: FONT }),
    Plot.text([`${x.label} →`], {
      text: [`${x.label} →`],
      frameAnchor: "bottom",
      lineAnchor: "bottom",
      dx: 0,
      dy: 44,
      fontSize: FONT,
      ariaDescription: "axis name",
      // A long name stays inside the picture where the plot is narrow.
      lineWidth: (right - left) / FONT * 2,
      textOverflow: "ellipsis-end",
    }),
    axisName(`↑ ${y.label}`, left),
  ];
}
