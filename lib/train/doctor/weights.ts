/** Causes that lie in the weights, and in what becomes of signals between the layers. */

import { formatNumber, formatPercent } from "../../checks/format.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { mean, rootMeanSquare, variance } from "./averages.ts";
import { forgetsByDecay } from "./capacity.ts";
import type { Exam } from "./exam.ts";
import type { Cause } from "./findings.ts";
import { RECKLESS } from "./steps.ts";

/** Units are equal if their weights differ by less than rounding can make them, compared with the layer's largest. */
const EQUAL = 1e-9;
/** Through a healthy network gradients change by a factor of ten or so; a thousand stops the first layers. */
const FADED = 1e-3;
/** Some dead units are normal; from half of a layer on, what is left may not be enough. */
const DEAD = 0.5;
/** A start that is confidently wrong: the loss of a constant answer is what small weights begin with. */
const CONFIDENT = 4;

/** All units of a hidden layer with the same weights stay the same, whatever the gradient: one unit would do. */
export function suspectSymmetry(exam: Exam): Cause | undefined {
  const weights = exam.weights();
  const found = weights.slice(0, -1).filter(([, w]) => w.shape[1] > 1 && columnsAreEqual(w));
  if (found.length === 0) return undefined;
  const [name, { data, shape }] = found[0];
  const zero = data.every((w) => w === 0);
  return {
    cause: "symmetric-weights",
    says: "All units of a layer began with the same weights, and so they stay the same.",
    confidence: zero && forgetsByDecay(exam) ? 0.5 : 0.95, // decay alone may have made them all 0
    evidence: [
      `The ${shape[1]} units of ${name} have the same weights${zero ? ", all 0," : ""} after training.`,
    ],
    fix: `new Linear(${shape[0]}, ${shape[1]}, { rng }); // random weights: He's by default; zeros are ` +
      `for biases only`,
  };
}

/** Weights so large that the first answers are confidently wrong and squashing functions are flat. */
export function suspectLargeWeights(exam: Exam): Cause | undefined {
  const [constant, { start }, saturated] = [exam.constant(), exam.course, flatLayer(exam)];
  const evidence: string[] = [];
  if (constant !== undefined && constant > 0 && start > CONFIDENT * constant) {
    evidence.push(
      `The first loss was ${formatNumber(start)}; small weights begin near ${
        formatNumber(constant)
      }, the loss of a ` +
        `constant answer.`,
    );
  }
  const [name, spread] = largestSpread(exam);
  if (spread > 5) {
    evidence.push(
      `The weights of ${name} have a root mean square of ${formatNumber(spread)}/√inputs; He's have 1.41, ` +
        `Xavier's about 1.`,
    );
  }
  if (saturated) {
    evidence.push(
      `${saturated.layer} gives out values of ${
        formatNumber(saturated.typical)
      } in root mean square: it is ` +
        `flat nearly everywhere.`,
    );
  }
  if (evidence.length < 2) return undefined;
  return {
    cause: "large-initial-weights",
    says: "The weights began too large.",
    confidence: evidence.length === 3 ? 0.9 : 0.82,
    evidence,
    fix: "new Linear(inputs, outputs, { rng, init: xavierNormal }); // or heNormal before a ReLU",
  };
}

/** The gradient shrinks from layer to layer on its way back. */
export function suspectVanishing(exam: Exam): Cause | undefined {
  const [weights, signal] = [exam.weights(), exam.signal()];
  if (weights.length < 3 || !signal) return undefined;
  const sizes = weights.map(([name]) => signal.of.get(name)).filter((size) => size !== undefined);
  const [first, last] = [sizes[0], sizes[sizes.length - 1]];
  const back = first > 0 && first < FADED * last; // exactly 0 is no fading: something is cut off
  const rows = exam.activations();
  const [begin, end] = [exam.sample!.inputs, exam.outputs()!].map(difference);
  const forth = end > 0 && end < FADED * begin;
  if (!back && !forth) return undefined;
  const squashing = rows.filter(({ layer }) => /Sigmoid|Tanh/.test(layer)).length;
  return {
    cause: "vanishing-gradients",
    says: back
      ? "The gradient vanishes on its way back to the first layers."
      : "The signal vanishes on its way through the layers, and the gradient with it.",
    confidence: back && squashing >= 2 ? 0.9 : 0.8, // a signal may also fade because weights were pulled to 0
    evidence: [
      back
        ? `An error at the output gives ${weights[weights.length - 1][0]} a gradient of norm ` +
          `${formatNumber(last)}, and ${weights[0][0]} one of ${formatNumber(first)}.`
        : `Inputs differ by ${
          formatNumber(begin)
        } from example to example (standard deviation), outputs by ` +
          `${formatNumber(end)}.`,
      ...(squashing > 0
        ? [`${squashing} layers squash their input; the slope of a sigmoid is at most ¼.`]
        : []),
    ],
    fix:
      "new Sequential(new Linear(64, 64, { rng }), new ReLU(), …); // ReLU for sigmoid, He's or Xavier's weights; BatchNorm1d or Residual if deep",
  };
}

/** ReLUs that are 0 for every example have no gradient, so nothing brings them back. */
export function suspectDeadRelus(exam: Exam): Cause | undefined {
  const relus = exam.activations().filter(({ layer }) => / ReLU\(/.test(layer));
  const worst = relus.reduce((a, b) => (b.dead > a.dead ? b : a), { dead: 0, layer: "" });
  if (worst.dead < DEAD) return undefined;
  const history = (exam.course.record.epochs ?? []).flatMap((row) =>
    row.activations?.find(({ layer }) => layer === worst.layer) ?? []
  );
  const violent = Math.max(exam.course.earlyRatio ?? 0, exam.course.typicalRatio ?? 0) > RECKLESS;
  const first = history[0]
    ? [`After the first epoch it was ${formatPercent(history[0].dead, { decimals: 0 })}.`]
    : [];
  return {
    cause: "dead-relus",
    says: "Most units of a ReLU layer are dead: they give 0 for every example and get no gradient.",
    // Under steps that throw the weights about, dying is what happens, and the steps are why.
    confidence: violent ? 0.7 : worst.dead === 1 ? 0.94 : worst.dead > 0.8 ? 0.85 : 0.6,
    evidence: [
      `${
        formatPercent(worst.dead, { decimals: 0 })
      } of the units of layer ${worst.layer} are 0 for all training examples.`,
      ...first,
    ],
    fix:
      "new LeakyReLU(0.01) // has a slope everywhere; with He's weights, biases of 0 and a lower learning rate ReLU lives too",
  };
}

/** Compared with the largest weight: decay makes all weights tiny, but not equal. */
function columnsAreEqual({ data, shape: [rows, columns] }: Tensor): boolean {
  let largest = 0;
  for (const w of data) largest = Math.max(largest, Math.abs(w));
  for (let row = 0; row < rows; row++) {
    const first = data[row * columns];
    for (let column = 1; column < columns; column++) {
      if (!(Math.abs(data[row * columns + column] - first) <= EQUAL * largest)) {
        return false;
      }
    }
  }
  return true;
}

/** The weights that are largest, compared with 1/√inputs. */
function largestSpread(exam: Exam): readonly [string, number] {
  return exam.weights().map(([name, { data, shape }]) => {
    return [name, rootMeanSquare(data) * Math.sqrt(shape[0])] as const;
  }).reduce((a, b) => (b[1] > a[1] ? b : a), ["", 0]);
}

/** A tanh whose outputs are nearly all ±1; of a sigmoid, 0 and 1, the root mean square tells nothing. */
function flatLayer(exam: Exam) {
  return exam.activations().filter(({ layer }) => /Tanh/.test(layer))
    .map(({ layer, mean, standardDeviation }) => ({
      layer,
      typical: Math.sqrt(mean * mean + standardDeviation * standardDeviation),
    }))
    .find(({ typical }) => typical > 0.95);
}

/** By how much examples differ in a column, on average: the mean standard deviation over the columns. */
function difference({ data, shape: [rows] }: Tensor): number {
  const width = data.length / rows;
  const column = (i: number) => Float64Array.from({ length: rows }, (_, row) => data[row * width + i]);
  return mean(Array.from({ length: width }, (_, i) => Math.sqrt(variance(column(i)))));
}
