/** The loss after each step, of one run or several. */

import { maxOf } from "../../kernels/extremes.ts";
import { linearAxis, logAxis, scale } from "../../charts/axes.ts";
import { formatNumber } from "../../checks/format.ts";
import { formatTick } from "../../charts/format.ts";
import { finiteExtent } from "../../charts/series.ts";
import type { Colours } from "./colours.ts";
import { axes, clipped, type PlotArea, plotArea, type Size } from "./plot_area.ts";
import { dot, halo, line, type Pixels, polyline, text } from "./svg.ts";

/** One run. */
export interface LossRun {
  /** Loss before the first step, after it, and so on. */
  readonly losses: readonly number[];
  readonly colour: string;
  /** Written at its end. */
  readonly label?: string;
  /** Write its name above the picture, where it is in nobody's way, in place of at its end. */
  readonly above?: boolean;
  /** Thin, behind the others. */
  readonly faint?: boolean;
}

/** Options of {@link lossCurve}. */
export interface LossCurveOptions extends Size {
  /** The lowest loss there is, as a dashed line. */
  readonly floor?: number;
  /** Fewest steps on the axis, so that it does not jump at the beginning. */
  readonly steps?: number;
  /** What is counted (default `"step"`), and the number of the first loss (default 0). */
  readonly xName?: string;
  readonly first?: number;
}

/** Losses beyond this are cut off: what diverges would flatten everything else. */
const MOST = 1e4;
/** No curve goes further above the picture, in pixels. */
const ABOVE = -500;

/** The curves; the loss on a logarithmic axis if every loss is positive. */
export function lossCurve(
  runs: readonly LossRun[],
  { width, height, floor, steps = 20, xName = "step", first = 0 }: LossCurveOptions,
  colours: Colours,
): string {
  const longest = maxOf(runs.map(({ losses }) => losses.length - 1), steps);
  const { log, area } = lossArea(runs, floor, longest, { width, height });
  const { left, right } = area;
  // The faint ones first, under the others.
  const ordered = runs.toSorted((a, b) => Number(b.faint ?? false) - Number(a.faint ?? false));
  return axes(area, { x: xName, y: log ? "loss (logarithmic)" : "loss" }, colours, {
    grid: "y",
    writeX: (step) => formatTick(step + first),
  }) +
    (floor === undefined ? "" : line([left, area.y(floor)], [right, area.y(floor)], {
      stroke: colours.green,
      "stroke-dasharray": "5 4",
      "stroke-width": 1.5,
    })) +
    clipped(area, ordered.map((run) => curve(run, area)).join(""), 6) +
    runs.map((run) => run.above ? nameAbove(run, area) : nameAtEnd(run, area, colours.paper)).join("");
}

/** Axes with room for all runs. */
function lossArea(runs: readonly LossRun[], floor: number | undefined, longest: number, size: Size) {
  const finite = [...runs.flatMap(({ losses }) => losses), ...(floor === undefined ? [] : [floor])]
    .filter((loss) => Number.isFinite(loss) && loss <= MOST);
  const [low, high] = finiteExtent(finite) ?? [Infinity, 1];
  const log = low > 1e-12;
  const lowest = log ? Math.max(low, high * 1e-8) : low;
  const { domain, ticks } = log ? logAxis(lowest * 0.999, Math.max(high, lowest * 2)) : linearAxis(low, high);
  const area = plotArea(size, [0, longest], domain, { left: 50 });
  const y = scale(domain, [area.bottom, area.top], log);
  const pixel = (loss: number) => {
    const value = Number.isFinite(loss) ? Math.min(loss, MOST * 100) : MOST * 100;
    return Math.max(ABOVE, y(log ? Math.max(value, domain[0] * 1e-3) : value));
  };
  const every = Math.ceil(ticks.length / Math.max(2, Math.floor((area.bottom - area.top) / 22)));
  return {
    log,
    area: {
      ...area,
      y: Object.assign(pixel, { invert: y.invert }),
      xTicks: area.xTicks.filter(Number.isInteger),
      yTicks: ticks.filter((_, i) => i % every === 0),
    },
  };
}

/** Where the losses of a run stand. */
function places({ losses }: LossRun, { x, y }: PlotArea): Pixels[] {
  return losses.map((loss, i) => [x(i), y(loss)]);
}

function curve(run: LossRun, area: PlotArea): string {
  const points = places(run, area), last = points.at(-1);
  return polyline(points, {
    stroke: run.colour,
    "stroke-width": run.faint ? 1.5 : 2.5,
    opacity: run.faint ? 0.7 : undefined,
  }) + (run.faint || !last ? "" : dot(last, 4.5, { fill: run.colour }));
}

function nameAbove({ label, colour }: LossRun, { right, top }: PlotArea): string {
  if (!label) return "";
  const look = { "text-anchor": "end", "font-size": 12.5, "font-weight": 600, fill: colour };
  return text(right, top - 12, `● ${label}`, look);
}

/** Where the curve is last inside the picture; beside a rising curve, else under it, or over it near the ground. */
function nameAtEnd(run: LossRun, area: PlotArea, paper: string): string {
  const { label, losses, colour } = run, { left, right, top, bottom } = area;
  if (!label || losses.length < 3) return "";
  const points = places(run, area);
  const at = Math.max(0, points.findLastIndex(([, y]) => y >= top));
  const [x, y] = points[at];
  const rises = at < losses.length - 1 || losses[at] > losses[0];
  const room = rises ? x < right - 60 : x < left + 60;
  const look = { "text-anchor": room ? "start" : "end", "font-size": 12, ...halo(colour, paper) };
  return rises
    ? text(x + (room ? 9 : -12), Math.max(top + 12, y + 4), label, look)
    : text(x, y > bottom - 30 ? y - 9 : y + 19, label, look);
}

/** The same in words. */
export function lossCurveInWords(losses: readonly number[]): string {
  const last = losses[losses.length - 1];
  return losses.length < 2
    ? `Loss against step. Before the first step it is ${formatNumber(last)}.`
    : `Loss against step: from ${formatNumber(losses[0])} to ${formatNumber(last)} in ${
      losses.length - 1
    } steps.`;
}
