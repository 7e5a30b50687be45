import { assert, assertAlmostEquals, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import {
  classChart,
  type ClassChartOptions,
  type Dataset,
  moons,
  noGrad,
  spirals,
  Tensor,
  tensor,
  xor,
} from "backprop";
import { ChartDataError } from "../../lib/charts/errors.ts";
import { assertLabelsApart } from "./boxes.ts";
import { all, assertReadable, corners, type Element, marks, texts, ticks, translation } from "./svg.ts";

/** Score of class 1: x₁ + x₂ − ½. */
const line = { forward: (x: Tensor) => x.matmul(tensor([[1], [1]])).sub(0.5) };
/** Class 0 left of ⅓, class 1 up to ⅔, class 2 right of it. */
const stripes = {
  forward: (x: Tensor) => {
    const first = x.matmul(tensor([[1], [0]]));
    return first.matmul(tensor([[0, 3, 6]])).add(tensor([2, 1, -1]));
  },
};
const read = (data: Dataset, options: ClassChartOptions = {}) =>
  assertReadable(classChart(data, options).toSVG());
const drawn = (root: Element, name: string) => marks(root, name).flatMap(all);

Deno.test("classChart() draws every point where the axes say, each class in a shape and a colour of its own", () => {
  const root = read(xor()), [x, y] = [ticks(root, "x"), ticks(root, "y")];
  const circles = drawn(root, "points of class 0");
  const squares = drawn(root, "points of class 1");
  assertEquals([circles.length, squares.length], [2, 2]);
  assertEquals(translation(squares[0]), [x.get("0"), y.get("1")]);
  assertEquals(translation(squares[1]), [x.get("1"), y.get("0")]);
  assert(circles[0].attributes.d !== squares[0].attributes.d);
  const fill = (label: number) => marks(root, `points of class ${label}`)[0].attributes.fill;
  assert(fill(0) !== fill(1));
});

Deno.test("classChart() draws the border of a model's regions where its scores are equal", () => {
  const root = read(xor(), { model: line }), [x, y] = [ticks(root, "x"), ticks(root, "y")];
  const unit = { x: x.get("1")! - x.get("0")!, y: y.get("1")! - y.get("0")! };
  const [region] = drawn(root, "region of class 1").filter(({ name }) => name === "path");
  // Corners of the region that are not on the picture's frame lie on x₁ + x₂ = ½.
  const inner = corners(region).map(([px, py]) => [(px - x.get("0")!) / unit.x, (py - y.get("0")!) / unit.y])
    .filter(([a, b]) => a > -0.1 && b > -0.1 && a < 1.1 && b < 1.1);
  assert(inner.length > 20);
  for (const [a, b] of inner) assertAlmostEquals(a + b, 0.5, 0.01);
});

Deno.test("classChart() takes the greatest of many scores, and draws a region a class", () => {
  const data = { inputs: tensor([[0, 0], [0.5, 0.2], [1, 0.1]]), targets: Uint8Array.of(0, 1, 2) };
  const root = read(data, { model: stripes });
  for (const label of [0, 1, 2]) assert(drawn(root, `region of class ${label}`).length > 0, String(label));
  assertEquals(classChart(data, { model: stripes }).title, "The model gets all 3 points right (100%)");
});

Deno.test("classChart() puts the border of a single output at ½ for probabilities, at 0 for scores", () => {
  const probability = { forward: (x: Tensor) => line.forward(x).mul(4).sigmoid() };
  const border = (model: typeof line) =>
    drawn(read(xor(), { model }), "region of class 1").map(({ attributes }) => attributes.d);
  const [scores, shares] = [border(line)[0], border(probability)[0]];
  assertAlmostEquals(
    corners({ attributes: { d: scores } } as unknown as Element)[5][0],
    corners({ attributes: { d: shares } } as unknown as Element)[5][0],
    1,
  );
  assertEquals(classChart(xor(), { model: probability }).title, classChart(xor(), { model: line }).title);
});

Deno.test("classChart() rings the points that the model gets wrong, and counts them", () => {
  const chart = classChart(xor(), { model: line }), root = assertReadable(chart.toSVG());
  assertEquals(chart.title, "The model gets 3 of 4 points right (75%)");
  const [ring] = drawn(root, "wrong points"), [x, y] = [ticks(root, "x"), ticks(root, "y")];
  assertEquals([+ring.attributes.cx, +ring.attributes.cy], [x.get("1"), y.get("1")]);
  assert(texts(root).includes("wrong"));
  assert(!texts(read(xor())).includes("wrong"));
});

Deno.test("classChart() names classes and axes, and tells all in words", () => {
  const chart = classChart(xor(), {
    model: line,
    classNames: ["equal", "different"],
    xLabel: "a",
    yLabel: "b",
  });
  for (const text of ["equal", "different", "a →", "↑ b"]) {
    assert(texts(assertReadable(chart.toSVG())).includes(text), text);
  }
  assertEquals(
    chart.alternative,
    "Decision regions and points in the plane of a and b. The model gets 3 of 4 points right (75%). equal: 2 points, 1 " +
      "wrong; different: 2 points, 0 wrong.",
  );
  assertEquals(classChart(moons()).title, "200 points of 2 classes");
});

Deno.test("classChart() draws regions alone where asked to", () => {
  const root = read(xor(), { model: line, points: false });
  assertEquals(drawn(root, "points of class 0").length + drawn(root, "wrong points").length, 0);
  assert(drawn(root, "region of class 1").length > 0);
});

Deno.test("classChart() asks a model in prediction mode, records nothing, and puts the mode back", () => {
  const modes: boolean[] = [];
  const model = {
    training: true,
    train() {
      this.training = true;
    },
    eval() {
      this.training = false;
    },
    forward(x: Tensor) {
      modes.push(this.training);
      return line.forward(x);
    },
  };
  classChart(xor(), { model });
  assert(modes.length > 0 && modes.every((mode) => !mode));
  assertEquals(model.training, true);
});

Deno.test("classChart() is drawn again as it was, even if the model has learned since", () => {
  let shift = 0;
  const chart = classChart(xor(), {
    model: { forward: (x: Tensor) => noGrad(() => line.forward(x).add(shift)) },
  });
  const before = chart.resized(400).toSVG();
  shift = 2;
  assertEquals(chart.resized(400).toSVG(), before);
});

Deno.test("classChart() keeps labels apart and inside, also at the width of a telephone, and stays small", () => {
  for (
    const chart of [
      classChart(moons(), { model: line }),
      classChart(spirals(), { model: stripes }),
      classChart(xor()),
    ]
  ) {
    for (const width of [680, 600, 390, 260]) {
      const svg = chart.resized(width).toSVG();
      assertLabelsApart(assertReadable(svg));
      assert(svg.length < 150_000);
    }
  }
});

Deno.test("classChart() gives the same characters every time", () => {
  assertEquals(classChart(moons(), { model: line }).toSVG(), classChart(moons(), { model: line }).toSVG());
});

Deno.test("classChart() says what to do with what it cannot draw", () => {
  const fails = (data: unknown, says: string, options = {}) =>
    assertThrows(() => classChart(data as Dataset, options), ChartDataError, says);
  fails(undefined, "expects points and their classes");
  fails({ inputs: tensor([[1, 2]]), targets: tensor([1]) }, "targets: Uint8Array [N]");
  fails({ inputs: tensor([[1, 2, 3]]), targets: Uint8Array.of(1) }, "got inputs [1, 3] and targets [1]");
  fails({ inputs: tensor([[1, 2]]), targets: Uint8Array.of(1, 0) }, "got inputs [1, 2] and targets [2]");
  fails({ inputs: tensor([[1, NaN]]), targets: Uint8Array.of(1) }, "NaN or infinite");
  fails(
    { inputs: tensor([[1, 2]]), targets: Uint8Array.of(9) },
    "at most 6 classes apart (0…5), got class 9",
  );
  fails(xor(), "the model says NaN at", { model: { forward: (x: Tensor) => x.mul(NaN) } });
  fails(xor(), "to give scores [N, C], got [1, 1]", { model: { forward: () => tensor([[1]]) } });
});

Deno.test("classChart() says what a subtitle adds", () => {
  assertStringIncludes(classChart(xor(), { subtitle: "Four points." }).alternative, "Four points.");
});
