import { bareName, capital, formatNumber, plural } from "./format.ts";
import type { LineChartOptions } from "./line_chart.ts";
import type { XY } from "./series.ts";

/** The points of each line, by its name. */
export type Lines = Map<string, XY[]>;

function best(points: readonly XY[], better: "lower" | "higher"): XY {
  return points.reduce((best, point) =>
    (better === "lower" ? point.y < best.y : point.y > best.y) ? point : best
  );
}

/** One line: how it goes. Several: the best of them, and where. */
export function lineFinding(series: Lines, { xLabel, yLabel, better = "lower" }: LineChartOptions): string {
  const name = bareName(yLabel);
  if (series.size === 1) {
    const plural = /[^s]s$/.test(name);
    return `${capital(name)} ${course([...series.values()][0], xLabel, better, plural)}`;
  }
  const word = better === "lower" ? "Lowest" : "Highest";
  const Name = capital(name);
  const [winner, at] = [...series].map(([label, points]) => [label, best(points, better)] as const)
    .reduce((a, b) => (better === "lower" ? b[1].y < a[1].y : b[1].y > a[1].y) ? b : a);
  const points = series.get(winner)!;
  if (at.y !== points[0].y && at.y !== points.at(-1)!.y) {
    return `${word} ${name}: ${formatNumber(at.y)}, with ${winner || "the line without a name"} at ` +
      `${bareName(xLabel)} ${formatNumber(at.x)}`;
  }
  const ends = [...series].map(([label, points]) => ({ label, end: points.at(-1)! }))
    .sort((a, b) => better === "lower" ? a.end.y - b.end.y : b.end.y - a.end.y);
  const [first, second] = [ends[0], ends.at(-1)!];
  const end = ({ label, end }: typeof first) =>
    `${formatNumber(end.y)} (${label || "without a name"}${
      end.x === first.end.x ? "" : `, at ${formatNumber(end.x)}`
    })`;
  return `${Name} at ${bareName(xLabel)} ${formatNumber(first.end.x)}: ${end(first)} to ${end(second)}`;
}

/** "falls from 1.5 to 0.09", or where it is best if that is in between. */
function course(points: readonly XY[], xLabel: string, better: "lower" | "higher", many: boolean): string {
  const [is, s] = many ? ["are", ""] : ["is", "s"];
  const [first, last] = [points[0], points.at(-1)!];
  const turn = best(points, better);
  if (points.length === 1) {
    return `${is} ${formatNumber(first.y)} at ${bareName(xLabel)} ${formatNumber(first.x)}`;
  }
  const other = best(points, better === "lower" ? "higher" : "lower");
  const ends = (point: XY) => point.y === first.y || point.y === last.y;
  if (first.y === last.y && turn.y === other.y) return `stay${s} at ${formatNumber(first.y)}`;
  if (ends(turn) && ends(other)) {
    return `${last.y < first.y ? `fall${s}` : `rise${s}`} from ${formatNumber(first.y)} to ${
      formatNumber(last.y)
    }`;
  }
  const [point, word] = !ends(turn)
    ? [turn, better === "lower" ? "lowest" : "highest"]
    : [other, better === "lower" ? "highest" : "lowest"];
  return `${is} ${word}, ${formatNumber(point.y)}, at ${bareName(xLabel)} ${formatNumber(point.x)}`;
}

/** The chart in words. */
export function lineAlternative(
  title: string,
  subtitle: string,
  series: Lines,
  options: LineChartOptions,
): string {
  const { xLabel, yLabel, logX, logY, better = "lower", reference, marks = [] } = options;
  const on = (log?: boolean) => log ? " (log axis)" : "";
  const lines = [...series].map(([label, points]) => {
    const [first, last] = [points[0], points.at(-1)!];
    const at = ({ x, y }: XY) => `${formatNumber(y)} at ${formatNumber(x)}`;
    const name = label || "The line";
    if (points.length === 1) return `${name}: 1 point, ${at(first)}.`;
    return `${name}: ${plural(points.length, "point")}, from ${at(first)} to ${at(last)}, ` +
      `${better === "lower" ? "lowest" : "highest"} ${at(best(points, better))}.`;
  });
  const named = marks.flatMap(({ label }) => label ? [label] : []);
  return [
    `Line chart of ${yLabel}${on(logY)} against ${xLabel}${on(logX)}.`,
    /[.!?]$/.test(title) || title === "" ? title : `${title}.`,
    ...lines,
    reference ? `Dashed line: ${reference.label}.` : "",
    named.length > 0 ? `Marked: ${named.join("; ")}.` : "",
    subtitle,
  ].filter((words) => words !== "").join(" ");
}
