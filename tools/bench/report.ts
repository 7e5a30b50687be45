// What the benchmark leaves: a table as text, and a chart.
import { type Chart, lineChart, sideBySide } from "backprop";
import { cpus, totalmem } from "node:os";
import { type CostRow, isMet, type Row } from "./rows.ts";

/** The machine in a few words. */
export function machine(): string {
  const [first] = cpus();
  const { os, arch } = Deno.build;
  return `${first?.model ?? arch}, ${navigator.hardwareConcurrency} processors, ${
    Math.round(totalmem() / 2 ** 30)
  } GB, ${os} ${arch}`;
}

/** The table, as Markdown. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.what,
    `${short(row.ours)} ${row.unit}`,
    row.theirs ? `${row.theirs.name}: ${short(row.theirs.value)} ${row.unit}` : "",
    row.theirs ? short(row.measured) : "",
    "atMost" in row.target ? `≤ ${row.target.atMost}` : `≥ ${row.target.atLeast}`,
    isMet(row) ? "✓" : "missed",
  ]);
  const all = [["what", "ours", "theirs", "ratio", "target", ""], ...cells];
  const widths = all[0].map((_, i) => Math.max(3, ...all.map((line) => line[i].length)));
  const text = all.map((line) => `| ${line.map((cell, i) => cell.padEnd(widths[i])).join(" | ")} |`);
  text.splice(1, 0, `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`);
  return text.join("\n");
}

function short(x: number): string {
  return x >= 100 ? x.toFixed(0) : x.toPrecision(3);
}

/** What a step costs, in three pictures. */
export function costChart(rows: readonly CostRow[]): Chart {
  const axes = ["batch size", "width", "depth"] as const;
  const charts = axes.map((axis) =>
    lineChart(
      rows.filter((row) => row.axis === axis).map(({ x, series, microseconds }) => ({
        x,
        series,
        y: microseconds,
      })),
      {
        xLabel: axis === "depth" ? "hidden layers of 128" : axis === "width" ? "hidden units" : "batch size",
        yLabel: "µs a step",
        logX: true,
        logY: true,
        title: `A step against ${axis}`,
        width: 420,
      },
    )
  );
  return sideBySide(charts, {
    title: "What a training step of 784-128-10 costs as one size grows",
    width: 1200,
  });
}
