import { assert, assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import {
  Adam,
  BatchNorm1d,
  crossEntropyLoss,
  type Dataset,
  Dropout,
  exerciseLine,
  fit,
  type FitOptions,
  Linear,
  Module,
  mseLoss,
  type NotFinite,
  parameter,
  ReLU,
  Rng,
  Sequential,
  SGD,
  Tensor,
  tensor,
  type TrainableModel,
  zeros,
} from "backprop";
import { blobs, OneWeight, Script, target } from "./models.ts";

function network(seed = 0) {
  const rng = new Rng(seed);
  return new Sequential(
    new Linear(2, 4, { rng }),
    new ReLU(),
    new Linear(4, 3, { rng }),
    new ReLU(),
    new Linear(3, 2, { rng }),
  );
}

/** Trains until it stops by itself, and gives the reason back. */
// deno-lint-ignore no-explicit-any -- losses of either kind of target
async function stopOf(model: TrainableModel, data: Dataset, more: Partial<FitOptions<any>> = {}) {
  const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
  const { stopped, steps, epochs } = await fit(model, data, {
    optimizer,
    epochs: 3,
    batchSize: 4,
    quiet: true,
    ...more,
  });
  assertEquals(stopped?.reason, "not-finite");
  assertStringIncludes(stopped!.message, stopped!.diagnosis!.message);
  const { message, ...diagnosis } = stopped!.diagnosis!;
  return { ...diagnosis, text: message, step: stopped!.step, epoch: stopped!.epoch, steps, epochs };
}

const place = ({ place, name, cause, step }: NotFiniteStop) => [place, name, cause, step];
type NotFiniteStop = Omit<NotFinite, "message"> & { step: number };

for (const [i, name] of ["0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias"].entries()) {
  Deno.test(`NaN in ${name} before training is named, and no step is taken`, async () => {
    const model = network();
    model.parameters()[i].data[1] = NaN;
    const stop = await stopOf(model, blobs(8));
    assertEquals(place(stop), ["parameter", name, "initial-weights", 1]);
    assertMatch(stop.text, new RegExp(`^${name} held NaN before the first step`));
    assertEquals([stop.epoch, stop.steps.length], [1, 0]);
  });
}

Deno.test("of several parameters with NaN the first is named, and the others are counted", async () => {
  const model = network();
  for (const i of [2, 3, 5]) model.parameters()[i].data[0] = NaN;
  const stop = await stopOf(model, blobs(8));
  assertEquals(stop.name, "2.weight");
  assertStringIncludes(stop.text, "(and 2 other parameters)");
});

Deno.test("parameters without names are counted", async () => {
  const W = parameter(zeros([2, 2])), b = parameter([NaN, 0]);
  const stop = await stopOf({ forward: (x) => x.matmul(W).add(b), parameters: () => [W, b] }, blobs(8));
  assertEquals(stop.name, "parameter 2");
});

for (const value of [NaN, Infinity, -Infinity]) {
  Deno.test(`${value} among the inputs is found, with its row in the dataset`, async () => {
    const data = blobs(20);
    data.inputs.data[2 * 13 + 1] = value;
    const stop = await stopOf(network(), data); // in order, 4 a batch: row 13 is in the fourth
    assertEquals(place(stop), ["input", "row 13, column 1", "data", 4]);
    assertEquals(stop.value, value);
    assertEquals(
      stop.text,
      `The inputs hold ${value} in row 13, column 1. Remove the row, or fill in a number.`,
    );
    assertEquals(stop.steps.length, 3);
  });
}

Deno.test("NaN among the targets is found, by the loss or by fit()", async () => {
  const data = exerciseLine();
  data.targets.data[6] = NaN;
  const loss = (prediction: Tensor, target: Tensor) => prediction.sub(target).square().mean(); // checks nothing
  const model = new Sequential(new Linear(1, 1, { rng: new Rng(0) }));
  const stop = await stopOf(model, data, { loss });
  assertEquals(place(stop), ["target", "row 6, column 0", "data", 2]);
  await assertRejects(() => stopOf(model, data, { loss: mseLoss }), RangeError, "NaN");
});

Deno.test("NaN that augment made is not blamed on the data", async () => {
  const stop = await stopOf(network(), blobs(8), { augment: (x) => x.div(0) });
  assertEquals(place(stop), ["input", "inputs", "augmentation", 1]);
});

Deno.test("NaN in the validation data is found there, after the epoch's last step", async () => {
  const validation = blobs(6, 2);
  validation.inputs.data[7] = NaN;
  const stop = await stopOf(network(), blobs(8), { validation });
  assertEquals(place(stop), ["input", "row 3, column 1", "data", 2]);
  assertEquals(stop.epoch, 1);
});

Deno.test("a learning rate that makes the loss explode is blamed, with the course of the loss", async () => {
  const model = new Sequential(new Linear(1, 1, { rng: new Rng(0) }));
  const stop = await stopOf(model, exerciseLine(), {
    optimizer: new SGD(model.parameters(), { learningRate: 5 }),
    loss: mseLoss,
    epochs: 1000,
    batchSize: 100,
  });
  assertEquals(stop.cause, "learning-rate");
  assertEquals(stop.value, Infinity);
  assertMatch(
    stop.text,
    /learning rate, 5, is too high: the loss went from [\d.]+ at step 1 to [\d.]+e\+30\d at step \d+/,
  );
  assertStringIncludes(stop.text, "Divide it by 10, or clip the gradients");
  assertEquals(stop.step, stop.steps.length + 1);
  assert(stop.steps.every(({ trainLoss, gradientNorm }) => Number.isFinite(trainLoss + gradientNorm)));
  assert(
    model.parameters().every(({ data }) => data.every(Number.isFinite)),
    "the last weights are still numbers",
  );
});

Deno.test("a learning rate that blows everything up in one step is blamed in float32 too", async () => {
  const rng = new Rng(1);
  const model = new Sequential(
    new Linear(2, 8, { rng, dtype: "float32" }),
    new ReLU(),
    new Linear(8, 2, { rng, dtype: "float32" }),
  );
  const { inputs, targets } = blobs(16);
  const single = { inputs: tensor(inputs.data, { dtype: "float32" }).reshape([16, 2]), targets };
  const stop = await stopOf(model, single, {
    optimizer: new SGD(model.parameters(), { learningRate: 1e25 }),
  });
  assertEquals([stop.cause, stop.step], ["learning-rate", 2]);
  assertStringIncludes(stop.text, "learning rate, 1e+25, is too high. Divide it");
});

Deno.test("where inputs are unscaled, the learning rate is blamed with a word about the scale", async () => {
  const model = new Sequential(new Linear(1, 1, { rng: new Rng(0) }));
  const { inputs, targets } = exerciseLine();
  const stop = await stopOf(model, { inputs: inputs.mul(1000), targets }, { loss: mseLoss, epochs: 1000 });
  assertEquals(stop.cause, "learning-rate");
  assertStringIncludes(stop.text, "for inputs that reach 1470; bring them to one scale first");
});

Deno.test("inputs so large that the first prediction overflows are blamed for their scale", async () => {
  const { inputs, targets } = blobs(8);
  const huge = { inputs: inputs.mul(1e300), targets };
  const model = new Sequential(
    new Linear(2, 2, { rng: new Rng(0), init: () => tensor([[1e10, 1], [1, 1]]) }),
  );
  const stop = await stopOf(model, huge);
  assertEquals(place(stop), ["layer", "layer 1 Linear(2 → 2)", "scale", 1]);
});

/** A layer that has no answer for negative numbers. */
class Root extends Module {
  forward(x: Tensor): Tensor {
    return x.sqrt();
  }
  backward(gradOutput: Tensor): Tensor {
    return gradOutput;
  }
}

Deno.test("the layer that makes NaN of finite numbers is named", async () => {
  const rng = new Rng(0);
  const model = new Sequential(new Linear(2, 4, { rng }), new Root(), new Linear(4, 2, { rng }));
  const stop = await stopOf(model, blobs(8));
  assertEquals(place(stop), ["layer", "layer 2 Root()", "layer", 1]);
  assertStringIncludes(stop.text, "logarithm of 0, a root of a negative number");
});

Deno.test("a model without layers is blamed as a whole", async () => {
  const W = parameter([[-1, 0], [0, 0]]);
  const stop = await stopOf({ forward: (x) => x.square().matmul(W).sqrt(), parameters: () => [W] }, blobs(8));
  assertEquals(place(stop), ["prediction", "the model's output", "layer", 1]);
});

Deno.test("a loss that is not finite for finite predictions is named", async () => {
  const model = network();
  const loss = (prediction: Tensor) => prediction.sub(prediction).sum().log(); // ln 0
  const stop = await stopOf(model, blobs(8), { loss });
  assertEquals(place(stop), ["loss", "the loss", "loss", 1]);
  assertEquals(stop.value, -Infinity);
});

Deno.test("a gradient that is not finite is found before it reaches the weights", async () => {
  const model = network();
  const before = model.stateDict();
  // The loss is √0 = 0, its slope infinite; 0·∞ is NaN in every parameter, and the last is nearest to the loss.
  const loss = (prediction: Tensor) => prediction.sub(prediction).sum().sqrt();
  const stop = await stopOf(model, blobs(8), { loss });
  assertEquals(place(stop), ["gradient", "4.bias", "slope", 1]);
  assertStringIncludes(stop.text, "though the loss is finite");
  assertEquals(model.stateDict(), before);
});

Deno.test("a gradient that is not finite from a layer on is blamed on the parameter behind which it began", async () => {
  const rng = new Rng(0);
  const zeroed = new Linear(2, 3, { rng, init: (i, o) => zeros([i, o]) }); // gives 0, where √ has an infinite slope
  const model = new Sequential(zeroed, new Root(), new Linear(3, 2, { rng }));
  const stop = await stopOf(model, blobs(8));
  assertEquals([stop.place, stop.name, stop.cause], ["gradient", "0.bias", "slope"]);
});

Deno.test("clipping does not hide a gradient that is not finite", async () => {
  const loss = (prediction: Tensor) => prediction.sub(prediction).sum().sqrt();
  assertEquals((await stopOf(network(), blobs(8), { loss, clipNorm: 1 })).place, "gradient");
});

Deno.test("an optimizer that divides 0 by 0 is blamed, and not the learning rate", async () => {
  const model = network();
  // The second input is always 0, as MNIST's border pixels are: Adam without ε has 0/0 for its weights.
  const { inputs, targets } = blobs(8);
  inputs.data.forEach((_, i) => i % 2 === 1 && (inputs.data[i] = 0));
  const optimizer = new Adam(model.parameters(), { learningRate: 0.001, epsilon: 0 });
  const stop = await stopOf(model, { inputs, targets }, { optimizer });
  assertEquals(place(stop), ["parameter", "0.weight", "update", 2]);
  assertStringIncludes(stop.text, "Adam without ε");
});

Deno.test("NaN made by the last update of an epoch does not pass for a finished run", async () => {
  const model = new OneWeight();
  model.w.data[0] = 1;
  const stop = await stopOf(model, target, {
    optimizer: new Script(model.w, [1, NaN]),
    loss: mseLoss,
    epochs: 2,
  });
  assertEquals(place(stop), ["parameter", "parameter 1", "update", 2]);
  assertEquals([stop.epoch, stop.epochs.length, stop.steps.length], [2, 1, 2]);
});

Deno.test("NaN after a loss that rose a hundredfold is blamed on the learning rate", async () => {
  const model = new OneWeight();
  model.w.data[0] = 1;
  const optimizer = new Script(model.w, [11, NaN]); // losses 1, 121
  const stop = await stopOf(model, target, { optimizer, loss: mseLoss });
  assertEquals(place(stop), ["parameter", "parameter 1", "learning-rate", 2]);
  assertStringIncludes(stop.text, "the loss went from 1 at step 1 to 121 at step 2");
});

Deno.test("NaN planted in the middle of a run is found at the next step", async () => {
  const model = network();
  const onStep = ({ step }: { step: number }) => {
    if (step === 3) model.parameters()[2].data[0] = NaN;
  };
  const stop = await stopOf(model, blobs(8), { onStep });
  assertEquals(place(stop), ["parameter", "2.weight", "update", 4]);
  assertEquals([stop.epoch, stop.epochs.length], [2, 1]);
});

Deno.test("looking for the cause changes nothing: not the numbers, statistics or generators", async () => {
  const make = () => {
    const rng = new Rng(4);
    return new Sequential(
      new Linear(2, 3, { rng }),
      new BatchNorm1d(3),
      new Dropout(0.5, { rng }),
      new Root(),
      new Linear(3, 2, { rng }),
    );
  };
  const model = make(), twin = make();
  await stopOf(model, blobs(8));
  twin.forward(blobs(8).inputs.slice(0, 4)); // what the run itself did before it stopped
  assertEquals(model.stateDict(), twin.stateDict());
  const drawn = (m: Sequential) => (m.layers[2] as Dropout).rng.random();
  assertEquals(drawn(model), drawn(twin));
});

Deno.test("a healthy run is not disturbed by large but finite losses", async () => {
  const model = new OneWeight();
  const values = [1e3, 1e100, 1];
  const { stopped } = await fit(model, target, {
    optimizer: new Script(model.w, values),
    loss: mseLoss,
    epochs: 3,
    batchSize: 1,
  });
  assertEquals(stopped?.reason, "finished");
  assertEquals(crossEntropyLoss(tensor([[1000, -1000]]), [1]).item(), 2000); // and stable losses stay finite
});
