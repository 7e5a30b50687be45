/** The loss after each step, of one run or several. */

import { maxOf, minOf } from "../../kernels/extremes.ts";
import { linearAxis, logAxis } from "../../charts/axes.ts";
import { formatNumber, formatTick } from "../../charts/format.ts";
import type { Colours } from "./colours.ts";
import { linearScale } from "./plot_area.ts";
import { clipped, element, pathThrough, short, text } from "./svg.ts";

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
export interface LossCurveOptions {
  readonly width: number;
  readonly height: number;
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

/** The curves; the loss on a logarithmic axis if every loss is positive. */
export function lossCurve(
  runs: readonly LossRun[],
  { width, height, floor, steps = 20, xName = "step", first = 0 }: LossCurveOptions,
  colours: Colours,
): string {
  const [left, right, top, bottom] = [50, width - 14, 30, height - 40];
  const finite = [...runs.flatMap(({ losses }) => losses), ...(floor === undefined ? [] : [floor])]
    .filter((loss) => Number.isFinite(loss) && loss <= MOST);
  const [low, high] = [minOf(finite), finite.length === 0 ? 1 : maxOf(finite)];
  const log = low > 1e-12;
  const lowest = log ? Math.max(low, high * 1e-8) : low;
  const y = log ? logAxis(lowest * 0.999, Math.max(high, lowest * 2)) : linearAxis(low, high);
  const height01 = (loss: number) => {
    const [from, to] = y.domain;
    const value = Number.isFinite(loss) ? Math.min(loss, MOST * 100) : MOST * 100;
    return log
      ? Math.log(Math.max(value, from * 1e-3) / from) / Math.log(to / from)
      : (value - from) / (to - from);
  };
  const py = (loss: number) => Math.max(-500, bottom - (bottom - top) * height01(loss));
  const longest = maxOf(runs.map(({ losses }) => losses.length - 1), steps);
  const px = linearScale([0, longest], [left, right]);
  const small = { "font-size": 12, fill: colours.quiet };

  const room = Math.max(2, Math.floor((bottom - top) / 22));
  const everyTick = Math.ceil(y.ticks.length / room);
  const xTicks = linearAxis(0, longest, true).ticks.filter((tick) => Number.isInteger(tick));
  const grid = y.ticks.map((tick) => element("path", { d: `M${left},${short(py(tick))}H${right}` })).join("");
  const labels =
    y.ticks.filter((_, i) => i % everyTick === 0).map((tick) =>
      text(left - 6, py(tick) + 4, formatTick(tick), { "text-anchor": "end", ...small })
    ).join("") +
    xTicks.filter((_, i) => i % (xTicks.length * 34 > right - left ? 2 : 1) === 0).map((tick) =>
      text(px(tick), bottom + 17, formatTick(tick + first), { "text-anchor": "middle", ...small })
    ).join("");
  const curves = [...runs].sort((a, b) => Number(b.faint ?? false) - Number(a.faint ?? false)).map((run) => {
    const points = run.losses.map((loss, i): [number, number] => [px(i), py(loss)]);
    const last = points[points.length - 1];
    return (points.length > 1
      ? element("path", {
        d: pathThrough(points),
        fill: "none",
        stroke: run.colour,
        "stroke-width": run.faint ? 1.5 : 2.5,
        opacity: run.faint ? 0.7 : undefined,
      })
      : "") +
      (run.faint || !last ? "" : element("circle", { cx: last[0], cy: last[1], r: 4.5, fill: run.colour }));
  }).join("");
  const above = runs.filter((run) => run.above && run.label).map(({ label, colour }) =>
    text(right, top - 12, `● ${label}`, {
      "text-anchor": "end",
      "font-size": 12.5,
      "font-weight": 600,
      fill: colour,
    })
  ).join("");
  const names = runs.filter(({ label, losses, above }) => label && !above && losses.length > 2).map((run) => {
    // Where the curve is last inside the picture; beside a rising curve, else under it, or over it near the ground.
    const at = Math.max(0, run.losses.findLastIndex((loss) => py(loss) >= top));
    const [x, y] = [px(at), py(run.losses[at])];
    const rises = at < run.losses.length - 1 || run.losses[at] > run.losses[0];
    const room = rises ? x < right - 60 : x < left + 60;
    return text(
      x + (rises ? (room ? 9 : -12) : 0),
      rises ? Math.max(top + 12, y + 4) : y > bottom - 30 ? y - 9 : y + 19,
      run.label!,
      {
        "text-anchor": room ? "start" : "end",
        "font-size": 12,
        "font-weight": 600,
        fill: run.colour,
        stroke: colours.paper,
        "stroke-width": 4,
        "paint-order": "stroke",
      },
    );
  }).join("");
  return element("g", { stroke: colours.grid, fill: "none" }, grid) + labels +
    text(6, top - 12, log ? "loss (logarithmic)" : "loss", { fill: colours.ink, "font-size": 13 }) +
    text((left + right) / 2, bottom + 34, xName, {
      "text-anchor": "middle",
      fill: colours.ink,
      "font-size": 13,
    }) +
    (floor === undefined ? "" : element("path", {
      d: `M${left},${short(py(floor))}H${right}`,
      stroke: colours.green,
      "stroke-dasharray": "5 4",
      "stroke-width": 1.5,
    })) +
    clipped(left - 6, top - 4, right - left + 12, bottom - top + 10, curves) + names + above;
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
