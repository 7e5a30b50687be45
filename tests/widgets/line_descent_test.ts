import { assert, assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import { landscape3d, mseLoss, parameter, SGD, tensor } from "backprop";
import { LineDescent } from "../../lib/widgets/models/line_descent.ts";
import { LineSurface } from "../../lib/widgets/models/line_surface.ts";
import type { Landscape3dData } from "../../lib/widgets/landscape_3d.ts";
import { dataOf } from "./pages.ts";

const { points, start } = dataOf<Landscape3dData>(landscape3d());
const surface = new LineSurface(points);
const after = (rate: number, steps: number) => {
  const run = new LineDescent(surface, start, rate);
  for (let i = 0; i < steps; i++) run.step();
  return run;
};

Deno.test("the landscape's bowl is steep enough that a learning rate of 0.4 diverges", () => {
  assert(surface.shape.curvatures[0] > 5);
  assertAlmostEquals(surface.limit, 0.3015873, 1e-6);
  assertAlmostEquals(surface.shape.minimum.w, 2, 1e-12);
  assertAlmostEquals(surface.shape.minimum.b, 0.5, 1e-12);
});

Deno.test("a learning rate of 0.02 is slow, 0.1 arrives, 0.4 diverges", () => {
  assertEquals([after(0.02, 20), after(0.1, 40), after(0.4, 40)].map(({ progress }) => progress), [
    "slow",
    "arrived",
    "diverged",
  ]);
  assertMatch(after(0.02, 20).inWords(), /each step is short/);
  assertMatch(after(0.3, 40).inWords(), /slowly: .* 0\.3, each step jumps to the other side/);
  assertMatch(after(0.1, 40).inWords(), /^Arrived: \d+ steps .* 0\.027[12]/);
  assertMatch(after(0.4, 40).inWords(), /above 2\/λmax = 0\.302/);
  assertMatch(after(0.4, 2).inWords(), /jumped over the valley/);
});

Deno.test("just below the limit a run comes back to the valley, just above it never does", () => {
  assert(after(0.3, 400).losses[400] < 0.1);
  assertEquals(after(0.3033, 3000).progress, "diverged");
});

Deno.test("a run that has ended stays where it is", () => {
  const run = after(0.1, 100);
  const { length } = run.path;
  run.step();
  assertEquals(run.path.length, length);
});

Deno.test("a run takes the steps of SGD on mseLoss()", () => {
  const run = after(0.1, 6);
  const [w, b] = [parameter(start.w), parameter(start.b)];
  const [x, y] = [tensor(points.x), tensor(points.y)];
  const optimizer = new SGD([w, b], { learningRate: 0.1 });
  for (const [i, line] of run.path.entries()) {
    optimizer.zeroGrad();
    const loss = mseLoss(x.mul(w).add(b), y);
    assertAlmostEquals(line.w, w.item(), 1e-14);
    assertAlmostEquals(line.b, b.item(), 1e-14);
    assertEquals(run.losses[i], loss.item());
    loss.backward();
    optimizer.step();
  }
});
