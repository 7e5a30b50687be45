// Which rows of a chart's marks changed, from which numbers to which, and how far that is in the picture.
import { type Axis, type PlotRows, readRows } from "../../../lib/charts/rows.ts";
import type { Fact } from "./fact.ts";

type Value = number | string | null | undefined;
type Row = Record<string, Value>;

/** Places nearer than this, in pixels, are the same: rows are kept to a hundredth. */
const SAME_PLACE = 0.06;

/**
 * Compare the rows of marks that both charts have. Marks with the same change are named together.
 *
 * @param before An SVG file
 * @param after Another
 * @returns What changed, and the names of the marks whose rows did, and did not
 */
export function rowChanges(before: string, after: string) {
  const [old, fresh] = [marksIn(before), marksIn(after)];
  const said = new Map<string, string[]>();
  const [changed, same] = [new Set<string>(), new Set<string>()];
  for (const { key, name, rows } of old) {
    const now = fresh.find((mark) => mark.key === key);
    const change = now && describe(rows, now.rows, now.axes);
    if (change) said.set(change, [...said.get(change) ?? [], key]);
    if (change !== undefined) (change ? changed : same).add(name);
  }
  const facts = [...said].map(([change, keys]): Fact => {
    const says = `${keys.join(", ")}: ${change}`;
    return { kind: "numbers", says, cause: says };
  });
  return { facts, changed, same };
}

/** The marks of a picture with their rows; where there are several plots, their keys begin with `plot 1, `. */
function marksIn(svg: string): { key: string; name: string; rows: Row[]; axes: PlotRows["axes"] }[] {
  const seen = new Map<string, number>();
  return readRows(svg).flatMap(({ axes, marks }, plot, { length }) =>
    marks.flatMap(({ marks, rows }) => {
      const columns = Object.entries(rows);
      const list = columns[0][1].map((_, i) =>
        Object.fromEntries(columns.map(([name, values]) => [name, values[i]]))
      );
      return marks.map((name) => {
        const whole = length > 1 ? `plot ${plot + 1}, ${name}` : name;
        const n = (seen.get(whole) ?? 0) + 1;
        seen.set(whole, n);
        return { key: n > 1 ? `${whole} ${n}` : whole, name, rows: list, axes };
      });
    })
  );
}

/** What changed in the rows of one mark, such as `1 of 4 points moved …`; empty if nothing did. */
function describe(old: Row[], fresh: Row[], axes: PlotRows["axes"]): string {
  if (old.length !== fresh.length) return `${points(old.length)} before, ${fresh.length} now`;
  const moves = old.map((row, i) => distance(row, fresh[i], axes));
  const moved = moves.filter((pixels) => pixels > SAME_PLACE).length;
  if (moved === 0) return "";
  const farthest = Math.max(...moves);
  const at = moves.indexOf(farthest);
  const far = Number.isFinite(farthest) ? `, by at most ${Number(farthest.toPrecision(2))} px` : "";
  return `${moved} of ${points(old.length)} moved${far}: from ${say(old[at], fresh[at])} to ${
    say(fresh[at], old[at])
  }`;
}

const points = (n: number) => n === 1 ? "1 point" : `${n} points`;

/** How far apart two rows are drawn, on the same axes; without an axis numbers are pixels, and other names are far. */
function distance(before: Row, after: Row, axes: { [axis: string]: Axis | undefined }): number {
  const gaps = Object.keys({ ...before, ...after }).map((name) => {
    const [a, b] = [before[name], after[name]];
    if (a === b) return 0;
    if (typeof a !== "number" || typeof b !== "number") return Infinity;
    const axis = axes[name[0]];
    return axis ? place(a, axis) - place(b, axis) : a - b;
  });
  return Math.hypot(...gaps);
}

/** Where a number stands on an axis, in pixels. */
function place(value: number, { type, domain, range }: Axis): number {
  const [at, from, to] = [value, ...domain].map((number) => type === "log" ? Math.log10(number) : number);
  return range[0] + (range[1] - range[0]) * (at - from) / (to - from);
}

/** A row by the numbers on its axes, `(3, 0.52)`: of the two ends of a bar the one that is not the other's. */
function say(row: Row, other: Row): string {
  const said = ["x", "y", "r"].flatMap((axis) => {
    const names = [axis, `${axis}2`, `${axis}1`].filter((name) => row[name] !== undefined);
    const name = names.find((name) => row[name] !== other[name]) ?? names[0];
    return name === undefined || axis === "r" && row.r === other.r
      ? []
      : [{ axis, value: digits(row[name]) }];
  });
  return said.length > 1
    ? `(${said.map(({ value }) => value).join(", ")})`
    : said.map((one) => `${one.axis} = ${one.value}`)[0];
}

const digits = (value: Value) =>
  typeof value === "number" ? `${Number(value.toPrecision(4))}`.replace("-", "−") : String(value);
