import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import {
  binaryCrossEntropyLoss,
  binaryCrossEntropyWithLogitsLoss,
  crossEntropyLoss,
  huberLoss,
  l1Penalty,
  l2Penalty,
  LeakyReLU,
  leakyRelu,
  logSoftmax,
  maeLoss,
  mseLoss,
  noGrad,
  parameter,
  softmax,
  type Tensor,
  tensor,
  Value,
} from "backprop";
import { ChartDataError } from "../../lib/charts/errors.ts";
import { graphChart } from "../../lib/charts/graph_chart.ts";
import { palette } from "../../lib/charts/palette.ts";
import { all, assertReadable, type Element, marks, texts } from "./svg.ts";

/** (x·w + b − 1)² at x = 0.8, w = 0.5, b = −0.1, differentiated. */
function squaredError(): Value {
  const x = new Value(0.8, "x"), w = new Value(0.5, "w"), b = new Value(-0.1, "b");
  const loss = x.mul(w).add(b).sub(1).pow(2);
  loss.label = "L";
  loss.backward();
  return loss;
}
const said = (root: Element, description: string) => marks(root, description).map(({ text }) => text);

Deno.test("graphChart() writes the value above and the gradient below every node, in colours of their own", () => {
  const root = assertReadable(graphChart(squaredError()).toSVG());
  const nodes = marks(root, "node").map((node) => {
    const [box, name, value, gradient] = node.children;
    assert(value.attributes.y < box.attributes.y, "the value stands above");
    assertEquals(value.attributes.fill, palette.trainingText);
    if (gradient) {
      assert(
        +gradient.attributes.y > +box.attributes.y + +box.attributes.height,
        "the gradient stands below",
      );
      assertEquals(gradient.attributes.fill, palette.validationText);
    }
    return [name.text, value.text, gradient?.text];
  });
  assertEquals(nodes, [
    ["x", "0.8", "−0.7"],
    ["w", "0.5", "−1.12"],
    ["×", "0.4", "−1.4"],
    ["b", "−0.1", "−1.4"],
    ["+", "0.3", "−1.4"],
    ["constant", "1", undefined],
    ["−", "−0.7", "−1.4"],
    ["L (pow 2)", "0.49", "1"],
  ]);
});

Deno.test("graphChart() states the result and the input it changes most with", () => {
  assertEquals(graphChart(squaredError()).title, "L = 0.49; it changes most with b: ∂L/∂b = −1.4");
  const a = new Value(2, "a"), plain = a.mul(a);
  assertEquals(graphChart(plain).title, "Result = 4");
  plain.backward();
  assertEquals(graphChart(plain).title, "Result = 4; it changes most with a: ∂result/∂a = 4");
  assertEquals(graphChart(plain, { title: "A square", subtitle: "of a" }).title, "A square");
});

Deno.test("graphChart() tells the whole graph in words", () => {
  const { alternative } = graphChart(squaredError());
  assertStringIncludes(
    alternative,
    "∂L/∂b = −1.4. Graph of 8 nodes, inputs first. (1) x: value 0.8, gradient −0.7.",
  );
  assertStringIncludes(alternative, "(3) × of (1) and (2): value 0.4, gradient −1.4.");
  assertStringIncludes(alternative, "(6) constant: value 1. (7) − of (5) and (6)");
});

Deno.test("graphChart() draws an arrow for every use, also where a number is used twice", () => {
  const a = new Value(3, "a"), root = assertReadable(graphChart(a.mul(a)).toSVG());
  const ends = marks(root, "edge").map((edge) => edge.attributes.d.split(",").at(-1));
  assertEquals([ends.length, new Set(ends).size], [2, 2]);
});

Deno.test("graphChart() draws every arrow to the right, from the edge of one box to the edge of the other", () => {
  const root = assertReadable(graphChart(squaredError()).toSVG());
  const boxes = marks(root, "node").map(({ children: [box] }) => box.attributes);
  for (const edge of marks(root, "edge")) {
    const numbers = edge.attributes.d.match(/-?[\d.]+/g)!.map(Number);
    const [start, end] = [numbers[0], numbers[numbers.length - 2]];
    assert(start < end);
    assert(boxes.some(({ x, width }) => Math.abs(+x + +width - start) < 0.2), "starts at a right edge");
    assert(boxes.some(({ x }) => Math.abs(+x - 6 - end) < 0.2), "ends before a left edge");
  }
});

Deno.test("graphChart() says that gradients are missing before backward()", () => {
  const a = new Value(3, "a"), root = assertReadable(graphChart(a.exp()).toSVG());
  assertEquals(said(root, "gradient"), []);
  assert(texts(root).includes("no gradients yet: call backward()"));
});

Deno.test("graphChart() shows the shape of a tensor and the norm of its gradient, a few numbers in full", () => {
  const X = tensor([[1, 2], [3, 4]]),
    W = parameter([[1], [1]], { label: "W" }),
    b = parameter([0], { label: "b" });
  X.label = "X";
  const loss = X.matmul(W).add(b).sum();
  loss.label = "loss";
  loss.backward();
  const chart = graphChart(loss), root = assertReadable(chart.toSVG());
  assertEquals(said(root, "value"), ["[2, 2]", "[2, 1]", "[2, 1]", "0", "[2, 1]", "10"]);
  assertEquals(said(root, "gradient"), ["norm 7.211", "norm 1.414", "2", "norm 1.414", "1"]); // ∂W = [4, 6]
  assertEquals(chart.title, "loss = 10; it changes most with W: ‖∂loss/∂W‖ = 7.211");
  const three = parameter([1, -2, 0.5], { label: "v" }).mul(2);
  assertEquals(said(assertReadable(graphChart(three).toSVG()), "value"), ["[1, −2, 0.5]", "2", "[2, −4, 1]"]);
});

Deno.test("graphChart() names every activation, loss and penalty", () => {
  const w = parameter([[1, -2]], { label: "w" });
  const yes = tensor([[1, 0]]);
  const results: [string, Tensor][] = [
    ["softmax", softmax(w)],
    ["logSoftmax", logSoftmax(w)],
    ["leakyRelu", leakyRelu(w)],
    ["leakyRelu", new LeakyReLU(0.1).forward(w)],
    ["mseLoss", mseLoss(w, yes)],
    ["maeLoss", maeLoss(w, yes)],
    ["huberLoss", huberLoss(w, yes)],
    ["binaryCrossEntropyLoss", binaryCrossEntropyLoss(w.sigmoid(), yes)],
    ["binaryCrossEntropyWithLogitsLoss", binaryCrossEntropyWithLogitsLoss(w, yes)],
    ["crossEntropyLoss", crossEntropyLoss(w, [0])],
    ["l1Penalty", l1Penalty(w, 1)],
    ["l2Penalty", l2Penalty(w, 1)],
  ];
  for (const [name, result] of results) {
    const { alternative } = graphChart(result);
    assertStringIncludes(alternative, `${name} of`);
    assertEquals(alternative.includes("?"), false);
  }
});

Deno.test("graphChart() stands inside its frame, whatever the numbers", () => {
  for (const x of [1e-12, -1e12, NaN, Infinity, 0]) {
    const value = new Value(x, "a rather long name & <tag>").mul(1e-7);
    const root = assertReadable(graphChart(value).toSVG());
    const [, , width] = root.attributes.viewBox.split(" ").map(Number);
    for (const { attributes } of all(root).filter(({ name }) => name === "rect").slice(1)) {
      assert(+attributes.x >= 0 && +attributes.x + +attributes.width <= width);
    }
  }
});

Deno.test("graphChart() refuses what remembers no operation, and graphs that nobody could read", () => {
  assertThrows(() => graphChart(new Value(1)), ChartDataError, "remembers no operation");
  assertThrows(() => graphChart(noGrad(() => parameter([1]).mul(2))), ChartDataError, "outside noGrad()");
  let chain = new Value(0);
  for (let i = 0; i < 100; i++) chain = chain.add(1);
  assertThrows(() => graphChart(chain), ChartDataError, "more than 60 nodes");
});
