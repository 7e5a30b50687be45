/** What a training loop does to a fit: the data, the batch, the model before and after. */

import { maxOf, minOf } from "../../kernels/extremes.ts";
import type { TrainingRecord } from "../../train/record_training.ts";
import type { Colours } from "./colours.ts";
import { axes, clipped, near, plotArea, type Size } from "./plot_area.ts";
import { type Attributes, dot, line, type Pixels, polyline, text } from "./svg.ts";

/** The data, the batch and the curve of the model at one step; nothing if the model is no curve. */
export function fitPicture(
  record: TrainingRecord,
  { iteration, step }: { iteration: number; step: number },
  size: Size,
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
  const { x, y } = area;
  const model = (k: number, look: Attributes) =>
    polyline(xs.map((value, i) => [x(value), near(y(predictions[k][i]))]), { stroke: colours.blue, ...look });
  const turn = record.iterations[iteration];
  const inBatch = new Set(turn.rows);
  const updated = step === 5;
  const residuals = step === 1 || step === 2
    ? turn.rows.map((row, i) => {
      const yHat = [turn.predictions].flat(2)[i] as number;
      const look = { stroke: colours.orange, "stroke-width": 2 };
      return line([x(inputs[row]), y(targets[row])], [x(inputs[row]), near(y(yHat))], look);
    })
    : [];
  // The batch over the others, which it would vanish behind.
  const order = [...inputs.keys()].sort((a, b) => Number(inBatch.has(a)) - Number(inBatch.has(b)));
  const dots = order.map((i) =>
    inBatch.has(i)
      ? dot([x(inputs[i]), y(targets[i])], 6, { fill: colours.orange, stroke: colours.paper })
      : dot([x(inputs[i]), y(targets[i])], 3.5, { fill: colours.reference, opacity: 0.6 })
  );
  const yName = updated ? "y (dashed: before the update)" : "y (large dots: this batch)";
  return axes(area, { x: "x", y: yName }, colours) +
    clipped(
      area,
      (updated ? model(iteration, { "stroke-width": 2, "stroke-dasharray": "6 5" }) : "") +
        model(updated ? iteration + 1 : iteration, { "stroke-width": 3 }) +
        residuals.join("") + dots.join(""),
    );
}

/** The loop's code as SVG text, each line with the number of its step. */
export function codePicture(lines: readonly string[], colours: Colours, lineHeight = 24): string {
  return lines.map((line, i) => {
    const y = i * lineHeight;
    const badge = i < lines.length - 1 ? numbered(i + 1, [10, y - 5], colours) : "";
    return badge +
      text(28, y, line, {
        "font-family": "ui-monospace, Menlo, Consolas, monospace",
        "font-size": 12.5,
        "xml:space": "preserve",
      });
  }).join("");
}

/** The number of a step, in a ball. */
export function numbered(step: number, [x, y]: Pixels, colours: Colours): string {
  const look = { "text-anchor": "middle", "font-size": 12, "font-weight": 600, fill: colours.paper };
  return dot([x, y], 9, { fill: colours.blue }) + text(x, y + 4.5, String(step), look);
}
