import { assert, assertAlmostEquals, assertEquals, assertLess, assertRejects } from "@std/assert";
import {
  Adam,
  BatchNorm1d,
  Dropout,
  findLearningRate,
  Linear,
  type Loss,
  mseLoss,
  ReLU,
  Rng,
  Sequential,
  SGD,
  Tensor,
  tensor,
} from "backprop";
import { blobs, OneWeight, target } from "./models.ts";

function make() {
  const rng = new Rng(3);
  const dropping = new Rng(4);
  const model = new Sequential(
    new Linear(2, 8, { rng }),
    new BatchNorm1d(8),
    new ReLU(),
    new Dropout(0.2, { rng: dropping }),
    new Linear(8, 2, { rng }),
  );
  const optimizer = new Adam(model.parameters(), { learningRate: 0.01 });
  return { model, optimizer, rng, dropping };
}

/** Everything that the test must leave as it was. */
const everything = ({ model, optimizer, rng, dropping }: ReturnType<typeof make>) =>
  structuredClone({
    numbers: Object.values(model.stateDict()).map(({ data }) => data),
    gradients: model.parameters().map((p) => p.grad?.data),
    requires: model.parameters().map((p) => p.requiresGrad),
    modes: [model.training, ...model.layers.map(({ training }) => training)],
    optimizer: optimizer.stateDict(),
    learningRate: optimizer.learningRate,
    generators: [rng.state, dropping.state],
  });

/** Trained a little, so that there are momenta, gradients and statistics to lose. */
function trained() {
  const run = make();
  for (let step = 0; step < 3; step++) {
    const { inputs } = blobs(8, step);
    run.optimizer.zeroGrad();
    run.model.forward(inputs).square().mean().backward();
    run.optimizer.step();
  }
  return run;
}

Deno.test("findLearningRate() leaves model, gradients, mode, optimizer and generators as they were", async () => {
  for (const mode of ["train", "eval"] as const) {
    const run = trained();
    run.model[mode]();
    const before = everything(run);
    const gradients = run.model.parameters().map((p) => p.grad);
    const { rows } = await findLearningRate(run.model, blobs(40), { ...pick(run), batchSize: 8, steps: 20 });
    assertLess(1, rows.length);
    assertEquals(everything(run), before);
    run.model.parameters().forEach((p, i) => assert(p.grad === gradients[i]));
  }
});

const pick = ({ optimizer, rng }: ReturnType<typeof make>) => ({ optimizer, rng });

Deno.test("findLearningRate() leaves everything as it was when something throws, wherever it does", async () => {
  for (const at of [1, 2, 5]) {
    const run = trained();
    const before = everything(run);
    let calls = 0;
    const loss: Loss<Uint8Array> = (prediction) => {
      if (++calls === at) throw new Error("planted");
      return prediction.square().mean();
    };
    await assertRejects(
      () => findLearningRate(run.model, blobs(40), { ...pick(run), batchSize: 8, loss }),
      Error,
      "planted",
    );
    assertEquals(everything(run), before);
  }
});

Deno.test("findLearningRate() leaves everything as it was after an abort", async () => {
  const run = trained();
  const before = everything(run);
  const controller = new AbortController();
  let time = 0;
  const now = () => {
    if (++time > 10) controller.abort();
    return time;
  };
  const { reason, rows } = await findLearningRate(run.model, blobs(40), {
    ...pick(run),
    batchSize: 8,
    signal: controller.signal,
    now,
  });
  assertEquals(reason, "aborted");
  assert(rows.length >= 1 && rows.length < 20);
  assertEquals(everything(run), before);
});

Deno.test("findLearningRate() raises the learning rate by the same factor at every step, from the first to the last", async () => {
  const run = make();
  const options = { ...pick(run), batchSize: 10, from: 1e-5, to: 1e-3, steps: 5 };
  const { rows, reason } = await findLearningRate(run.model, blobs(20), options);
  assertEquals(reason, "finished");
  [1e-5, 10 ** -4.5, 1e-4, 10 ** -3.5, 1e-3].forEach((rate, k) => {
    assertAlmostEquals(rows[k].learningRate / rate, 1, 1e-12);
  });
});

Deno.test("findLearningRate() measures the loss before each update, and its running mean", async () => {
  const model = new OneWeight();
  model.w.data[0] = 1;
  const optimizer = new SGD([model.w], { learningRate: 0.5 });
  const options = { optimizer, loss: mseLoss, batchSize: 1, from: 0.01, to: 0.04, steps: 3 };
  const { rows } = await findLearningRate(model, target, options);
  const weights = [1, 1 - 2 * 0.01, (1 - 2 * 0.01) * (1 - 2 * 0.02)]; // w ← w − η·2w
  const losses = weights.map((w) => w * w);
  rows.forEach(({ loss }, k) => assertAlmostEquals(loss, losses[k], 1e-12));
  const [a, b, c] = losses;
  assertAlmostEquals(rows[0].smoothedLoss, a, 1e-12);
  assertAlmostEquals(rows[1].smoothedLoss, (0.9 * a + b) / 1.9, 1e-12);
  assertAlmostEquals(rows[2].smoothedLoss, (0.81 * a + 0.9 * b + c) / 2.71, 1e-12);
  assertEquals(model.w.item(), 1);
});

Deno.test("findLearningRate() ends when the loss blows up, and keeps only finite losses", async () => {
  const model = new OneWeight();
  model.w.data[0] = 1;
  const optimizer = new SGD([model.w], { learningRate: 0.1 });
  const data = { inputs: tensor([[1]]), targets: tensor([[0]]) };
  // Steps of η > 1 overshoot: w ← (1 − 2η)w grows.
  const { rows, reason, suggestion } = await findLearningRate(model, data, {
    optimizer,
    loss: mseLoss,
    batchSize: 1,
    from: 1e-4,
    to: 1e4,
    steps: 81, // ten steps for each power of ten
  });
  assertEquals(reason, "diverged");
  assertLess(rows.length, 81);
  assert(rows.every(({ loss, smoothedLoss }) => Number.isFinite(loss + smoothedLoss)));
  assertLess(rows.at(-1)!.learningRate, 20);
  const blown = rows.map(({ smoothedLoss }, i) =>
    smoothedLoss > 4 * Math.min(...rows.slice(0, i + 1).map((row) => row.smoothedLoss))
  );
  assertEquals(blown, rows.map((_, i) => i === rows.length - 1)); // four times the lowest, at the last step only
  const lowest = rows.reduce((best, row) => row.smoothedLoss < best.smoothedLoss ? row : best);
  assertEquals(suggestion, lowest.learningRate / 10);
  assert(suggestion! > 0.01 && suggestion! < 1, `suggests ${suggestion}`); // below 1 it converges
});

Deno.test("a first loss of NaN ends the test with nothing to suggest", async () => {
  const model = new OneWeight();
  model.w.data[0] = NaN;
  const optimizer = new SGD([model.w], { learningRate: 0.1 });
  const search = await findLearningRate(model, target, { optimizer, loss: mseLoss, batchSize: 1 });
  assertEquals(search, { rows: [], suggestion: undefined, reason: "diverged" });
});

Deno.test("findLearningRate() suggests nothing where the loss never fell", async () => {
  const model = new OneWeight(); // is at the optimum: only up from here
  const optimizer = new SGD([model.w], { learningRate: 0.1 });
  const { suggestion, rows } = await findLearningRate(model, target, {
    optimizer,
    loss: mseLoss,
    batchSize: 1,
  });
  assertEquals([suggestion, rows.length], [undefined, 100]);
});

Deno.test("findLearningRate() goes through the data again and again, each time in another order", async () => {
  const model = new OneWeight();
  const seen: number[] = [];
  const watched = {
    forward: (x: Tensor) => {
      seen.push(...x.data);
      return model.forward(x);
    },
    parameters: () => model.parameters(),
  };
  const optimizer = new SGD([model.w], { learningRate: 0.1 });
  const data = { inputs: tensor([[1], [2], [3], [4]]), targets: tensor([[0], [0], [0], [0]]) };
  const rng = new Rng(1);
  await findLearningRate(watched, data, { optimizer, loss: mseLoss, batchSize: 2, rng, steps: 6 });
  const [a, b, c] = [seen.slice(0, 4), seen.slice(4, 8), seen.slice(8, 12)];
  for (const epoch of [a, b, c]) assertEquals(epoch.toSorted(), [1, 2, 3, 4]);
  assert(String(a) !== String(b) || String(b) !== String(c));
});

Deno.test("findLearningRate() gives the same curve twice", async () => {
  const run = make();
  const search = () => findLearningRate(run.model, blobs(30), { ...pick(run), batchSize: 6, steps: 30 });
  assertEquals(await search(), await search());
});

Deno.test("findLearningRate() lets the event loop turn", async () => {
  let turned = false, time = 0;
  setTimeout(() => turned = true, 0);
  const run = make();
  const options = { ...pick(run), batchSize: 6, steps: 30, now: () => time += 60 };
  await findLearningRate(run.model, blobs(30), options);
  assert(turned);
});

Deno.test("findLearningRate() says which option is wrong", async () => {
  const run = make();
  const good = { ...pick(run), batchSize: 6 };
  // deno-lint-ignore no-explicit-any -- what a cell without a type check may hand over
  const wrong: [any, typeof Error, string][] = [
    [{ ...good, from: 0 }, RangeError, "from"],
    [{ ...good, to: NaN }, RangeError, "to"],
    [{ ...good, from: 1, to: 1 }, RangeError, "expected to above from"],
    [{ ...good, steps: 1 }, RangeError, "steps"],
    [{ ...good, batchSize: 0 }, RangeError, "batchSize"],
    [{ ...good, step: 10 }, TypeError, 'unknown option "step"'],
    [{ ...good, optimizer: { learningRate: 1, step() {}, zeroGrad() {} } }, TypeError, "stateDict"],
  ];
  const before = everything(run);
  for (const [options, type, message] of wrong) {
    await assertRejects(() => findLearningRate(run.model, blobs(10), options), type, message);
  }
  assertEquals(everything(run), before);
});
