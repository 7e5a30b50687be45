import { assert, assertAlmostEquals, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { Adam, descentPlayground, parameter, RMSprop, SGD, tensor } from "backprop";
import { Descent, lossAt, type OptimizerName } from "../../lib/widgets/models/descent.ts";
import { heightGrid } from "../../lib/widgets/models/height_grid.ts";
import { surfaceOf, SURFACES } from "../../lib/widgets/models/loss_surfaces.ts";

const after = (
  ...[name, optimizer, rate, start, steps]: [
    Parameters<typeof surfaceOf>[0],
    OptimizerName,
    number,
    { x: number; y: number },
    number,
  ]
) => {
  const run = new Descent(surfaceOf(name), optimizer, rate, start);
  for (let i = 0; i < steps; i++) run.step();
  return run;
};

Deno.test("every surface has its minima where it says, the lowest one first", () => {
  for (const surface of SURFACES) {
    const [lowest, ...others] = surface.minima.map((place) => {
      const [x, y] = [parameter(place.x), parameter(place.y)];
      surface.loss(x, y).backward();
      assertAlmostEquals(x.grad!.item(), 0, 1e-12, surface.name);
      assertAlmostEquals(y.grad!.item(), 0, 1e-12, surface.name);
      return lossAt(surface, place);
    });
    for (const other of others) assert(other >= lowest - 1e-12);
    // Nothing on the map is lower.
    assert(
      Math.min(...Array.from(heightGrid(surface.xRange, surface.yRange, 81, surface.loss).heights)) >=
        lowest - 1e-12,
      surface.name,
    );
  }
});

Deno.test("every surface is the formula that is written beside it", () => {
  const plain: Record<string, (x: number, y: number) => number> = {
    "bowl": (x, y) => x ** 2 + y ** 2,
    "ravine": (x, y) => x ** 2 / 2 + 10 * y ** 2,
    "saddle": (x, y) => x ** 2 - y ** 2 + y ** 4 / 4 + 1,
    "plateau": (x, y) => 1 - Math.exp(-(x ** 2 + y ** 2) / 2),
    "two valleys": (x, y) => x ** 4 / 2 + x ** 3 / 6 - 1.625 * x ** 2 + 0.75 * x + y ** 2 + 3,
  };
  assertEquals(Object.keys(plain), SURFACES.map(({ name }) => name));
  for (const surface of SURFACES) {
    for (const [x, y] of [[0, 0], [1.3, -0.4], [-2, 1.5]]) {
      assertAlmostEquals(lossAt(surface, { x, y }), plain[surface.name](x, y), 1e-12);
    }
  }
});

Deno.test("a run takes the steps of the library's optimizers", () => {
  const surface = surfaceOf("two valleys");
  for (
    const [name, make] of Object.entries(
      {
        SGD: (p) => new SGD(p, { learningRate: 0.03 }),
        momentum: (p) => new SGD(p, { learningRate: 0.03, momentum: 0.9 }),
        RMSprop: (p) => new RMSprop(p, { learningRate: 0.03 }),
        Adam: (p) => new Adam(p, { learningRate: 0.03 }),
      } satisfies Record<OptimizerName, (p: ReturnType<typeof tensor>[]) => unknown>,
    )
  ) {
    const run = after("two valleys", name as OptimizerName, 0.03, surface.start, 10);
    const [x, y] = [parameter(surface.start.x), parameter(surface.start.y)];
    const optimizer = make([x, y]);
    for (const place of run.path) {
      assertAlmostEquals(place.x, x.item(), 1e-14, name);
      assertAlmostEquals(place.y, y.item(), 1e-14, name);
      optimizer.zeroGrad();
      surface.loss(x, y).backward();
      optimizer.step();
    }
  }
});

Deno.test("a run says what became of it", () => {
  const words = {
    arrived: after("bowl", "SGD", 0.1, { x: -2.4, y: 1.8 }, 60),
    diverged: after("bowl", "SGD", 1.2, { x: -2.4, y: 1.8 }, 60),
    jumping: after("ravine", "momentum", 0.09, { x: -3.4, y: 1.6 }, 12),
    saddle: after("saddle", "SGD", 0.1, { x: -2.2, y: 0 }, 200),
    plateau: after("plateau", "SGD", 0.1, { x: -3.4, y: 2.6 }, 20),
    higher: after("two valleys", "SGD", 0.05, { x: 2, y: 1.6 }, 200),
    deeper: after("two valleys", "momentum", 0.05, { x: 2, y: 1.6 }, 400),
  };
  assertMatch(words.arrived.inWords(), /arrived at a minimum after \d+ steps/);
  assertMatch(words.diverged.inWords(), /diverged after \d+ steps: a learning rate of 1\.2/);
  assertMatch(words.jumping.inWords(), /goes up and down/);
  assertMatch(words.saddle.inWords(), /stuck.*It is the saddle itself/);
  assertMatch(words.plateau.inWords(), /stuck.*The ground is level here/);
  assertMatch(words.higher.inWords(), /settled after \d+ steps in the higher valley/);
  assertMatch(words.deeper.inWords(), /arrived at a minimum/);
  assertEquals(words.arrived.ended && words.diverged.ended && words.saddle.ended, true);
  assertEquals(words.plateau.ended, false); // it still creeps
});

Deno.test("the ravine across its short side: 2/λmax is where gradient descent stops converging", () => {
  assert(after("ravine", "SGD", 0.099, { x: -3.4, y: 1.6 }, 2000).loss < 1e-3);
  assertEquals(after("ravine", "SGD", 0.101, { x: -3.4, y: 1.6 }, 3000).verdict, "diverged");
});

Deno.test("the picture of descentPlayground() says how many steps it shows, with what, and has them all", () => {
  const { picture } = descentPlayground({ optimizer: "Adam", learningRate: 0.25 });
  assertMatch(picture, /: 60 steps of Adam, learning rate 0\.25</);
});

Deno.test("descentPlayground() rejects what it does not know", () => {
  assertThrows(
    () => descentPlayground({ surface: "canyon" as "bowl" }),
    RangeError,
    "there are bowl, ravine",
  );
  assertThrows(
    () => descentPlayground({ optimizer: "LBFGS" as "SGD" }),
    RangeError,
    "there are SGD, momentum",
  );
  assertThrows(() => descentPlayground({ learningRate: 5 }), RangeError, "from 0.001 to 2, got 5");
});
