/** What to show of one step of a recorded training loop: plain words and tables, made from the record. */

import { formatDecimals } from "../../checks/format.ts";
import { plural } from "../../charts/format.ts";
import type { NestedNumbers } from "../../tensor/tensor.ts";
import type { RecordedIteration, RecordedParameter, TrainingRecord } from "../../train/record_training.ts";

/** The loop, line by line; the last line closes it. */
export const LOOP_CODE = [
  "for (const { inputs, targets } of batches(train, { batchSize, rng })) {",
  "  const prediction = model.forward(inputs);",
  "  const loss = lossOf(prediction, targets);",
  "  optimizer.zeroGrad();",
  "  loss.backward();",
  "  optimizer.step();",
  "}",
] as const;

/** Steps in one turn of the loop; each is one line of it. */
export const STEP_NAMES = [
  "Take a batch",
  "Forward pass",
  "Loss",
  "Clear old gradients",
  "Backward pass",
  "Update",
] as const;

/** One step, ready to be shown. */
export interface StepView {
  /** From 0. */
  readonly iteration: number;
  readonly step: number;
  readonly title: string;
  /** What happens and why, with the numbers. */
  readonly says: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** How many columns, counted from the last, are new in this step. */
  readonly fresh: number;
}

/** All steps of a record. */
export function stepCount({ iterations }: TrainingRecord): number {
  return iterations.length * STEP_NAMES.length;
}

/** The code with the names of this run. */
export function loopCode({ batchSize, loss }: TrainingRecord): string[] {
  return LOOP_CODE.map((line) =>
    line.replace("{ batchSize, rng }", `{ batchSize: ${batchSize}, rng }`).replace("lossOf", loss)
  );
}

/** The step at a position from 0. */
export function stepView(record: TrainingRecord, position: number): StepView {
  const iteration = Math.floor(position / STEP_NAMES.length);
  const step = position % STEP_NAMES.length;
  const turn = record.iterations[iteration];
  const body = [takeBatch, forward, loss, zero, backward, update][step](record, turn, iteration);
  return { iteration, step, title: STEP_NAMES[step], ...body };
}

type Body = Omit<StepView, "iteration" | "step" | "title">;

function takeBatch({ exampleCount, batchSize }: TrainingRecord, turn: RecordedIteration): Body {
  const perEpoch = Math.ceil(exampleCount / batchSize);
  return {
    says: `${plural(turn.rows.length, "example")} of ${exampleCount} form this batch. An epoch has ${
      plural(perEpoch, "batch", "batches")
    }, so that each example is used once; this is epoch ${turn.epoch}.`,
    columns: ["example", "x", "y"],
    rows: examples(turn, (row, x, y) => [String(row), x, y]),
    fresh: 3,
  };
}

function forward(_: TrainingRecord, turn: RecordedIteration): Body {
  const line = lineOf(turn);
  const [x] = list(turn.inputs), [yHat] = list(turn.predictions);
  return {
    says: "The model makes a prediction ŷ for each x, with its parameters as they are now: " +
      `${turn.parameters.map((p) => `${nameOf(p)} = ${written(p.before)}`).join(", ")}.` +
      (line
        ? ` The first: ŷ = ${line.w}·${bracket(written(x))} + ${bracket(line.b)} = ${written(yHat)}.`
        : ""),
    columns: ["example", "x", "y", "ŷ"],
    rows: examples(turn, (row, x, y, yHat) => [String(row), x, y, yHat]),
    fresh: 1,
  };
}

function loss(record: TrainingRecord, turn: RecordedIteration): Body {
  if (record.loss !== "mseLoss" || !isColumn(turn)) {
    return {
      says: `${record.loss} compares the predictions with the targets: one number for the whole batch, L = ${
        exact(turn.loss)
      }.`,
      columns: ["example", "y", "ŷ"],
      rows: examples(turn, (row, _, y, yHat) => [String(row), y, yHat]),
      fresh: 0,
    };
  }
  const errors = list(turn.predictions).map((yHat, i) => one(yHat) - one(list(turn.targets)[i]));
  return {
    says: "How wrong is that? The mean of the squared errors is one number for the whole batch: " +
      `L = (${sumOf(errors.map((error) => exact(error * error)))}) / ${errors.length} = ${exact(turn.loss)}.`,
    columns: ["example", "y", "ŷ", "ŷ − y", "(ŷ − y)²"],
    rows: examples(turn, (row, _, y, yHat) => [String(row), y, yHat]).map((row, i) => [
      ...row,
      exact(errors[i]),
      exact(errors[i] * errors[i]),
    ]),
    fresh: 2,
  };
}

function zero(record: TrainingRecord, { parameters }: RecordedIteration, iteration: number): Body {
  const old = record.iterations[iteration - 1]?.parameters;
  return {
    says: old
      ? `The gradients of iteration ${iteration} are still there. backward() adds to what it finds, so they must go first.`
      : "In the first iteration there is nothing to clear yet. From the second on there is: backward() adds to the " +
        "gradients that it finds.",
    columns: ["parameter", "gradient before", "gradient now"],
    rows: parameters.map((p, i) => [nameOf(p), old ? written(old[i].gradient) : "none", "none"]),
    fresh: 1,
  };
}

function backward(_: TrainingRecord, { parameters }: RecordedIteration): Body {
  return {
    says:
      "Backpropagation goes from the loss back to every parameter: how much would L change if that parameter grew a " +
      `little? ${
        parameters.flatMap((p) => {
          const value = scalar(p.gradient);
          return value === undefined || value === 0
            ? []
            : [`More ${nameOf(p)} would make L ${value > 0 ? "larger" : "smaller"}.`];
        }).join(" ")
      }`.trimEnd() + " No parameter has changed yet.",
    columns: ["parameter", "value", "∂L/∂p"],
    rows: parameters.map((p) => [nameOf(p), written(p.before), written(p.gradient)]),
    fresh: 1,
  };
}

function update(record: TrainingRecord, turn: RecordedIteration): Body {
  const { learningRate, plain, optimizer } = record;
  const better = turn.lossAfter < turn.loss;
  return {
    says:
      (plain
        ? `Each parameter moves against its gradient: p ← p − ${learningRate}·∂L/∂p. `
        : `${optimizer} turns the gradients into steps; its learning rate is ${learningRate}. `) +
      `On the same batch the loss would now be ${exact(turn.lossAfter)}, ${
        better ? "lower" : "not lower"
      } than ${exact(turn.loss)}.`,
    columns: ["parameter", "before", "∂L/∂p", ...(plain ? [`−${learningRate}·∂L/∂p`] : []), "now"],
    rows: turn.parameters.map((p) => {
      const step = scalar(p.gradient);
      const change = step === undefined ? "…" : exact(-learningRate * step);
      return [
        nameOf(p),
        written(p.before),
        written(p.gradient),
        ...(plain ? [change] : []),
        written(p.after),
      ];
    }),
    fresh: 1,
  };
}

/** `a + b + c`, the middle of a long sum left out. */
function sumOf(terms: readonly string[]): string {
  return (terms.length > 6 ? [...terms.slice(0, 2), "…", terms[terms.length - 1]] : terms).join(" + ");
}

/** The batch as rows of a table. */
function examples(
  { rows, inputs, targets, predictions }: RecordedIteration,
  cells: (row: number, x: string, y: string, yHat: string) => string[],
): string[][] {
  const [xs, ys, yHats] = [inputs, targets, predictions].map(list);
  return rows.map((row, i) => cells(row, written(xs[i]), written(ys[i]), written(yHats[i])));
}

/** A line's parameters, if the model is one. */
function lineOf({ parameters, inputs }: RecordedIteration): { w: string; b: string } | undefined {
  const names = parameters.map(({ name }) => name).join();
  if (names !== "weight,bias" || scalar(list(inputs)[0]) === undefined) return undefined;
  const [w, b] = parameters.map(({ before }) => written(before));
  return scalar(parameters[0].before) === undefined ? undefined : { w: bracket(w), b };
}

function isColumn({ predictions, targets }: RecordedIteration): boolean {
  return [...list(predictions), ...list(targets)].every((value) => scalar(value) !== undefined);
}

/** How a parameter is called here: w and b where there is one of each. */
export function nameOf({ name }: Pick<RecordedParameter, "name">): string {
  return { weight: "w", bias: "b" }[name] ?? name;
}

/** Numbers in a table: one as it is, a few as a list, of many only how many. */
export function written(values: NestedNumbers): string {
  const value = scalar(values);
  if (value !== undefined) return exact(value);
  const all = flat(values);
  return all.length <= 4 ? `[${all.map(exact).join(", ")}]` : `${all.length} numbers, ${exact(all[0])} …`;
}

/** Four decimals, so that one can compute along. */
function exact(value: number): string {
  return formatDecimals(value, 4, 1e5);
}

function bracket(text: string): string {
  return text.startsWith("−") ? `(${text})` : text;
}

function list(values: NestedNumbers): readonly NestedNumbers[] {
  return typeof values === "number" ? [values] : values;
}

/** The number in nested lists that hold only one. */
function scalar(values: NestedNumbers): number | undefined {
  const all = flat(values);
  return all.length === 1 ? all[0] : undefined;
}

function one(values: NestedNumbers): number {
  return scalar(values)!;
}

function flat(values: NestedNumbers): number[] {
  return typeof values === "number" ? [values] : values.flatMap((inner) => flat(inner));
}
