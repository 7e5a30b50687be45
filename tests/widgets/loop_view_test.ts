import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import {
  crossEntropyLoss,
  Linear,
  loopStepper,
  recordTraining,
  Rng,
  Sequential,
  SGD,
  Tanh,
  type TrainingRecord,
  xor,
} from "backprop";
import { loopCode, stepCount, stepView } from "../../lib/widgets/models/loop_view.ts";
import { exampleRecord } from "../../tools/build/widgets/gallery.ts";

const record = exampleRecord();
const turn = record.iterations[1];
const four = (value: number) => (Number(value.toFixed(4)) + 0).toFixed(4).replace("-", "−");
const w = turn.parameters[0] as unknown as { before: number[][]; gradient: number[][]; after: number[][] };

Deno.test("stepView() goes through six steps an iteration, in the order of the code", () => {
  assertEquals(stepCount(record), 48);
  assertEquals(
    [0, 5, 6, 47].map((at) => stepView(record, at)).map(({ iteration, step }) => [iteration, step]),
    [
      [0, 0],
      [0, 5],
      [1, 0],
      [7, 5],
    ],
  );
  assertMatch(
    loopCode(record).join("\n"),
    /batchSize: 4, rng[^]*mseLoss\(prediction[^]*zeroGrad[^]*backward[^]*step\(\)/,
  );
});

Deno.test("stepView() shows the batch, then the predictions, with the recorded numbers", () => {
  const [batch, forward] = [6, 7].map((at) => stepView(record, at));
  assertEquals(batch.rows.map(([row]) => Number(row)), turn.rows);
  const xs = turn.inputs as number[][], yHats = turn.predictions as number[][];
  assertEquals(forward.rows.map((row) => row[1]), xs.map(([x]) => four(x)));
  assertEquals(forward.rows.map((row) => row[3]), yHats.map(([yHat]) => four(yHat)));
  assertEquals([forward.columns.at(-1), forward.fresh], ["ŷ", 1]);
  assert(forward.says.includes(`= ${four(yHats[0][0])}`));
});

Deno.test("stepView() adds the squared errors up to the recorded loss", () => {
  const { rows, says } = stepView(record, 8);
  const squares = rows.map((row) => Number(row[4]));
  assert(Math.abs(squares.reduce((a, b) => a + b) / 4 - turn.loss) < 1e-4);
  assert(says.endsWith(`/ 4 = ${four(turn.loss)}.`), says);
});

Deno.test("stepView() clears the gradients of the iteration before", () => {
  const [[old]] = record.iterations[0].parameters[0].gradient as number[][];
  assertEquals(stepView(record, 9).rows[0], ["w", four(old), "none"]);
  assertEquals(stepView(record, 3).rows[0], ["w", "none", "none"]);
});

Deno.test("stepView() says which way a parameter should go, and moves it there", () => {
  const [backward, update] = [10, 11].map((at) => stepView(record, at));
  assertEquals(backward.rows[0], ["w", four(w.before[0][0]), four(w.gradient[0][0])]);
  assertMatch(
    backward.says,
    w.gradient[0][0] < 0 ? /More w would make L smaller/ : /More w would make L larger/,
  );
  assertEquals(update.rows[0], [
    "w",
    four(w.before[0][0]),
    four(w.gradient[0][0]),
    four(-0.1 * w.gradient[0][0]),
    four(w.after[0][0]),
  ]);
  assert(
    update.says.includes(`would now be ${four(turn.lossAfter)}, lower than ${four(turn.loss)}`),
    update.says,
  );
});

Deno.test("stepView() leaves the middle of a long sum out", () => {
  const many = { ...turn };
  for (const name of ["rows", "inputs", "targets", "predictions"] as const) {
    Object.assign(many, { [name]: Array.from({ length: 20 }, (_, i) => (turn[name] as unknown[])[i % 4]) });
  }
  const { says, rows } = stepView({ ...record, iterations: [many] }, 2);
  assertEquals(rows.length, 20);
  assertMatch(says, /L = \([\d.]+ \+ [\d.]+ \+ … \+ [\d.]+\) \/ 20 = /);
});

Deno.test("stepView() says so when a step made the batch's loss larger", () => {
  const worse: TrainingRecord = { ...record, iterations: [{ ...turn, lossAfter: turn.loss + 1 }] };
  assertMatch(stepView(worse, 5).says, /not lower than/);
});

Deno.test("stepView() copes with matrices and with class targets", () => {
  const rng = new Rng(0);
  const model = new Sequential(new Linear(2, 3, { rng }), new Tanh(), new Linear(3, 2, { rng }));
  const optimizer = new SGD(model.parameters(), { learningRate: 0.5 });
  const wide = recordTraining(model, xor(), {
    optimizer,
    loss: crossEntropyLoss,
    batchSize: 2,
    iterations: 2,
  });
  const views = Array.from({ length: stepCount(wide) }, (_, at) => stepView(wide, at));
  assertMatch(views[1].says, /0\.weight = 6 numbers, /);
  assertMatch(views[2].says, /crossEntropyLoss compares the predictions with the targets/);
  assert(views.every(({ rows, columns }) => rows.every((row) => row.length === columns.length)));
  assert(loopStepper(wide).toHTML().length < 200_000);
});

Deno.test("loopStepper() wants a record", () => {
  assertThrows(() => loopStepper({ ...record, iterations: [] }), RangeError, "from recordTraining()");
});
