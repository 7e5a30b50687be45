// Which rows of a chart's marks changed, from which numbers to which, and how far that is in the picture.
import type { Axis } from "../../lib/charts/rows.ts";
import type { Fact } from "./fact.ts";
import type { Mark } from "./svg.ts";

type Value = number | string | null | undefined;
type Row = Record<string, Value>;

/** Places nearer than this, in pixels, are the same: rows are kept to a hundredth. */
const SAME_PLACE = 0.06;

/**
 * Compare the rows of marks that both charts have.
 *
 * @returns What changed, and the names of the marks it changed in; marks with the same change are named together
 */
export function rowChanges(before: Map<string, Mark>, after: Map<string, Mark>) {
  const named = new Map<string, string[]>();
  for (const [name, mark] of before) {
    const now = after.get(name);
    const says = mark.rows && now?.rows ? describe(mark, now) : "";
    if (says) named.set(says, [...named.get(says) ?? [], name]);
  }
  const facts = [...named].map(([change, names]): Fact => {
    const says = `${names.join(", ")}: ${change}`;
    return { kind: "numbers", says, cause: says };
  });
  return { facts, moved: new Set([...named.values()].flat()) };
}

/** What changed in the rows of one mark, such as `1 of 4 points moved …`; empty if nothing did. */
function describe(before: Mark, after: Mark): string {
  const [old, fresh] = [rowsOf(before), rowsOf(after)];
  if (old.length !== fresh.length) return `${points(old.length)} before, ${fresh.length} now`;
  const moves = old.map((row, i) => distance(row, fresh[i], after.axes ?? {}));
  const moved = moves.filter((pixels) => pixels > SAME_PLACE).length;
  if (moved === 0) return "";
  const farthest = Math.max(...moves);
  const at = moves.indexOf(farthest);
  const [from, to] = [say(old[at], fresh[at]), say(fresh[at], old[at])];
  const far = Number.isFinite(farthest) ? `, by at most ${Number(farthest.toPrecision(2))} px` : "";
  return `${moved} of ${points(old.length)} moved${far}: from ${from} to ${to}`;
}

const points = (n: number) => n === 1 ? "1 point" : `${n} points`;

function rowsOf({ rows = {} }: Mark): Row[] {
  const columns = Object.entries(rows);
  const length = Math.max(0, ...columns.map(([, values]) => values.length));
  return Array.from(
    { length },
    (_, i) => Object.fromEntries(columns.map(([name, values]) => [name, values[i]])),
  );
}

/** How far apart two rows are drawn, on the same axes; without an axis numbers are pixels, and other names are far. */
function distance(before: Row, after: Row, axes: { x?: Axis; y?: Axis }): number {
  const along = (axis: "x" | "y" | "r") => {
    const channels = new Set(
      [...Object.keys(before), ...Object.keys(after)].filter((name) => name.startsWith(axis)),
    );
    const gaps = [...channels].map((name) => {
      const [a, b] = [before[name], after[name]];
      if (a === b) return 0;
      if (typeof a !== "number" || typeof b !== "number") return Infinity;
      const scale = axis === "r" ? undefined : axes[axis];
      return scale ? Math.abs(place(a, scale) - place(b, scale)) : Math.abs(a - b);
    });
    return Math.max(0, ...gaps);
  };
  const [x, y, r] = [along("x"), along("y"), along("r")];
  return Math.max(Math.hypot(x, y), r);
}

/** Where a number stands on an axis, in pixels. */
function place(value: number, { type, domain, range }: Axis): number {
  const [at, from, to] = [value, ...domain].map((number) => type === "log" ? Math.log10(number) : number);
  return range[0] + (range[1] - range[0]) * (at - from) / (to - from);
}

/** A row by the numbers on its axes, `(3, 0.52)`: of the two ends of a bar the one that is not the other's. */
function say(row: Row, other: Row): string {
  const ends = (["x", "y"] as const).map((axis) => {
    const names = [axis, `${axis}2`, `${axis}1`].filter((name) => row[name] !== undefined);
    return row[names.find((name) => row[name] !== other[name]) ?? names[0]];
  });
  const sizes = row.r !== other.r ? [`r = ${digits(row.r)}`] : [];
  const [x, y] = ends;
  if (x !== undefined && y !== undefined) return [`(${digits(x)}, ${digits(y)})`, ...sizes].join(", ");
  return [
    ...x === undefined ? [] : [`x = ${digits(x)}`],
    ...y === undefined ? [] : [`y = ${digits(y)}`],
    ...sizes,
  ]
    .join(", ");
}

const digits = (value: Value) =>
  typeof value === "number" ? `${Number(value.toPrecision(4))}`.replace("-", "−") : String(value);
