// The rows that a plot was drawn from, kept inside the picture for programs that compare pictures.
import type * as Plot from "@observablehq/plot";

/** A straight or logarithmic axis: numbers, and the pixels where they stand. */
export interface Axis {
  type: string;
  domain: number[];
  range: number[];
}

/** The rows of one mark: for each channel such as `x` and `y` the values of all rows. */
export interface MarkRows {
  /** As the picture names the marks that were drawn from these rows: `line "training curve"`. */
  marks: string[];
  rows: Record<string, (number | string | null)[]>;
}

/** What one plot was drawn from. */
export interface PlotRows {
  axes: { x?: Axis; y?: Axis };
  marks: MarkRows[];
}

/** Channels that say where something stands and how large it is. */
const CHANNELS = ["x", "x1", "x2", "y", "y1", "y2", "r"];
/** Axes, grids, frames and labels are no data; what they say stands in the picture as text. */
const FURNITURE = /^(?:[xy]-(?:axis|grid)|frame|text)/;

type Scale = { [name: string]: unknown; invert?: (place: number) => unknown } | undefined;
type Channel = { value: ArrayLike<unknown>; scale?: string | null };
type Values = Record<string, ArrayLike<number>> & { channels: Record<string, Channel> };
type Render = (
  index: number[] | null,
  scales: { scales: Record<string, Scale> },
  values: Values,
  ...rest: unknown[]
) => unknown;

/**
 * Lets the marks of a plot say what they draw when it is drawn.
 *
 * @param marks The marks; nothing else of them changes
 * @returns What was drawn, filled while the plot is drawn
 */
export function recordRows(marks: Plot.Markish[]): PlotRows {
  const plot: PlotRows = { axes: {}, marks: [] };
  const known = new Map<string, MarkRows>();
  for (const mark of (marks as unknown[]).flat(3) as { render?: Render; [aria: string]: unknown }[]) {
    const { render, ariaLabel, ariaDescription } = mark ?? {};
    if (render === undefined || FURNITURE.test(String(ariaLabel))) continue;
    const name = ariaDescription ? `${ariaLabel} "${ariaDescription}"` : String(ariaLabel);
    mark.render = function (index, scales, values, ...rest) {
      const { x, y } = scales.scales;
      plot.axes = { x: axisOf(x), y: axisOf(y) };
      const channels = CHANNELS.filter((channel) => values.channels[channel]);
      const rows = Object.fromEntries(channels.map((channel) => {
        const scale = channel.startsWith("x") ? x : channel.startsWith("y") ? y : undefined;
        const own = values.channels[channel];
        return [channel, [...index ?? []].map((i) => visible(own, i, values[channel][i], scale))];
      }));
      const key = JSON.stringify(rows);
      if (known.has(key)) known.get(key)!.marks.push(name);
      else if (channels.length > 0) {
        known.set(key, { marks: [name], rows });
        plot.marks.push(known.get(key)!);
      }
      return render.call(this, index, scales, values, ...rest);
    };
  }
  return plot;
}

/** An axis whose places are numbers; others have names for places. */
function axisOf(scale: Scale): Axis | undefined {
  if (scale === undefined || !["linear", "log"].includes(String(scale.type))) return undefined;
  const [domain, range] = [scale.domain, scale.range].map((ends) => (ends as number[]).map(Number));
  return { type: String(scale.type), domain, range };
}

/** A value as it was given, to a hundredth of a pixel; a place in pixels as the number on the axis there. */
function visible({ value, scale: own }: Channel, i: number, place: number, scale: Scale) {
  const at = (pixels: number) => scale?.invert ? Number(scale.invert(pixels)) : pixels;
  const given = own ? value[i] : at(place);
  if (typeof given !== "number") return given === null || given === undefined ? null : String(given);
  const step = Math.abs(at(place + 0.1) - at(place)) / 10;
  const digits = Math.ceil(-Math.log10(step));
  return digits >= 0 && digits <= 20 ? Number(given.toFixed(digits)) : Number(given.toPrecision(6));
}

/** Evenly spaced numbers are written in short, `{ from, to, count }`. */
function short(_name: string, value: unknown): unknown {
  if (!Array.isArray(value) || value.length < 4 || value.some((entry) => typeof entry !== "number")) {
    return value;
  }
  const [from, to, count] = [value[0], value.at(-1), value.length];
  const step = (to - from) / (count - 1);
  const isEven = step !== 0 &&
    value.every((entry, i) => Math.abs(entry - from - i * step) < Math.abs(step) / 50);
  return isEven ? { from, to, count } : value;
}

function long(_name: string, value: { from: number; to: number; count: number }): unknown {
  if (value?.count === undefined) return value;
  const { from, to, count } = value;
  return Array.from({ length: count }, (_, i) => from + (to - from) * i / (count - 1));
}

/** The rows as an element that no one sees, a mark a line. */
export function rowsElement({ axes, marks }: PlotRows): string {
  if (marks.length === 0) return "";
  const lines = [axes, ...marks].map((part) => JSON.stringify(part, short)).join("\n");
  return `<metadata>${lines.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</metadata>`;
}

/** The rows of every plot in an SVG file, in their order. */
export function readRows(svg: string): PlotRows[] {
  return [...svg.matchAll(/<metadata>([^<]+)<\/metadata>/g)].map(([, text]) => {
    const lines = text.replaceAll("&lt;", "<").replaceAll("&amp;", "&").trim().split("\n");
    const [axes, ...marks] = lines.map((line) => JSON.parse(line, long));
    return { axes, marks };
  });
}
