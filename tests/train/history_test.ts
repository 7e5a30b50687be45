import { assertEquals, assertThrows } from "@std/assert";
import { type EpochRow, History, lossChart, type StepRow } from "backprop";

const numbers = { learningRate: 1, gradientNorm: 2, seconds: 3 };
const step = (n: number): StepRow => ({ epoch: n / 2, step: n, trainLoss: 1 / n, ...numbers });
const epoch = (n: number, more: Partial<EpochRow> = {}): EpochRow => ({
  epoch: n,
  step: 2 * n,
  trainLoss: 1 / (2 * n),
  ...numbers,
  ...more,
});

Deno.test("a history shows itself as one line", () => {
  const history = new History();
  assertEquals(String(history), "History: 0 epochs, 0 steps; running");
  history.steps.push(step(1), step(2), step(3));
  assertEquals(String(history), "History: 0 epochs, 3 steps; train loss 0.3333; running");
  history.epochs.push(epoch(1, { validationLoss: 0.123456 }));
  history.stopped = { reason: "early", epoch: 1, step: 3, message: "" };
  assertEquals(String(history), "History: 1 epochs, 3 steps; train loss 0.5; validation loss 0.1235; early");
  assertEquals(Deno.inspect(history), String(history));
});

Deno.test("both kinds of rows can be drawn", () => {
  const history = new History();
  history.steps.push(step(1), step(2), step(3), step(4));
  history.epochs.push(epoch(1, { validationLoss: 0.6 }), epoch(2, { validationLoss: 0.5 }));
  assertEquals(lossChart(history.steps).title, "Training loss falls from 1 to 0.25 between epochs 0.5 and 2");
  assertEquals(
    lossChart(history.epochs).title,
    "Training loss falls from 0.5 to 0.25 between epochs 1 and 2",
  );
});

Deno.test("a history takes over the state of another one, and shares no list with it", () => {
  const history = new History(), other = new History();
  for (let n = 1; n <= 200_000; n++) history.steps.push(step(n)); // more than a call takes arguments
  history.epochs.push(epoch(1));
  history.best = { epoch: 1, value: 0.5, state: {} };
  history.stopped = { reason: "aborted", epoch: 1, step: 2, message: "by hand" };
  other.epochs.push(epoch(7), epoch(8));
  other.loadStateDict(history.stateDict());
  assertEquals([other.steps.length, other.epochs], [200_000, [epoch(1)]]);
  assertEquals([other.stopped, other.best], [history.stopped, history.best]);
  history.epochs.push(epoch(2));
  assertEquals(other.epochs.length, 1);
});

Deno.test("a history rejects a state that is none", () => {
  for (const state of [undefined, {}, { epochs: [] }, { epochs: [], steps: 3 }]) {
    assertThrows(
      () => new History().loadStateDict(state as never),
      TypeError,
      "expected what stateDict() gave",
    );
  }
});

Deno.test("a history of 130,000 epochs is loaded", () => {
  const rows = Array.from({ length: 130_000 }, (_, i) => ({ epoch: i + 1, step: i + 1, trainLoss: 1 }));
  const history = new History();
  history.loadStateDict({ epochs: rows, steps: rows, stopped: undefined, best: undefined } as never);
  assertEquals([history.epochs.length, history.steps.length], [130_000, 130_000]);
});
