import { assert, assertAlmostEquals, assertEquals, assertLess, assertRejects } from "@std/assert";
import {
  accuracy,
  Adam,
  batches,
  BatchNorm1d,
  clipGradNorm,
  cosineSchedule,
  crossEntropyLoss,
  Dropout,
  type EpochRow,
  evaluate,
  exerciseLine,
  fit,
  type FitOptions,
  gradNorm,
  History,
  l2Penalty,
  Linear,
  maeLoss,
  mseLoss,
  Network,
  parameter,
  ReLU,
  Rng,
  Sequential,
  SGD,
  type StepRow,
  Tanh,
  Tensor,
  tensor,
  zeros,
} from "backprop";
import { blobs, OneWeight, Script, target, untimed } from "./models.ts";

/** A network with everything that has a mode or draws numbers, and what trains it. */
function make(seed = 3) {
  const rng = new Rng(seed);
  const model = new Sequential(
    new Linear(2, 6, { rng }),
    new BatchNorm1d(6),
    new Tanh(),
    new Dropout(0.25, { rng: new Rng(seed + 1) }),
    new Linear(6, 2, { rng }),
  );
  return { model, optimizer: new SGD(model.parameters(), { learningRate: 0.2, momentum: 0.9 }), rng };
}

const numbers = (model: Sequential) => Object.values(model.stateDict()).map(({ data }) => data);

Deno.test("fit() hides nothing: it gives the bits of the loop written by hand", async () => {
  const data = blobs(22); // the last batch is smaller
  const schedule = cosineSchedule({ learningRate: 0.2, steps: 12 });

  const byHand = make();
  for (let epoch = 0, step = 0; epoch < 2; epoch++) {
    for (const { inputs, targets } of batches(data, { batchSize: 4, rng: byHand.rng })) {
      byHand.optimizer.learningRate = schedule(step++);
      byHand.optimizer.zeroGrad();
      crossEntropyLoss(byHand.model.forward(inputs), targets).backward();
      clipGradNorm(byHand.model.parameters(), 0.5);
      byHand.optimizer.step();
    }
  }
  const { model, optimizer, rng } = make();
  const validation = blobs(9, 7); // looking at it must change nothing
  const record = { layers: true, activations: true };
  await fit(model, data, {
    optimizer,
    epochs: 2,
    batchSize: 4,
    rng,
    schedule,
    clipNorm: 0.5,
    validation,
    record,
  });
  assertEquals(numbers(model), numbers(byHand.model));
  assertEquals(rng.random(), byHand.rng.random());
});

Deno.test("fit() gives the same bits in two runs", async () => {
  const run = async () => {
    const { model, optimizer, rng } = make();
    const options = { optimizer, epochs: 3, batchSize: 5, rng, validation: blobs(10, 2) };
    const { epochs, steps } = await fit(model, blobs(20), options);
    return [numbers(model), untimed(epochs), untimed(steps)];
  };
  assertEquals(await run(), await run());
});

Deno.test("fit() on the exercise's line ends at w = 1.98567, b = 0.50074 after 100 steps", async () => {
  const model = new Sequential(new Linear(1, 1, { rng: new Rng(0), init: (i, o) => zeros([i, o]) }));
  const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
  const history = await fit(model, exerciseLine(), { optimizer, loss: mseLoss, epochs: 100, batchSize: 100 });
  assertEquals(model.parameters().map((p) => p.item().toFixed(5)), ["1.98567", "0.50074"]);
  assertEquals(history.steps[0].trainLoss.toFixed(5), "3.31506");
  assertEquals(history.steps.length, 100);
});

Deno.test("a row of a step says when, how wrong, how steep and how far", async () => {
  const model = new OneWeight();
  model.w.data[0] = 4; // loss w² = 16, gradient 2w = 8
  const optimizer = new SGD([model.w], { learningRate: 0.25 }); // moves by 2 of 4
  const { steps } = await fit(model, target, {
    optimizer,
    loss: mseLoss,
    epochs: 1,
    batchSize: 1,
    now: () => 7,
  });
  assertEquals(steps, [
    { epoch: 1, step: 1, trainLoss: 16, learningRate: 0.25, gradientNorm: 8, updateRatio: 0.5, seconds: 0 },
  ]);
});

Deno.test("rows count steps from 1, epochs in fractions, and seconds from the beginning", async () => {
  const { model, optimizer, rng } = make();
  let time = 1000;
  const now = () => time += 500;
  const { steps, epochs } = await fit(model, blobs(10), { optimizer, epochs: 2, batchSize: 4, rng, now });
  assertEquals(steps.map(({ step }) => step), [1, 2, 3, 4, 5, 6]);
  assertEquals(steps.map(({ epoch }) => epoch), [1 / 3, 2 / 3, 1, 4 / 3, 5 / 3, 2]);
  assertEquals(epochs.map(({ epoch, step }) => [epoch, step]), [[1, 3], [2, 6]]);
  const seconds = [...steps, ...epochs].sort((a, b) => a.epoch - b.epoch).map(({ seconds }) => seconds);
  assert(seconds.every((s, i) => s >= 0.5 && (i === 0 || s > seconds[i - 1])), seconds.join());
});

Deno.test("a schedule is asked for steps from 0, and the rows say what it answered", async () => {
  const { model, optimizer, rng } = make();
  const asked: number[] = [];
  const schedule = (step: number) => {
    asked.push(step);
    return 0.1 / (step + 1);
  };
  const { steps, epochs } = await fit(model, blobs(8), { optimizer, epochs: 2, batchSize: 4, rng, schedule });
  assertEquals(asked, [0, 1, 2, 3]);
  assertEquals(steps.map(({ learningRate }) => learningRate), [0.1, 0.1 / 2, 0.1 / 3, 0.1 / 4]);
  assertEquals(epochs.map(({ learningRate }) => learningRate), [0.1 / 2, 0.1 / 4]);
});

Deno.test("an epoch's training loss and metrics are means over examples, also if the last batch is smaller", async () => {
  const model = new OneWeight();
  model.w.data[0] = 1;
  const optimizer = new Script(model.w, [1, 1]);
  const data = { inputs: tensor([[1], [2], [3]]), targets: tensor([[0], [0], [0]]) };
  const metrics = { largest: (prediction: Tensor) => Math.max(...prediction.data) };
  const { epochs, steps } = await fit(model, data, {
    optimizer,
    loss: mseLoss,
    epochs: 1,
    batchSize: 2,
    metrics,
  });
  assertEquals(steps.map(({ trainLoss }) => trainLoss), [2.5, 9]);
  assertAlmostEquals(epochs[0].trainLoss, 14 / 3, 1e-15);
  assertAlmostEquals(epochs[0].trainLargest as number, (2 * 2 + 3) / 3, 1e-15);
  assertAlmostEquals(epochs[0].gradientNorm, (5 + 18) / 2, 1e-15); // mean over steps
});

Deno.test("validation is measured after the epoch, in prediction mode, as evaluate() measures it", async () => {
  const { model, optimizer, rng } = make();
  const validation = blobs(600, 9); // more than is computed at once
  const expected: [number, number][] = [];
  const onEpoch = () => {
    const { loss, accuracy } = evaluate(model, validation);
    expected.push([loss, accuracy]);
  };
  const { epochs } = await fit(model, blobs(20), {
    optimizer,
    epochs: 3,
    batchSize: 5,
    rng,
    validation,
    onEpoch,
  });
  assertEquals(
    epochs.map(({ validationLoss, validationAccuracy }) => [validationLoss, validationAccuracy]),
    expected,
  );
});

Deno.test("classes are measured by accuracy, numbers by nothing, unless asked otherwise", async () => {
  const { model, optimizer } = make();
  const options = { optimizer, epochs: 1, batchSize: 8, validation: blobs(8, 2) };
  const fields = (rows: readonly EpochRow[]) =>
    Object.keys(rows[0]).filter((name) => /^(train|validation)/.test(name));
  assertEquals(fields((await fit(model, blobs(8), options)).epochs).sort(), [
    "trainAccuracy",
    "trainLoss",
    "validationAccuracy",
    "validationLoss",
  ]);
  const right = (prediction: Tensor, target: Uint8Array) => 100 * accuracy(prediction, target);
  const { epochs } = await fit(model, blobs(8), { ...options, metrics: { percentRight: right } });
  assertEquals(epochs[0].validationPercentRight, 100 * evaluate(model, options.validation).accuracy);

  const line = new OneWeight();
  const regression = {
    optimizer: new SGD([line.w], { learningRate: 0.1 }),
    epochs: 1,
    batchSize: 1,
    loss: mseLoss,
  };
  assertEquals(fields((await fit(line, target, { ...regression, validation: target })).epochs), [
    "trainLoss",
    "validationLoss",
  ]);
});

Deno.test("clipNorm shortens the step, and the row keeps the norm before", async () => {
  const model = new OneWeight();
  model.w.data[0] = 4; // gradient 8
  const optimizer = new SGD([model.w], { learningRate: 1 });
  const options = {
    optimizer,
    loss: mseLoss,
    epochs: 1,
    batchSize: 1,
    clipNorm: 0.5,
    record: { layers: true },
  };
  const { steps: [row] } = await fit(model, target, options);
  assertEquals([row.gradientNorm, row.layers![0].gradientNorm], [8, 8]);
  assertAlmostEquals(model.w.item(), 3.5, 1e-6);
  assertAlmostEquals(row.updateRatio!, 0.125, 1e-6);
});

Deno.test("a penalty is trained on and not counted", async () => {
  const model = new OneWeight();
  model.w.data[0] = 4;
  const optimizer = new SGD([model.w], { learningRate: 0.1 });
  const penalty = () => l2Penalty(model.w, 0.5); // gradient 2·0.5·4 = 4, beside 8
  const options = { optimizer, loss: mseLoss, epochs: 1, batchSize: 1, penalty, validation: target };
  const { steps, epochs } = await fit(model, target, options);
  assertEquals([steps[0].trainLoss, steps[0].gradientNorm], [16, 12]);
  assertAlmostEquals(model.w.item(), 4 - 1.2, 1e-15);
  assertAlmostEquals(epochs[0].validationLoss!, 2.8 * 2.8, 1e-14);
});

Deno.test("augment changes what is trained on, batch by batch, and not what is validated on", async () => {
  const model = new OneWeight();
  model.w.data[0] = 1;
  const seen: number[][] = [];
  const augment = (inputs: Tensor) => {
    seen.push([...inputs.data]);
    return inputs.mul(10);
  };
  const optimizer = new Script(model.w, [1, 1]);
  const data = { inputs: tensor([[1], [2], [3]]), targets: zeros([3, 1]) };
  const options = { optimizer, loss: mseLoss, epochs: 1, batchSize: 2, augment, validation: data };
  const { epochs, steps } = await fit(model, data, options);
  assertEquals(seen, [[1, 2], [3]]);
  assertEquals(steps.map(({ trainLoss }) => trainLoss), [250, 900]);
  assertAlmostEquals(epochs[0].validationLoss!, 14 / 3, 1e-15);
});

Deno.test("record.every measures the update at the first step and every so many, the gradients always", async () => {
  const { model, optimizer, rng } = make();
  const options = { optimizer, epochs: 1, batchSize: 2, rng, record: { every: 3 } };
  const { steps, epochs } = await fit(model, blobs(14), options);
  const measured = steps.filter((row) => row.updateRatio !== undefined);
  assertEquals(measured.map(({ step }) => step), [1, 4, 7]);
  assert(steps.every(({ gradientNorm }) => gradientNorm > 0));
  const mean = measured.reduce((sum, row) => sum + row.updateRatio!, 0) / 3;
  assertAlmostEquals(epochs[0].updateRatio!, mean, 1e-15);
  const seldom = await fit(model, blobs(14), { ...options, epochs: 2, record: { every: 100 } });
  assertEquals(seldom.epochs.map((row) => "updateRatio" in row), [true, false]); // nothing was measured in the second
});

Deno.test("record.layers says for each parameter how steep it is, how large and how far it moved", async () => {
  const { model, optimizer } = make();
  const before = new Map(model.namedParameters().map(([name, p]) => [name, p.data.slice()]));
  const gradients: number[] = [];
  const watched = {
    learningRate: 0.2,
    zeroGrad: () => optimizer.zeroGrad(),
    step: () => {
      gradients.push(...model.parameters().map((p) => gradNorm([p])));
      optimizer.step();
    },
  };
  const data = blobs(6);
  const { steps: [row] } = await fit(model, data, {
    optimizer: watched,
    epochs: 1,
    batchSize: 6,
    record: { layers: true },
  });
  const length = (x: Float64Array) => Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));
  let moved = 0, size = 0;
  model.namedParameters().forEach(([name, { data }], i) => {
    const { gradientNorm, weightNorm, updateRatio, ...rest } = row.layers![i];
    assertEquals(rest, { name });
    assertAlmostEquals(gradientNorm, gradients[i], 1e-12);
    assertAlmostEquals(weightNorm, length(data as Float64Array), 1e-12);
    const old = before.get(name) as Float64Array;
    const change = length(old.map((value, j) => data[j] - value));
    if (length(old) === 0) assertEquals(updateRatio, undefined); // biases begin at 0: there is no ratio
    else assertAlmostEquals(updateRatio!, change / length(old), 1e-12);
    moved += change * change;
    size += length(old) * length(old);
  });
  assertAlmostEquals(row.updateRatio!, Math.sqrt(moved / size), 1e-12);
  const without = await fit(model, data, { optimizer: watched, epochs: 1, batchSize: 6 });
  assertEquals(without.steps[0].layers, undefined);
});

Deno.test("record.activations describes what comes out of each layer, dead units included", async () => {
  const first = new Linear(1, 3, { rng: new Rng(0), init: () => tensor([[1, -1, 1]]) });
  first.bias!.data.set([0, 0, -100]); // the third ReLU is dead for every input here
  const model = new Sequential(first, new ReLU());
  const data = { inputs: tensor([[1], [-3]]), targets: zeros([2, 3]) };
  const optimizer = new SGD(model.parameters(), { learningRate: 0 });
  const options = { optimizer, loss: mseLoss, epochs: 1, batchSize: 2, record: { activations: true } };
  const { epochs: [{ activations }] } = await fit(model, data, options);
  assertEquals(activations!.map(({ layer }) => layer), ["1 Linear(1 → 3)", "2 ReLU()"]);
  const { mean, standardDeviation, zeros: zeroShare, dead, largest } = activations![1]; // [1, 0, 0], [0, 3, 0]
  assertAlmostEquals(mean, 4 / 6, 1e-15);
  assertAlmostEquals(standardDeviation, Math.sqrt(10 / 6 - 16 / 36), 1e-15);
  assertAlmostEquals(zeroShare, 4 / 6, 1e-15);
  assertAlmostEquals(dead, 1 / 3, 1e-15);
  assertEquals(largest, 3);
});

Deno.test("callbacks are waited for, in order, and told how much there is to do", async () => {
  const { model, optimizer, rng } = make();
  const log: string[] = [];
  const onStep = async (row: StepRow, run: { totalSteps: number }) => {
    log.push(`step ${row.step} of ${run.totalSteps} begins`);
    await new Promise((resolve) => setTimeout(resolve, 0));
    log.push(`step ${row.step} ends`);
  };
  const onEpoch = (row: EpochRow, { totalEpochs, history, model: same, optimizer: itsOptimizer }: {
    totalEpochs: number;
    history: History;
    model: unknown;
    optimizer: unknown;
  }) => {
    assert(same === model && itsOptimizer === optimizer);
    assert(history.epochs.at(-1) === row);
    log.push(`epoch ${row.epoch} of ${totalEpochs}`);
  };
  await fit(model, blobs(4), { optimizer, epochs: 2, batchSize: 4, rng, onStep, onEpoch });
  assertEquals(log, [
    "step 1 of 2 begins",
    "step 1 ends",
    "epoch 1 of 2",
    "step 2 of 2 begins",
    "step 2 ends",
    "epoch 2 of 2",
  ]);
});

Deno.test("fit() with dropLast takes full batches only", async () => {
  const { model, optimizer, rng } = make();
  const { steps } = await fit(model, blobs(11), { optimizer, epochs: 1, batchSize: 4, rng, dropLast: true });
  assertEquals(steps.map(({ epoch }) => epoch), [1 / 2, 1]);
});

Deno.test("fit() leaves the model ready to predict: dropout off, running statistics used", async () => {
  const { model, optimizer } = make();
  await fit(model, blobs(8), { optimizer, epochs: 1, batchSize: 8 });
  assertEquals(model.training, false);
  const x = tensor([[1, 2]]);
  assertEquals(model.forward(x).toArray(), model.forward(x).toArray());
});

Deno.test("fit() switches a model to training that was in prediction mode", async () => {
  const { model, optimizer } = make();
  const { model: other, optimizer: itsOptimizer } = make();
  await fit(model.eval(), blobs(8), { optimizer, epochs: 1, batchSize: 4 });
  await fit(other, blobs(8), { optimizer: itsOptimizer, epochs: 1, batchSize: 4 });
  assertEquals(numbers(model), numbers(other));
});

Deno.test("fit() takes images and labels, and a model that is only two functions", async () => {
  const W = parameter(zeros([2, 2]));
  const model = { forward: (x: Tensor) => x.matmul(W), parameters: () => [W] };
  const { inputs, targets } = blobs(40);
  const optimizer = new Adam([W], { learningRate: 0.1 });
  const images = { images: inputs, labels: targets };
  const { epochs } = await fit(model, images, { optimizer, epochs: 5, batchSize: 8, validation: images });
  assertLess(0.85, epochs[4].validationAccuracy!);
});

Deno.test("fit() of an epoch count that the history already has does nothing", async () => {
  const { model, optimizer, rng } = make();
  const history = await fit(model, blobs(8), { optimizer, epochs: 2, batchSize: 4, rng });
  const before = numbers(model);
  const same = await fit(model, blobs(8), { optimizer, epochs: 2, batchSize: 4, rng, history });
  assert(same === history);
  assertEquals([same.epochs.length, same.steps.length, same.stopped?.reason], [2, 4, "finished"]);
  assertEquals(numbers(model), before);
});

Deno.test("a history that is given again is continued: 2 epochs and 3 more are the bits of 5", async () => {
  const one = make(), two = make();
  const schedule = cosineSchedule({ learningRate: 0.2, steps: 15 });
  const options = { batchSize: 4, schedule, validation: blobs(6, 5), now: () => 0 };
  const whole = await fit(one.model, blobs(10), {
    ...options,
    optimizer: one.optimizer,
    rng: one.rng,
    epochs: 5,
  });
  const history = await fit(two.model, blobs(10), {
    ...options,
    optimizer: two.optimizer,
    rng: two.rng,
    epochs: 2,
  });
  await fit(two.model, blobs(10), { ...options, optimizer: two.optimizer, rng: two.rng, epochs: 5, history });
  assertEquals(numbers(two.model), numbers(one.model));
  assertEquals(history.steps, whole.steps);
  assertEquals(history.epochs, whole.epochs);
});

Deno.test("a continued history counts on: steps to do, seconds, and no reason to have stopped while it runs", async () => {
  const { model, optimizer, rng } = make();
  let time = 5000;
  const seen: unknown[] = [];
  const onStep = (row: StepRow, { totalSteps, history }: { totalSteps: number; history: History }) => {
    seen.push([row.step, totalSteps, row.seconds, history.stopped]);
    time += 250;
  };
  const options = { optimizer, rng, batchSize: 4, onStep, now: () => time };
  const history = await fit(model, blobs(8), { ...options, epochs: 1 });
  time += 10_000; // a walk between the two runs does not count
  await fit(model, blobs(8), { ...options, epochs: 3, history });
  assertEquals(seen, [
    [1, 2, 0, undefined],
    [2, 2, 0.25, undefined],
    [3, 6, 0.25, undefined],
    [4, 6, 0.5, undefined],
    [5, 6, 0.75, undefined],
    [6, 6, 1, undefined],
  ]);
});

Deno.test("fit() says which option is wrong before it changes anything", async () => {
  const { model, optimizer } = make();
  const data = blobs(8);
  const good = { optimizer, epochs: 1, batchSize: 4, quiet: true };
  const before = numbers(model);
  // deno-lint-ignore no-explicit-any -- what a cell without a type check may hand over
  type Wrong = [any, typeof Error, string];
  const wrong: Wrong[] = [
    [{ ...good, epochs: 0 }, RangeError, "epochs must be an integer ≥ 1, got 0"],
    [{ ...good, epochs: 1.5 }, RangeError, "epochs"],
    [{ ...good, epochs: undefined }, TypeError, "epochs"],
    [{ ...good, batchSize: 0 }, RangeError, "batchSize"],
    [{ ...good, batchSize: 9, dropLast: true }, RangeError, "8 examples give no batch"],
    [{ ...good, clipNorm: 0 }, RangeError, "clipNorm"],
    [{ ...good, clipNorm: NaN }, RangeError, "clipNorm"],
    [{ ...good, learningRate: 0.1 }, TypeError, 'unknown option "learningRate"'],
    [{ ...good, record: { layer: true } }, TypeError, 'unknown option "layer"'],
    [{ ...good, record: { every: 0 } }, RangeError, "every"],
    [{ ...good, metrics: { loss: () => 0 } }, TypeError, 'cannot be called "loss"'],
    [{ ...good, history: [] }, TypeError, "expected history to be a History"],
    [{ ...good, optimizer: undefined }, TypeError, "expected an optimizer"],
    [
      { ...good, optimizer: new SGD([parameter([1])], { learningRate: 0.1 }) },
      TypeError,
      "none of this model's",
    ],
    [{ ...good, earlyStopping: { patience: 2 } }, TypeError, "no validation data"],
    [{ ...good, earlyStopping: { patience: 0 }, validation: data }, RangeError, "patience"],
    [{ ...good, validation: { ...data, targets: new Uint8Array(3) } }, Error, "targets [3]"],
    [
      { ...good, validation: { inputs: zeros([0, 2]), targets: new Uint8Array(0) } },
      RangeError,
      "validation data",
    ],
    [undefined, TypeError, "expected an object of options"],
  ];
  for (const [options, type, message] of wrong) {
    await assertRejects(() => fit(model, data, options), type, message, JSON.stringify(options));
  }
  await assertRejects(() => fit(new Network([2, 2]) as never, data, good), TypeError, "can only predict");
  await assertRejects(
    () => fit({ forward: (x) => x, parameters: () => [] }, data, good),
    TypeError,
    "no parameters",
  );
  await assertRejects(
    () => fit(model, { inputs: zeros([0, 2]), targets: new Uint8Array(0) }, good),
    RangeError,
    "no examples",
  );
  await assertRejects(
    () => fit(model, { inputs: [[1]], targets: [1] } as never, good),
    TypeError,
    "inputs Array",
  );
  assertEquals(numbers(model), before);
});

Deno.test("the type of the targets decides which losses fit() takes", async () => {
  const { model, optimizer } = make();
  const wrong: FitOptions<Uint8Array> = {
    optimizer,
    epochs: 1,
    batchSize: 8,
    // @ts-expect-error: a loss of numbers, and data of classes
    loss: maeLoss,
  };
  await assertRejects(() => fit(model, blobs(8), wrong), TypeError, "Tensor");
});
