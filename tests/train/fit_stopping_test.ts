import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import {
  BatchNorm1d,
  evaluate,
  fit,
  type FitOptions,
  History,
  Linear,
  mseLoss,
  Rng,
  Sequential,
  SGD,
  tensor,
} from "backprop";
import type { Tensor } from "backprop";
import { blobs, OneWeight, Script, target } from "./models.ts";

/** A run of one step an epoch whose validation loss is the square of the weight that the script sets. */
function scripted(values: readonly number[], more: Partial<FitOptions<Tensor>> = {}) {
  const model = new OneWeight();
  const history = new History();
  const run = () =>
    fit(model, target, {
      optimizer: new Script(model.w, values),
      loss: mseLoss,
      epochs: values.length,
      batchSize: 1,
      validation: target,
      quiet: true,
      history,
      ...more,
    });
  return { model, history, run };
}

const patient = { earlyStopping: { patience: Infinity } };
const losses = (history: History) => history.epochs.map(({ validationLoss }) => validationLoss);

Deno.test("fit() stops early after `patience` epochs without a lower validation loss, with the best weights", async () => {
  const { model, history, run } = scripted([5, 2, 3, 4, 1], { earlyStopping: { patience: 2 } });
  await run();
  assertEquals(losses(history), [25, 4, 9, 16]);
  assertEquals(model.w.item(), 2);
  const { reason, epoch, step, message } = history.stopped!;
  assertEquals([reason, epoch, step], ["early", 4, 4]);
  assertEquals(
    message,
    "Stopped early at step 4, in epoch 4 of 5: no improvement since epoch 2. " +
      "The weights are those after epoch 2, the best so far.",
  );
  assertEquals([history.best?.epoch, history.best?.value], [2, 4]);
});

Deno.test("the best weights are put back when all epochs are done", async () => {
  const { model, history, run } = scripted([5, 2, 3], patient);
  await run();
  assertEquals([model.w.item(), history.stopped?.reason], [2, "finished"]);
  assertStringIncludes(history.stopped!.message, "weights are those after epoch 2");
});

Deno.test("the best weights are put back after an abort", async () => {
  const controller = new AbortController();
  const onStep = ({ step }: { step: number }) => step === 4 && controller.abort();
  const { model, history, run } = scripted([5, 2, 3, 7, 8, 9], {
    ...patient,
    onStep,
    signal: controller.signal,
  });
  await run();
  assertEquals([model.w.item(), history.stopped?.reason, history.steps.length], [2, "aborted", 4]);
});

Deno.test("the best weights are put back when the goal is reached", async () => {
  const until = ({ epoch }: { epoch: number }) => epoch === 3;
  const { model, history, run } = scripted([5, 2, 3, 7], { ...patient, until });
  await run();
  assertEquals([model.w.item(), history.stopped?.reason, history.epochs.length], [2, "reached", 3]);
});

Deno.test("the best weights are put back after an exception, which comes through, with the history kept", async () => {
  const places: Partial<FitOptions<Tensor>>[] = [
    { onStep: ({ step }) => step === 4 && Promise.reject(new Error("planted")) },
    {
      onEpoch: ({ epoch }) => {
        if (epoch === 3) throw new Error("planted");
      },
    },
    {
      until: ({ epoch }) => {
        if (epoch === 3) throw new Error("planted");
        return false;
      },
    },
    {
      schedule: (step) => {
        if (step === 3) throw new Error("planted");
        return 1;
      },
    },
  ];
  for (const place of places) {
    const { model, history, run } = scripted([5, 2, 3, 7, 8], { ...patient, ...place });
    await assertRejects(run, Error, "planted");
    assertEquals(model.w.item(), 2);
    assertEquals(model.training, false);
    assertEquals(losses(history), [25, 4, 9]);
    assertEquals(history.stopped?.reason, "error");
    assertStringIncludes(history.stopped!.message, "planted");
  }
});

Deno.test("the best weights are put back after NaN, whether a step or validation meets it", async () => {
  const { model, history, run } = scripted([5, 2, NaN, 4], patient);
  await run();
  assertEquals([model.w.item(), history.stopped?.reason], [2, "not-finite"]);
  assertEquals(losses(history), [25, 4]);

  const nanLater = scripted([5, 2, NaN, 4], { ...patient, batchSize: 1, validation: target });
  const two = { inputs: tensor([[1], [1]]), targets: tensor([[0], [0]]) }; // two steps an epoch: 5 2 | NaN
  await fit(nanLater.model, two, {
    optimizer: new Script(nanLater.model.w, [5, 2, NaN, 4]),
    loss: mseLoss,
    epochs: 2,
    batchSize: 1,
    validation: target,
    quiet: true,
    history: nanLater.history,
    ...patient,
  });
  assertEquals([nanLater.model.w.item(), nanLater.history.stopped?.step], [2, 4]);
});

Deno.test("without early stopping the last weights stay", async () => {
  const { model, history, run } = scripted([5, 2, 3]);
  await run();
  assertEquals([model.w.item(), history.best], [3, undefined]);
});

Deno.test("before the first measurement there are no best weights, and the last ones stay", async () => {
  const controller = new AbortController();
  const two = { inputs: tensor([[1], [1]]), targets: tensor([[0], [0]]) };
  const { model, history } = scripted([]);
  await fit(model, two, {
    optimizer: new Script(model.w, [5, 6]),
    loss: mseLoss,
    epochs: 1,
    batchSize: 1,
    validation: target,
    onStep: () => controller.abort(),
    signal: controller.signal,
    history,
    quiet: true,
    ...patient,
  });
  assertEquals([model.w.item(), history.epochs.length, history.steps.length], [5, 0, 1]);
});

Deno.test("the best weights include running statistics", async () => {
  const rng = new Rng(0);
  const model = new Sequential(new Linear(2, 3, { rng }), new BatchNorm1d(3), new Linear(3, 2, { rng }));
  const validation = blobs(20, 5);
  const best: { loss: number }[] = [];
  const history = await fit(model, blobs(20), {
    optimizer: new SGD(model.parameters(), { learningRate: 3 }), // restless
    epochs: 6,
    batchSize: 5,
    rng,
    validation,
    onEpoch: () => best.push(evaluate(model, validation)),
    quiet: true,
    ...patient,
  });
  const lowest = Math.min(...best.map(({ loss }) => loss));
  assert(best.at(-1)!.loss > lowest, "the last epoch must not be the best, or this test shows nothing");
  assertEquals(evaluate(model, validation).loss, lowest);
  assertEquals(history.best?.value, lowest);
});

Deno.test("early stopping can watch another field, and large values", async () => {
  const metrics = { weight: (prediction: Tensor) => prediction.item() };
  const earlyStopping = { patience: 2, monitor: "validationWeight", mode: "max" as const };
  const { model, history, run } = scripted([1, 7, 6, 5, 9], { metrics, earlyStopping });
  await run();
  assertEquals([model.w.item(), history.best?.value, history.epochs.length], [7, 7, 4]);
});

Deno.test("early stopping on a field that no row has says which there are", async () => {
  const { run } = scripted([1, 2], { earlyStopping: { patience: 1, monitor: "validationacuracy" } });
  await assertRejects(
    run,
    TypeError,
    '"validationacuracy", which no row has; there are epoch, step, trainLoss',
  );
});

Deno.test("early stopping on the training loss needs no validation data", async () => {
  const { model, history, run } = scripted([5, 2, 3, 4, 5], {
    validation: undefined,
    earlyStopping: { patience: 2, monitor: "trainLoss" },
  });
  await run(); // training losses: 0 (the weight was 0), 25, 4 …: the first is the lowest
  assertEquals([history.epochs.length, model.w.item()], [3, 5]);
});

Deno.test("a continued history keeps the count of early stopping and its best weights", async () => {
  const values = [5, 2, 3, 4, 1];
  const { model, history, run } = scripted(values, { earlyStopping: { patience: 3 }, epochs: 3 });
  await run();
  assertEquals([history.stopped?.reason, model.w.item()], ["finished", 2]);
  const optimizer = new Script(model.w, [4, 1]);
  const options = {
    optimizer,
    loss: mseLoss,
    epochs: 5,
    batchSize: 1,
    validation: target,
    history,
    quiet: true,
  };
  await fit(model, target, { ...options, earlyStopping: { patience: 1 } });
  assertEquals([history.stopped?.reason, history.epochs.length], ["early", 3]); // one without: nothing left to try
  await fit(model, target, { ...options, earlyStopping: { patience: 2 } });
  assertEquals([history.stopped?.reason, history.epochs.length], ["early", 4]);
  assertEquals(model.w.item(), 2);
});

Deno.test("a history without best weights gives early stopping no count to continue", async () => {
  const { model, history, run } = scripted([1, 5, 6], { epochs: 3 });
  await run();
  await fit(model, target, {
    optimizer: new Script(model.w, [4, 3]),
    loss: mseLoss,
    epochs: 5,
    batchSize: 1,
    validation: target,
    history,
    quiet: true,
    earlyStopping: { patience: 1 },
  });
  assertEquals([history.stopped?.reason, history.best?.epoch, model.w.item()], ["finished", 5, 3]);
});

Deno.test("until() ends training after the epoch for which it is true", async () => {
  const { history, run } = scripted([5, 2, 3, 1], { until: ({ validationLoss }) => validationLoss! < 5 });
  await run();
  assertEquals([history.epochs.length, history.stopped?.reason], [2, "reached"]);
  assertEquals(history.stopped?.message, "Stopped at step 2, in epoch 2 of 4: the goal is reached.");
});

Deno.test("an abort in the middle of an epoch ends it after the step, and the history has what was done", async () => {
  const rng = new Rng(0);
  const model = new Sequential(new Linear(2, 2, { rng }));
  const controller = new AbortController();
  const options = {
    optimizer: new SGD(model.parameters(), { learningRate: 0.1 }),
    epochs: 5,
    batchSize: 4,
    rng,
    signal: controller.signal,
    quiet: true,
  };
  const history = await fit(model, blobs(20), {
    ...options,
    onStep: ({ step }) => step === 8 && controller.abort(),
  });
  assertEquals([history.steps.length, history.epochs.length], [8, 1]);
  const { reason, epoch, step, message } = history.stopped!;
  assertEquals([reason, epoch, step], ["aborted", 2, 8]);
  assertEquals(
    message,
    "Stopped by request at step 8, in epoch 2 of 5. The history holds what was done; give it to fit again to go on.",
  );
  const weights = model.stateDict();
  await fit(model, blobs(20), { ...options, signal: undefined, epochs: 2, history });
  assertEquals([history.steps.length, history.epochs.length, history.stopped?.reason], [13, 2, "finished"]);
  assertEquals(history.steps.at(-1)?.epoch, 13 / 5);
  assert(model.parameters()[0].data[0] !== weights["0.weight"].data[0]);
});

Deno.test("an abort before the first step does nothing, and says so", async () => {
  const { model, history, run } = scripted([5, 2], { signal: AbortSignal.abort() });
  await run();
  assertEquals([model.w.item(), history.steps.length, history.stopped?.reason], [0, 0, "aborted"]);
  assertStringIncludes(history.stopped!.message, "Stopped by request before the first step.");
  assertEquals(model.training, false);
});

Deno.test("an abort during validation keeps the epoch, without what was not measured", async () => {
  const controller = new AbortController();
  const validation = blobs(1000, 2); // measured in parts
  const model = new Sequential(new Linear(2, 2, { rng: new Rng(0) }));
  let parts = 0;
  const watched = {
    forward: (x: Tensor) => {
      if (x.shape[0] === 256 && ++parts === 2) controller.abort();
      return model.forward(x);
    },
    parameters: () => model.parameters(),
  };
  const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
  const earlyStopping = { patience: 1 };
  const options = {
    optimizer,
    epochs: 3,
    batchSize: 5,
    validation,
    signal: controller.signal,
    quiet: true,
    earlyStopping,
  };
  const { epochs, stopped } = await fit(watched, blobs(10), options);
  assertEquals([epochs.length, epochs[0].validationLoss, parts], [1, undefined, 2]);
  assertEquals(stopped?.reason, "aborted");
});

Deno.test("fit() lets timers through every 50 ms of work, and not at every step", async () => {
  const count = async (millisecondsPerLook: number) => {
    let time = 0, turns = 0, training = true;
    const turn = () => {
      turns++;
      if (training) setTimeout(turn, 0);
    };
    setTimeout(turn, 0);
    const { run } = scripted(new Array(100).fill(1), {
      now: () => time += millisecondsPerLook,
      validation: undefined,
    });
    await run();
    training = false;
    return turns;
  };
  assertEquals(await count(0), 0); // no time passes: no pause
  const often = await count(60), seldom = await count(1);
  assert(often >= 100, `${often} turns for 100 steps of more than 50 ms`);
  assert(seldom >= 1 && seldom <= 20, `${seldom} turns for 100 steps of a few ms`);
});

Deno.test("a timer can abort fit(), as the Stop button does", async () => {
  const controller = new AbortController();
  let time = 0;
  setTimeout(() => controller.abort(), 0);
  const { history, run } = scripted(new Array(10_000).fill(1), {
    now: () => time += 60,
    signal: controller.signal,
  });
  await run();
  assertEquals(history.stopped?.reason, "aborted");
  assert(history.steps.length < 100);
});

Deno.test("fit() prints a line when it ends before its time, and none when it is done or quiet", async () => {
  const said: unknown[] = [];
  const print = console.log;
  console.log = (...values) => said.push(...values);
  try {
    await scripted([1, 2], { quiet: false }).run();
    await scripted([1, 2], { signal: AbortSignal.abort() }).run();
    await scripted([1, 2], { quiet: false, signal: AbortSignal.abort() }).run();
    await scripted([1, 2], { quiet: false, earlyStopping: { patience: 1 } }).run();
    await scripted([1, NaN], { quiet: false }).run();
    await scripted([1, 2], { quiet: false, until: () => true }).run();
  } finally {
    console.log = print;
  }
  assertEquals(said.map((line) => String(line).split(/[:.]/)[0]), [
    "Stopped by request before the first step",
    "Stopped early at step 2, in epoch 2 of 2",
    "Stopped at step 2, in epoch 2 of 2",
    "Stopped at step 1, in epoch 1 of 2",
  ]);
});
