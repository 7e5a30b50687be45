import { formatNumber, formatPercent } from "../checks/format.ts";
import { bareName, capital, paragraph, plural, sentence } from "./format.ts";
import type { SurfaceChartOptions } from "./surface_options.ts";

/** What the sentences about a surface need to know. */
export interface SurfaceWords {
  f: (x: number, y: number) => number;
  options: SurfaceChartOptions;
  /** Least and greatest height in the picture */
  low: number;
  high: number;
  /** Where the arrow points */
  down?: readonly [number, number];
  sameScale: boolean;
  /** Share of the picture without a finite height */
  notFinite: number;
}

type Point = readonly [number, number];

/** The finding: where walks end, where it goes down, where the minimum is. */
export function surfaceTitle({ f, options, low, high, down }: SurfaceWords): string {
  const { paths = [], arrow, minimum, xLabel, yLabel, valueLabel } = options;
  const name = bareName(valueLabel);
  if (paths.length === 1) {
    const [{ label, points }] = paths;
    const [start, end] = [f(...points[0] as [number, number]), f(...points.at(-1)! as [number, number])];
    const steps = plural(points.length - 1, "step");
    const verb = Number.isNaN(end) || end > start ? "rises" : "falls";
    const who = label === "" ? "" : `${label}: `;
    return capital(`${who}${name} ${verb} from ${formatNumber(start)} to ${formatNumber(end)} in ${steps}`);
  }
  if (paths.length > 1) {
    const ends = paths.map(({ label, points }) => ({ label, end: f(...points.at(-1)! as [number, number]) }))
      .sort((a, b) =>
        (Number.isFinite(a.end) ? a.end : Infinity) - (Number.isFinite(b.end) ? b.end : Infinity)
      );
    const lengths = new Set(paths.map(({ points }) => points.length - 1));
    const after = lengths.size === 1 ? `after ${plural([...lengths][0], "step")}` : "at the end";
    const list = ends.slice(0, 4).map(({ label, end }) => `${formatNumber(end)} (${label})`);
    return capital(`${name} ${after}: ${list.join(", ")}${ends.length > 4 ? ", …" : ""}`);
  }
  if (arrow) {
    const [x, y] = arrow.at;
    const from = `(${formatNumber(x)}, ${formatNumber(y)})`;
    const height = formatNumber(f(x, y));
    if (!down) {
      return `At ${from} the ${name} is ${height} and level: the gradient is zero, there is no way down`;
    }
    if (arrow.direction) return `At ${from} the ${name} is ${height}`;
    return `From ${from}, where the ${name} is ${height}, the steepest way down is towards ${
      way(down, xLabel, yLabel)
    }`;
  }
  if (minimum) {
    return `Least ${name}: ${formatNumber(f(...minimum as [number, number]))}, at ${where(minimum, options)}`;
  }
  const [least, most] = roughly(low, high);
  return capital(least === most ? `${name} is ${least} everywhere` : `${name} between ${least} and ${most}`);
}

/** How to read the picture, and what is not as it seems. */
export function surfaceSubtitle({ options, sameScale, notFinite }: SurfaceWords): string {
  const leaves = (options.paths ?? []).flatMap(({ label, points }) => {
    const k = points.findIndex(([x, y]) =>
      !(x >= options.x[0] && x <= options.x[1] && y >= options.y[0] && y <= options.y[1])
    );
    return k === -1 ? [] : [`${label || "The path"} leaves the picture at step ${k}.`];
  });
  return paragraph(
    "Light is low, dark is high.",
    ...leaves,
    sameScale ? "" : "The axes have different scales.",
    notFinite > 0
      ? `${capital(bareName(options.valueLabel))} is NaN or infinite in ${
        formatPercent(notFinite)
      } of the picture.`
      : "",
  );
}

/** The chart in words. */
export function surfaceAlternative(words: SurfaceWords, title: string): string {
  const { f, options, low, high } = words;
  const { x, y, xLabel, yLabel, valueLabel, paths = [], minimum } = options;
  const range = ([a, b]: Point) => `${formatNumber(a)} to ${formatNumber(b)}`;
  const height = (point: Point) => formatNumber(f(...point as [number, number]));
  return paragraph(
    `Contour map of ${valueLabel} over ${xLabel} from ${range(x)} and ${yLabel} from ${
      range(y)
    }; values from about ` +
      `${roughly(low, high).join(" to ")}.`,
    sentence(title),
    ...paths.map(({ label, points }) =>
      `${label || "Path"}: ${plural(points.length - 1, "step")} from ${where(points[0], options)} (${
        height(points[0])
      }) to ` +
      `${where(points.at(-1)!, options)} (${height(points.at(-1)!)}).`
    ),
    minimum ? `Minimum: ${height(minimum)} at ${where(minimum, options)}.` : "",
    surfaceSubtitle(words).replace("Light is low, dark is high.", "").trim(),
  );
}

/** Least and greatest height, to about a hundredth of their range: what a grid of samples can know. */
function roughly(low: number, high: number): [string, string] {
  const unit = high > low ? 10 ** (Math.floor(Math.log10(high - low)) - 2) : 0;
  const round = (value: number) => unit === 0 ? value : Math.round(value / unit) * unit || 0;
  return [formatNumber(round(low)), formatNumber(round(high))];
}

function where([x, y]: Point, { xLabel, yLabel }: SurfaceChartOptions): string {
  return `${bareName(xLabel)} = ${formatNumber(x)}, ${bareName(yLabel)} = ${formatNumber(y)}`;
}

/** "larger w and smaller b"; an axis along which next to nothing changes is not named. */
function way([dx, dy]: Point, xLabel: string, yLabel: string): string {
  const length = Math.hypot(dx, dy);
  return ([[dx, xLabel], [dy, yLabel]] as const).filter(([d]) => Math.abs(d) > 0.02 * length)
    .map(([d, label]) => `${d > 0 ? "larger" : "smaller"} ${bareName(label)}`).join(" and ");
}
