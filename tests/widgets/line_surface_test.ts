import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { lossSurfaceLine, mseLoss, parameter, SGD } from "backprop";
import { LineSurface } from "../../lib/widgets/models/line_surface.ts";
import { plainPoints } from "../../lib/widgets/options.ts";

const data = lossSurfaceLine();
const surface = new LineSurface(plainPoints(data));
const loss = (w: number, b: number) => mseLoss(data.inputs.mul(w).add(b), data.targets).item();

Deno.test("LineSurface gives the course's loss at (0, 0) and at the minimum", () => {
  assertEquals(surface.at({ w: 0, b: 0 }).loss.toFixed(4), "6.1718");
  assertAlmostEquals(surface.at({ w: 2, b: 0.5 }).loss, 0.0270632, 1e-12);
  assertAlmostEquals(surface.at({ w: 2, b: 0.5 }).length, 0, 1e-12);
});

Deno.test("LineSurface's slope is the derivative of mseLoss()", () => {
  for (const [w, b] of [[0, 0], [3, -1], [-0.7, 2.2]]) {
    const { loss: height, dw, db, length } = surface.at({ w, b });
    const [dwNumerical, dbNumerical] = numericalDerivative(w, b);
    assertEquals(height, loss(w, b));
    assertAlmostEquals(dw, dwNumerical, 1e-6);
    assertAlmostEquals(db, dbNumerical, 1e-6);
    assertAlmostEquals(length, Math.hypot(dw, db), 1e-12);
  }
});

function numericalDerivative(w: number, b: number) {
  const h = 1e-5;
  return [
    (loss(w + h, b) - loss(w - h, b)) / (2 * h),
    (loss(w, b + h) - loss(w, b - h)) / (2 * h),
  ];
}

Deno.test("LineSurface steps as the optimizer SGD does", () => {
  const [w, b] = [parameter(0.3), parameter(-1)];
  const optimizer = new SGD([w, b], { learningRate: 0.1 });
  const path = surface.descend({ w: 0.3, b: -1 }, 0.1, 5);
  for (const line of path) {
    assertAlmostEquals(line.w, w.item(), 1e-14);
    assertAlmostEquals(line.b, b.item(), 1e-14);
    optimizer.zeroGrad();
    mseLoss(data.inputs.mul(w).add(b), data.targets).backward();
    optimizer.step();
  }
});

Deno.test("LineSurface knows its minimum, its curvatures and the largest learning rate", () => {
  const { minimum, curvatures } = surface.shape;
  assertAlmostEquals(minimum.w, 2, 1e-12);
  assertAlmostEquals(minimum.b, 0.5, 1e-12);
  assertAlmostEquals(curvatures[0], 56 / 19, 1e-12);
  assertAlmostEquals(curvatures[1], 2, 1e-12);
  const end = (learningRate: number) =>
    surface.at(surface.descend({ w: 0, b: 0 }, learningRate, 400)[400]).loss;
  assert(end(surface.limit * 0.99) < 0.03);
  assert(end(surface.limit * 1.01) > 10);
});

Deno.test("LineSurface.grid() holds the loss of each line, w along the rows", () => {
  const { heights, columns, rows } = surface.grid([-1, 5], [-2.5, 3.5], 7);
  assertEquals([columns, rows], [7, 7]);
  for (const [i, j] of [[0, 0], [1, 3], [6, 5]]) {
    assertAlmostEquals(heights[j * 7 + i], loss(-1 + i, -2.5 + j), 1e-12);
  }
});

Deno.test("LineSurface fits a line whose x are not centred", () => {
  const tilted = new LineSurface({ x: [1, 2, 4, 5], y: [3, 1, 0, 2] });
  const { minimum } = tilted.shape;
  assertAlmostEquals(tilted.at(minimum).length, 0, 1e-10);
});
