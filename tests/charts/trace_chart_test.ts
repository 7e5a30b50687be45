import {
  ChartDataError,
  Linear,
  Rng,
  Sequential,
  Sigmoid,
  Tanh,
  trace,
  traceChart,
  traceFunction,
} from "backprop";
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";

Deno.test("traceChart() draws one node a line of the way forward, with value and gradient", () => {
  const half = () => {
    const layer = new Linear(1, 1, { rng: new Rng(0) });
    layer.weight.data[0] = 0.5;
    return layer;
  };
  const chart = traceChart(trace(new Sequential(half(), new Sigmoid(), half(), new Sigmoid()), 1, 1));
  assertEquals(chart.title, "L = 0.5496; it changes most with b₂: ∂L/∂b₂ = −0.4228");
  // x, w₁, b₁, z₁, a₁, w₂, b₂, z₂, ŷ, y, L
  assertStringIncludes(chart.alternative, "Graph of 11 nodes");
  assertStringIncludes(chart.alternative, "w₁: value 0.5, gradient −0.04968");
  assertStringIncludes(chart.alternative, "x: value 1."); // nobody asks for ∂L/∂x
});

Deno.test("traceChart() draws matrices and functions", () => {
  const rng = new Rng(1);
  const model = new Sequential(new Linear(2, 3, { rng }), new Tanh(), new Linear(3, 2, { rng }));
  const chart = traceChart(trace(model, [[1, 2], [3, 4]], Uint8Array.of(0, 1)));
  assertStringIncludes(chart.alternative, "W₁: value [2, 3], gradient norm");
  assertStringIncludes(chart.alternative, "p (softmax) of");
  const square = traceChart(traceFunction(({ x }) => x.mul(x), { x: 3 }), { title: "A square" });
  assertEquals(square.title, "A square");
  assertStringIncludes(square.alternative, "x: value 3, gradient 6");
});

Deno.test("traceChart() refuses a trace without a step", () => {
  const nothing = traceFunction(({ x }) => x, { x: 1 });
  assertThrows(() => traceChart(nothing), ChartDataError, "no step forward");
});
