import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { ChartDataError, fit, mlp, moons, Rng, runChart, SGD } from "backprop";

const steps = Array.from({ length: 30 }, (_, i) => ({
  step: i + 1,
  trainLoss: 1 / (i + 1),
  gradientNorm: 2 / (i + 1),
  updateRatio: 0.01 / (i + 1),
  learningRate: 0.1,
}));

/** The chart, and how many dials it says it has. */
const dialsOf = (alternative: string) => Number(/(\d+) charts? side by side/.exec(alternative)?.[1]);

Deno.test("runChart() has a dial for each of the four numbers, with its finding", () => {
  const { title, alternative } = runChart(steps);
  assertEquals(title, "A run of 30 steps");
  assertEquals(dialsOf(alternative), 4);
  for (const name of ["training loss", "gradient norm", "update / weights", "learning rate"]) {
    assertStringIncludes(alternative, `of ${name}`);
  }
  assertStringIncludes(alternative, "Training loss from 1 to 0.0333.");
  assertStringIncludes(alternative, "Learning rate stays at 0.1.");
});

Deno.test("runChart() leaves out what was not recorded", () => {
  assertEquals(dialsOf(runChart(steps.map(({ step, trainLoss }) => ({ step, trainLoss }))).alternative), 1);
  const idle = steps.map((row) => ({ ...row, gradientNorm: 0 })); // nothing to see on a logarithmic axis
  assertEquals(dialsOf(runChart(idle).alternative), 3);
});

Deno.test("runChart() draws a run that ended in NaN, and says what is missing", () => {
  const ended = [...steps, { ...steps[0], step: 31, trainLoss: NaN }];
  assertStringIncludes(runChart(ended).alternative, "left out");
});

Deno.test("runChart() takes the steps of fit()", async () => {
  const model = mlp([2, 4, 2], { rng: new Rng(1) });
  const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
  const history = await fit(model, moons({ count: 20 }), { optimizer, epochs: 3, batchSize: 10 });
  const chart = runChart(history.steps, { title: "Patient A" });
  assertEquals([chart.title, dialsOf(chart.alternative)], ["Patient A", 4]);
  assert(chart.toSVG().length < 100_000);
});

Deno.test("runChart() refuses a run without a number", () => {
  for (const rows of [[], [{ step: 1, trainLoss: NaN }]]) {
    assertThrows(() => runChart(rows), ChartDataError, "history.steps");
  }
});
