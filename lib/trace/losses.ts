/** The last line forward and the first line backward: losses. */

import { binaryCrossEntropyLoss, binaryCrossEntropyWithLogitsLoss } from "../nn/binary_cross_entropy.ts";
import { crossEntropyLoss } from "../nn/cross_entropy.ts";
import { mseLoss } from "../nn/regression_losses.ts";
import { softmax } from "../nn/softmax.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { gradientOf, type Quantity } from "./notation.ts";
import type { Lookup, Recorder } from "./steps.ts";

/** A loss that a trace has lines for. */
export type TraceableLoss =
  | typeof mseLoss
  | typeof binaryCrossEntropyLoss
  | typeof binaryCrossEntropyWithLogitsLoss
  | typeof crossEntropyLoss;

/** L, and how it is typeset. */
export const LOSS: Quantity = { name: "L", symbol: "L", latex: "L" };
const P: Quantity = { name: "p", symbol: "p", latex: "p" };

/** How a loss is written, from the output @{o} and the target @{y}. */
interface LossPlan {
  /** Probabilities made from logits on the way, if any. */
  readonly p?: { formula: string; latex: string; compute: (o: Tensor) => Tensor };
  /** What is averaged, or with `minus` taken negative. */
  readonly formula: string;
  readonly latex: string;
  readonly minus: boolean;
  /** Whether even a single row needs a Σ: over the classes. */
  readonly sums: boolean;
  readonly compute: (o: Tensor, y: Tensor) => Tensor;
  /** ∂L/∂output, without the mean over n numbers. */
  readonly slope: { formula: string; latex: string; compute: (o: Tensor, y: Tensor) => Tensor };
}

const mse: LossPlan = {
  formula: "(@{o} − @{y})²",
  latex: "(@{o}-@{y})^2",
  minus: false,
  sums: false,
  compute: (o, y) => mseLoss(o, y),
  slope: { formula: "2·(@{o} − @{y})", latex: "2(@{o}-@{y})", compute: (o, y) => o.sub(y).mul(2) },
};

const binary: LossPlan = {
  formula: "[@{y}·ln @{o} + (1 − @{y})·ln(1 − @{o})]",
  latex: "[@{y}\\ln @{o}+(1-@{y})\\ln(1-@{o})]",
  minus: true,
  sums: false,
  compute: (o, y) => binaryCrossEntropyLoss(o, y),
  slope: {
    formula: "(@{o} − @{y}) / (@{o}·(1 − @{o}))",
    latex: "\\frac{@{o}-@{y}}{@{o}(1-@{o})}",
    compute: (o, y) => o.sub(y).div(o.mul(o.neg().add(1))),
  },
};

const binaryFromLogits: LossPlan = {
  p: { formula: "σ(@{o})", latex: "\\sigma(@{o})", compute: (o) => o.sigmoid() },
  formula: "[@{y}·ln @{p} + (1 − @{y})·ln(1 − @{p})]",
  latex: "[@{y}\\ln @{p}+(1-@{y})\\ln(1-@{p})]",
  minus: true,
  sums: false,
  compute: (o, y) => binaryCrossEntropyWithLogitsLoss(o, y),
  slope: { formula: "@{p} − @{y}", latex: "@{p}-@{y}", compute: (o, y) => o.sigmoid().sub(y) },
};

const crossEntropy: LossPlan = {
  p: { formula: "softmax(@{o})", latex: "\\operatorname{softmax}(@{o})", compute: (o) => softmax(o) },
  formula: "@{y}·ln @{p}",
  latex: "@{y}\\ln @{p}",
  minus: true,
  sums: true,
  compute: (o, y) => crossEntropyLoss(o, y),
  slope: { formula: "@{p} − @{y}", latex: "@{p}-@{y}", compute: (o, y) => softmax(o).sub(y) },
};

/** The same by name. */
const LOSSES = { mseLoss, binaryCrossEntropyLoss, binaryCrossEntropyWithLogitsLoss, crossEntropyLoss };

/** A loss by its name. */
export type LossName = keyof typeof LOSSES;

/** The loss of that name. */
export function lossNamed(name: LossName): TraceableLoss {
  return LOSSES[name];
}

/** The name of a loss. */
export function nameOfLoss(loss: TraceableLoss): LossName {
  return (Object.keys(LOSSES) as LossName[]).find((name) => LOSSES[name] === loss)!;
}

const PLANS = new Map<TraceableLoss, LossPlan>([
  [mseLoss, mse],
  [binaryCrossEntropyLoss, binary],
  [binaryCrossEntropyWithLogitsLoss, binaryFromLogits],
  [crossEntropyLoss, crossEntropy],
]);

/**
 * Writes the lines of the loss.
 *
 * @param output The network's output
 * @returns ∂L/∂output
 * @throws {TypeError} If the trace has no lines for that loss
 */
export function traceLoss(recorder: Recorder, loss: TraceableLoss, output: Quantity): Quantity {
  const plan = PLANS.get(loss);
  if (!plan) {
    throw new TypeError(
      "trace: expected loss to be mseLoss, binaryCrossEntropyLoss, binaryCrossEntropyWithLogitsLoss or crossEntropyLoss.",
    );
  }
  const o = output.name;
  const write = (template: string) => template.replaceAll("@{o}", `@{${o}}`);
  const apply = (f: (o: Tensor, y: Tensor) => Tensor) => (get: Lookup) => f(get(o), get("y"));
  if (plan.p) {
    const { formula, latex, compute } = plan.p;
    recorder.add({
      phase: "forward",
      quantity: P,
      formula: write(formula),
      latex: write(latex),
      compute: (get) => compute(get(o)),
      slips: [{ says: "it is the logit itself: softmax or σ is missing", compute: (get) => get(o) }],
    });
  }
  // A mean over rows for classes, over all numbers otherwise.
  const { shape, size } = recorder.get(o);
  const n = loss === crossEntropyLoss ? shape[0] : size;
  const isMean = n > 1;
  const lossOf = (get: Lookup, y: Tensor) =>
    plan.p ? fromProbabilities(loss, get("p"), y, n) : plan.compute(get(o), y);
  const isBinary = plan === binary || plan === binaryFromLogits;
  recorder.add({
    phase: "forward",
    quantity: LOSS,
    formula: (plan.minus ? "−" : "") + (isMean ? `1/${n}·Σ ` : plan.sums ? "Σ " : "") + write(plan.formula),
    latex: (plan.minus ? "-" : "") + (isMean ? `\\frac{1}{${n}}` : "") +
      (isMean || plan.sums ? "\\sum " : "") +
      write(plan.latex),
    // From the probabilities that are written down, so that it follows from what was typed for them.
    compute: (get) => lossOf(get, get("y")),
    slips: isBinary
      ? [{
        says: "this is the loss of the other target, 1 − y",
        compute: (get) => lossOf(get, other(get("y"))),
      }]
      : [],
  });
  const { formula, latex, compute } = plan.slope;
  const slope = plan.p ? (get: Lookup) => get("p").sub(get("y")) : apply(compute);
  return recorder.add({
    phase: "backward",
    quantity: gradientOf(output),
    formula: isMean ? `(${write(formula)}) / ${n}` : write(formula),
    latex: isMean ? `\\frac{1}{${n}}\\left(${write(latex)}\\right)` : write(latex),
    compute: (get) => slope(get).div(n),
    slips: [
      ...(isMean ? [{ says: `the mean over ${n} (1/n) is missing`, compute: slope }] : []),
      { says: "the order is turned round: it is output minus target", compute: (get) => slope(get).div(-n) },
    ],
  });
}

function fromProbabilities(loss: TraceableLoss, p: Tensor, y: Tensor, n: number): Tensor {
  // 0·ln 0 is 0: only the terms that count are computed.
  const term = (wanted: Tensor, given: Tensor) => {
    let sum = 0;
    const logs = given.log();
    wanted.data.forEach((w, i) => sum -= w === 0 ? 0 : w * logs.data[i]);
    return sum;
  };
  const rest = loss === crossEntropyLoss ? 0 : term(other(y), other(p));
  return p.sum().mul(0).add((term(y, p) + rest) / n);
}

/** 1 − x: the other target, the probability of the other class. */
function other(x: Tensor): Tensor {
  return x.neg().add(1);
}
