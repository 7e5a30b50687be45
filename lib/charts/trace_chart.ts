import { kindOf } from "../checks/values.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Trace } from "../trace/trace_table.ts";
import type { Chart } from "./chart.ts";
import { graphChart, type GraphChartOptions } from "./graph_chart.ts";
import { ChartDataError } from "./errors.ts";
import { HEADING, readOptions } from "./read.ts";

/**
 * Draws a trace: what was given at the left, the loss at the right, above each node its value and below it the gradient.
 *
 * One node a line of the forward pass, so a dense layer is one node, not three.
 *
 * @param trace From `trace` or `traceFunction`
 * @throws {ChartDataError} If it has more than 60 nodes
 *
 * @example
 * ```ts
 * import { Linear, Rng, Sequential, Sigmoid, trace, traceChart } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const layer = new Linear(1, 1, { rng: new Rng(0), bias: false });
 * layer.weight.data[0] = 0.5;
 * const chart = traceChart(trace(new Sequential(layer, new Sigmoid()), 1, 1));
 * assertEquals(chart.title, "L = 0.4741; it changes most with w: ∂L/∂w = −0.3775");
 * ```
 */
export function traceChart(trace: Trace, given: GraphChartOptions = {}): Chart {
  const options = readOptions("traceChart", given, HEADING);
  if (!Array.isArray(trace?.steps)) {
    throw new ChartDataError(
      `traceChart() expects what trace() or traceFunction() gave, got ${kindOf(trace)}.`,
    );
  }
  const nodes = new Map<string, Tensor>();
  const place = (
    name: string,
    symbol: string,
    value: Tensor,
    from: readonly string[],
    operation?: string,
  ) => {
    const node = new Tensor(value.data, value.shape);
    node.label = symbol;
    node.operation = operation;
    node.parents = from.map((name) => nodes.get(name)!);
    const gradient = `d${name}`;
    if (trace.has(gradient)) {
      node.requiresGrad = true;
      node.grad = trace.value(gradient);
    }
    nodes.set(name, node);
    return node;
  };
  for (const { name, symbol, value } of trace.givens) place(name, symbol, value, []);
  let last: Tensor | undefined;
  for (const { name, symbol, value, from, phase, formula } of trace.steps) {
    if (phase !== "forward") continue;
    last = place(name, symbol, value, from, briefly(formula));
  }
  if (last === undefined) {
    throw new ChartDataError("traceChart() has nothing to draw: the trace has no step forward.");
  }
  return graphChart(last, options);
}

/** The function, where the formula is one; long ones are left to the table. */
function briefly(formula: string): string | undefined {
  return formula.match(/^(\w+|σ)\(/u)?.[1];
}
