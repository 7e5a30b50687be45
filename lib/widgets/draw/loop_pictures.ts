/** What a training loop does to a fit: the data, the batch, the model before and after. */

import { maxOf, minOf } from "../../kernels/extremes.ts";
import type { TrainingRecord } from "../../train/record_training.ts";
import type { Colours } from "./colours.ts";
import { axes, plotArea } from "./plot_area.ts";
import { clipped, element, polyline, text } from "./svg.ts";

/** The data, the batch and the curve of the model at one step; nothing if the model is no curve. */
export function fitPicture(
  record: TrainingRecord,
  { iteration, step }: { iteration: number; step: number },
  size: { width: number; height: number },
  colours: Colours,
): string {
  const { curve } = record;
  if (!curve) return "";
  const { inputs, targets, x: xs, predictions } = curve;
  const all = [...targets, ...predictions.flat()].filter(Number.isFinite);
  const spread = maxOf(targets) - minOf(targets);
  const yDomain: [number, number] = [
    Math.max(minOf(all), minOf(targets) - spread),
    Math.min(maxOf(all), maxOf(targets) + spread),
  ];
  const area = plotArea(size, [xs[0], xs[xs.length - 1]], yDomain, { left: 44 });
  const { left, right, top, bottom, x, y } = area;
  const inside = (pixel: number) => Math.min(9000, Math.max(-9000, pixel));
  const line = (k: number) =>
    xs.map((value, i): [number, number] => [x(value), inside(y(predictions[k][i]))]);
  const turn = record.iterations[iteration];
  const inBatch = new Set(turn.rows);
  const updated = step === 5;
  const yHat = (turn.predictions as number[][] | number[]).map((value) =>
    Array.isArray(value) ? value[0] : value
  );
  const residuals = step === 1 || step === 2
    ? turn.rows.map((row, i) =>
      element("path", {
        d: `M${fix(x(inputs[row]))},${fix(y(targets[row]))}V${fix(inside(y(yHat[i])))}`,
        stroke: colours.orange,
        "stroke-width": 2,
      })
    ).join("")
    : "";
  // The batch over the others, which it would vanish behind.
  const order = [...inputs.keys()].sort((a, b) => Number(inBatch.has(a)) - Number(inBatch.has(b)));
  const dots = order.map((i) =>
    inBatch.has(i)
      ? element("circle", {
        cx: x(inputs[i]),
        cy: y(targets[i]),
        r: 6,
        fill: colours.orange,
        stroke: colours.paper,
      })
      : element("circle", {
        cx: x(inputs[i]),
        cy: y(targets[i]),
        r: 3.5,
        fill: colours.reference,
        opacity: 0.6,
      })
  ).join("");
  return axes(
    area,
    { x: "x", y: updated ? "y (dashed: before the update)" : "y (large dots: this batch)" },
    colours,
  ) +
    clipped(
      left,
      top,
      right - left,
      bottom - top,
      (updated
        ? polyline(line(iteration), { stroke: colours.blue, "stroke-width": 2, "stroke-dasharray": "6 5" })
        : "") +
        polyline(line(updated ? iteration + 1 : iteration), { stroke: colours.blue, "stroke-width": 3 }) +
        residuals + dots,
    );
}

/** The loop's code as SVG text, each line with the number of its step. */
export function codePicture(lines: readonly string[], colours: Colours, lineHeight = 24): string {
  return lines.map((line, i) => {
    const y = i * lineHeight;
    const badge = i < lines.length - 1
      ? element("circle", { cx: 10, cy: y - 5, r: 9, fill: colours.blue }) +
        text(10, y - 0.5, String(i + 1), {
          "text-anchor": "middle",
          "font-size": 12,
          "font-weight": 600,
          fill: colours.paper,
        })
      : "";
    return badge +
      text(28, y, line, {
        "font-family": "ui-monospace, Menlo, Consolas, monospace",
        "font-size": 12.5,
        "xml:space": "preserve",
      });
  }).join("");
}

function fix(value: number): number {
  return Math.round(value * 100) / 100;
}
