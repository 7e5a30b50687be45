import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import {
  BatchNorm1d,
  type Examples,
  findLearningRate,
  fit,
  History,
  l2Penalty,
  Linear,
  mseLoss,
  recordTraining,
  Rng,
  Sequential,
  SGD,
  ShapeError,
  Tensor,
  tensor,
} from "backprop";
import { blobs } from "./models.ts";

/** Both that train, told the same. */
const BOTH: Record<string, (model: unknown, data: unknown, options: object) => Promise<unknown>> = {
  fit: (model, data, options) =>
    fit(model as Linear, data as Examples<Uint8Array>, { epochs: 1, ...options } as never),
  findLearningRate: (model, data, options) =>
    findLearningRate(model as Linear, data as Examples<Uint8Array>, { steps: 4, ...options } as never),
};

const make = () => {
  const model = new Sequential(new Linear(2, 2, { rng: new Rng(1) }));
  return { model, optimizer: new SGD(model.parameters(), { learningRate: 0.1 }) };
};

for (const [name, train] of Object.entries(BOTH)) {
  const refuses = async (
    say: string,
    change: (run: { model: unknown; data: unknown; options: Record<string, unknown> }) => void,
    type: new (message: string) => Error = TypeError,
  ) => {
    const { model, optimizer } = make();
    const run: { model: unknown; data: unknown; options: Record<string, unknown> } = {
      model,
      data: blobs(9),
      options: { optimizer, batchSize: 4 },
    };
    change(run);
    const error = await assertRejects(() => train(run.model, run.data, run.options), type);
    assertStringIncludes(error.message, name);
    assertStringIncludes(error.message, say);
  };

  Deno.test(`${name}() refuses an optimizer that was made for another model`, () =>
    refuses("trains none of this model's parameters", (run) => run.options.optimizer = make().optimizer));

  Deno.test(`${name}() refuses what is no model, no optimizer, no data or no batch`, async () => {
    await refuses("expected a model", (run) => run.model = {});
    await refuses("expected a model", (run) => run.model = undefined);
    await refuses("no parameters", (run) => run.model = { forward: (x: Tensor) => x, parameters: () => [] });
    await refuses("expected an optimizer", (run) => run.options.optimizer = undefined);
    await refuses("expected a dataset", (run) => run.data = [1, 2]);
    await refuses("no examples", (run) => {
      run.data = { inputs: tensor([]).reshape([0, 2]), targets: new Uint8Array(0) };
    }, RangeError);
    for (const batchSize of [0, -1, 2.5, NaN]) {
      await refuses(
        "batchSize must be an integer ≥ 1",
        (run) => run.options.batchSize = batchSize,
        RangeError,
      );
    }
    await refuses("batchSize must be an integer ≥ 1", (run) => run.options.batchSize = "4");
    await refuses(
      "give no batch",
      (run) => Object.assign(run.options, { batchSize: 10, dropLast: true }),
      RangeError,
    );
  });

  Deno.test(`${name}() says what is no generator, function or signal`, async () => {
    await refuses("rng to be a generator such as new Rng(42)", (run) => run.options.rng = Math);
    await refuses("rng to be a generator", (run) => run.options.rng = 42);
    await refuses("rng to be a generator", (run) => run.options.rng = null);
    await refuses("loss to be a function, got a string", (run) => run.options.loss = "mse");
    await refuses("without calling it", (run) => run.options.penalty = tensor(1));
    await refuses("augment to be a function", (run) => run.options.augment = {});
    await refuses("controller.signal", (run) => run.options.signal = new AbortController());
    await refuses("clipNorm must be", (run) => run.options.clipNorm = "5");
  });

  Deno.test(`${name}() says what a loss, a penalty or augment should have given`, async () => {
    const loss = (x: Tensor) => x.square().mean();
    await refuses(
      "loss to be a Tensor, got a number",
      (run) => run.options.loss = (x: Tensor) => loss(x).item(),
    );
    await refuses("loss to be a Tensor, got a Promise", (run) => {
      run.options.loss = (x: Tensor) => Promise.resolve(loss(x));
    });
    await refuses(
      "loss to be a Tensor, got undefined",
      (run) => run.options.loss = (x: Tensor) => void loss(x),
    );
    await refuses(
      "one number, got shape [4, 2]",
      (run) => run.options.loss = (x: Tensor) => x.square(),
      ShapeError,
    );
    await refuses("penalty to be a Tensor, got a number", (run) => run.options.penalty = () => 0.1);
    await refuses("result of augment to be a Tensor, got undefined", (run) => run.options.augment = () => {});
    await refuses(
      "as many rows as it got",
      (run) => run.options.augment = (x: Tensor) => x.slice(0, 1),
      ShapeError,
    );
    await refuses("prediction to be a Tensor, got a Promise", (run) => {
      const { model } = run as { model: Sequential };
      run.model = {
        parameters: () => model.parameters(),
        forward: (x: Tensor) => Promise.resolve(model.forward(x)),
      };
    });
  });

  Deno.test(`${name}() takes batch norm with dropLast where the last batch would have one row`, async () => {
    const rng = new Rng(2),
      model = new Sequential(new Linear(2, 3, { rng }), new BatchNorm1d(3), new Linear(3, 2, { rng }));
    const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
    await assertRejects(
      () => train(model, blobs(9), { optimizer, batchSize: 4 }),
      ShapeError,
      "drop the last one, { dropLast: true }",
    );
    await train(model, blobs(9), { optimizer, batchSize: 4, dropLast: true });
  });

  Deno.test(`${name}() takes augment, penalty and clipNorm`, async () => {
    const { model, optimizer } = make();
    let augmented = 0, penalties = 0;
    await train(model, blobs(8), {
      optimizer,
      batchSize: 4,
      augment: (x: Tensor) => (augmented++, x.mul(1)),
      penalty: () => (penalties++, l2Penalty(model.parameters(), 0.01)),
      clipNorm: 1e-9,
    });
    assert(augmented > 1 && penalties > 0);
  });

  Deno.test(`${name}() takes groups of parameters with different rates, and keeps their ratio`, async () => {
    const rng = new Rng(3), first = new Linear(2, 3, { rng }), second = new Linear(3, 2, { rng });
    const model = new Sequential(first, second);
    const groups = [{ parameters: first.parameters() }, {
      parameters: second.parameters(),
      learningRate: 0.4,
    }];
    const optimizer = new SGD(groups, { learningRate: 0.1 });
    const seen: number[][] = [];
    const step = optimizer.step.bind(optimizer);
    optimizer.step = () => {
      seen.push(optimizer.groups.map(({ learningRate }) => learningRate));
      step();
    };
    await train(model, blobs(8), {
      optimizer,
      batchSize: 4,
      ...(name === "fit" ? { schedule: (step: number) => 0.01 * (step + 1) } : {}),
    });
    assert(seen.length > 1 && seen[0][0] !== seen[1][0]);
    for (const [a, b] of seen) assertEquals((b / a).toFixed(9), "4.000000000");
    if (name !== "fit") assertEquals(optimizer.groups.map(({ learningRate }) => learningRate), [0.1, 0.4]);
  });
}

Deno.test("a schedule, until or a metric that gives something else than it should is named", async () => {
  const refuses = async (options: object, say: string) => {
    const { model, optimizer } = make();
    const told = { optimizer, batchSize: 4, epochs: 1, quiet: true, ...options } as never;
    await assertRejects(() => fit(model, blobs(8), told), TypeError, say);
  };
  await refuses(
    { schedule: () => {} },
    "schedule(0) to give a learning rate, a number from 0; got undefined",
  );
  await refuses({ schedule: () => NaN }, "got NaN");
  await refuses({ schedule: 0.1 }, "schedule to be a function, got a number; write the function itself");
  await refuses({ until: () => {} }, "until to return true or false, got undefined");
  await refuses({ until: () => Promise.resolve(false) }, "got a Promise");
  await refuses({ onStep: "print" }, "onStep to be a function");
  await refuses(
    { metrics: { right: () => Promise.resolve(1) } },
    "metric right to give a number, got a Promise",
  );
  await refuses({ metrics: { right: 0.5 } }, "fit: metrics: expected right to be a function");
});

Deno.test("early stopping on a metric that is never a number ends with a sentence that says so", async () => {
  const { model, optimizer } = make(), history = new History();
  await fit(model, blobs(8), {
    optimizer,
    batchSize: 4,
    epochs: 9,
    validation: blobs(4),
    metrics: { broken: () => NaN },
    earlyStopping: { monitor: "validationBroken", patience: 2 },
    history,
    quiet: true,
  });
  assertEquals(history.stopped!.reason, "early");
  assertStringIncludes(history.stopped!.message, "what early stopping watches was NaN after every epoch");
  assert(!history.stopped!.message.includes("undefined"), history.stopped!.message);
});

Deno.test("findLearningRate() leaves a run with dropLast, augment and groups as it was", async () => {
  const rng = new Rng(6), { model } = make();
  const [weight, bias] = model.parameters();
  const optimizer = new SGD([{ parameters: [weight], learningRate: 0.2 }, { parameters: [bias] }]);
  const before = JSON.stringify([model.stateDict(), optimizer.stateDict(), rng.state]);
  await findLearningRate(model, blobs(9), {
    optimizer,
    batchSize: 4,
    rng,
    dropLast: true,
    steps: 5,
    clipNorm: 1,
  });
  assertEquals(JSON.stringify([model.stateDict(), optimizer.stateDict(), rng.state]), before);
});

Deno.test("recordTraining() refuses what fit() refuses", () => {
  const { model, optimizer } = make();
  const data = { inputs: tensor([[1, 2]]), targets: tensor([[1, 0]]) };
  const options = { optimizer, loss: mseLoss, batchSize: 1, iterations: 1 };
  const refuses = (change: object, say: string) => {
    try {
      recordTraining(model, data, { ...options, ...change });
    } catch (error) {
      return assertStringIncludes((error as Error).message, say);
    }
    throw new Error(`nothing was said of ${say}`);
  };
  refuses(
    { optimizer: make().optimizer },
    "recordTraining: the optimizer trains none of this model's parameters",
  );
  refuses({ rng: Math }, "recordTraining: expected rng to be a generator");
  refuses({ loss: () => 3 }, "recordTraining: expected the loss to be a Tensor, got a number");
  refuses({ batchSize: 0 }, "recordTraining: batchSize must be");
});
