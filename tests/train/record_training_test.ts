import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  Adam,
  batches,
  crossEntropyLoss,
  Linear,
  lossSurfaceLine,
  mseLoss,
  noGrad,
  parameter,
  recordTraining,
  Rng,
  Sequential,
  SGD,
  takeRows,
  Tanh,
  type Tensor,
  xor,
} from "backprop";

const train = lossSurfaceLine();
const lineRun = (iterations = 7) => {
  const rng = new Rng(42);
  const model = new Linear(1, 1, { rng });
  const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
  const record = recordTraining(model, train, { optimizer, loss: mseLoss, batchSize: 4, iterations, rng });
  return { model, record };
};

Deno.test("recordTraining() trains exactly as the loop that it records", () => {
  const { model, record } = lineRun();
  const rng = new Rng(42);
  const own = new Linear(1, 1, { rng });
  const optimizer = new SGD(own.parameters(), { learningRate: 0.1 });
  let count = 0;
  while (count < 7) {
    for (const { inputs, targets } of batches(train, { batchSize: 4, rng })) {
      if (count === 7) break;
      const turn = record.iterations[count++];
      const prediction = own.forward(inputs);
      const loss = mseLoss(prediction, targets);
      optimizer.zeroGrad();
      loss.backward();
      assertEquals(turn.inputs, inputs.toArray());
      assertEquals(turn.targets, targets.toArray());
      assertEquals(turn.predictions, prediction.toArray());
      assertEquals(turn.loss, loss.item());
      assertEquals(turn.parameters.map(({ before }) => before), own.parameters().map((p) => p.toArray()));
      assertEquals(
        turn.parameters.map(({ gradient }) => gradient),
        own.parameters().map((p) => p.grad!.toArray()),
      );
      optimizer.step();
      assertEquals(turn.parameters.map(({ after }) => after), own.parameters().map((p) => p.toArray()));
      assertEquals(turn.lossAfter, noGrad(() => mseLoss(own.forward(inputs), targets).item()));
    }
  }
  assertEquals(model.parameters().map((p) => p.toArray()), own.parameters().map((p) => p.toArray()));
});

Deno.test("recordTraining() knows which rows are in a batch, and the epoch", () => {
  const { record } = lineRun();
  for (const { rows, inputs } of record.iterations) {
    assertEquals(takeRows(train, rows).inputs.toArray(), inputs);
  }
  assertEquals(record.iterations.slice(0, 5).flatMap(({ rows }) => rows).toSorted((a, b) => a - b), [
    ...Array(20).keys(),
  ]);
  assertEquals(record.iterations.map(({ epoch }) => epoch), [1, 1, 1, 1, 1, 2, 2]);
});

Deno.test("recordTraining() keeps the model's curve before the first iteration and after each", () => {
  const { curve, iterations } = lineRun().record;
  assertEquals(curve!.predictions.length, iterations.length + 1);
  const [[w]] = iterations[2].parameters[0].before as number[][];
  const [b] = iterations[2].parameters[1].before as number[];
  curve!.x.forEach((x, i) => assertAlmostEquals(curve!.predictions[2][i], w * x + b, 1e-3));
});

Deno.test("recordTraining() is plain data: JSON gives it back", () => {
  const { record } = lineRun(3);
  assertEquals(JSON.parse(JSON.stringify(record)), record);
});

Deno.test("recordTraining() sees whether a step is learning rate times gradient", () => {
  assertEquals(lineRun().record.plain, true);
  const rng = new Rng(0);
  const model = new Linear(1, 1, { rng });
  const optimizer = new Adam(model.parameters(), { learningRate: 0.1 });
  const record = recordTraining(model, train, { optimizer, loss: mseLoss, batchSize: 5, iterations: 2 });
  assertEquals([record.plain, record.optimizer], [false, "Adam"]);
  assertEquals(record.iterations[0].rows, [0, 1, 2, 3, 4]); // without a generator, in order
});

Deno.test("recordTraining() takes a classifier too, which has no curve", () => {
  const rng = new Rng(0);
  const model = new Sequential(new Linear(2, 3, { rng }), new Tanh(), new Linear(3, 2, { rng }));
  const optimizer = new SGD(model.parameters(), { learningRate: 0.5 });
  const record = recordTraining(model, xor(), {
    optimizer,
    loss: crossEntropyLoss,
    batchSize: 2,
    iterations: 3,
  });
  assertEquals(record.curve, undefined);
  assertEquals(record.iterations[0].parameters.map(({ name }) => name), [
    "0.weight",
    "0.bias",
    "2.weight",
    "2.bias",
  ]);
  assert(record.iterations.every(({ loss, lossAfter }) => lossAfter < loss));
});

Deno.test("recordTraining() takes the options of fit(): a default loss, dropLast, and any model with parameters", () => {
  const w = parameter([[0.5, -0.5], [0.1, 0.2]]);
  const model = { forward: (x: Tensor) => x.matmul(w), parameters: () => [w] };
  const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
  const record = recordTraining(model, xor(), { optimizer, batchSize: 3, dropLast: true, iterations: 2 });
  assertEquals(record.loss, "crossEntropyLoss");
  assertEquals(record.iterations.map(({ epoch, rows }) => [epoch, rows]), [[1, [0, 1, 2]], [2, [0, 1, 2]]]);
  assertEquals(record.iterations[0].parameters.map(({ name }) => name), ["parameter 1"]);
});

Deno.test("recordTraining() rejects a number of iterations that is none, and unknown options", () => {
  assertThrows(() => lineRun(0), RangeError, "expected iterations to be a whole number from 1, got 0");
  const model = new Linear(1, 1, { rng: new Rng(0) });
  const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
  const options = { optimizer, loss: mseLoss, batchSize: 4, iterations: 1, epochs: 2 };
  assertThrows(() => recordTraining(model, train, options), TypeError, 'unknown option "epochs"');
});

Deno.test("recordTraining() takes 130,000 examples", () => {
  const rng = new Rng(1), model = new Linear(1, 1, { rng });
  const data = { inputs: rng.randn([130_000, 1]), targets: rng.randn([130_000, 1]) };
  const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
  const record = recordTraining(model, data, { optimizer, loss: mseLoss, batchSize: 4, iterations: 2 });
  assertEquals([record.exampleCount, record.curve!.inputs.length], [130_000, 130_000]);
});
