/** Probabilities where a loss expects logits: softmax or sigmoid is applied twice. */

import { formatNumber } from "../../checks/format.ts";
import { exp, log } from "../../kernels/elementary.ts";
import { binaryCrossEntropyWithLogitsLoss } from "../../nn/binary_cross_entropy.ts";
import { crossEntropyLoss } from "../../nn/cross_entropy.ts";
import { softmax } from "../../nn/softmax.ts";
import { noGrad } from "../../tensor/record.ts";
import { Tensor } from "../../tensor/tensor.ts";
import type { Exam } from "./exam.ts";
import type { Cause, Seen } from "./findings.ts";

/** A recorded loss is a mean over the last steps; it agrees with the loss afterwards to so much. */
const AGREES = 0.1;
const SAME = 1e-6;

/** The symptom: from a probability, softmax cannot make another that is near 1, so the loss has a floor. */
export function squashedTwice(exam: Exam): Seen | undefined {
  const found = findTwice(exam);
  if (!found) return undefined;
  const evidence =
    `With ${found.classes} classes it stays above ${
      formatNumber(found.floor)
    }, even if every answer is right; ` +
    `it ended at ${formatNumber(exam.course.end)}.`;
  return {
    symptom: "loss-floor",
    says: "The loss cannot come near 0, however right the answers are.",
    evidence: [evidence],
  };
}

/** The cause of it. */
export function suspectTwice(exam: Exam): Cause | undefined {
  const found = findTwice(exam);
  if (!found) return undefined;
  const { which, evidence } = found;
  const says = which === "softmax"
    ? "Softmax is applied twice: the cross-entropy takes logits and applies it itself."
    : "The sigmoid is applied twice: this loss takes logits and applies it itself.";
  const fix = which === "softmax"
    ? "// leave softmax out of the model and of the loop; the last layer gives logits\n" +
      "const loss = crossEntropyLoss(model.forward(inputs), targets);"
    : "// either leave the sigmoid out of the model, or take the loss for probabilities\n" +
      "const loss = binaryCrossEntropyLoss(model.forward(inputs), targets);";
  return { cause: `${which}-twice`, says, confidence: 0.95, evidence: [evidence], fix };
}

interface Twice {
  readonly which: "softmax" | "sigmoid";
  readonly classes: number;
  readonly floor: number;
  readonly evidence: string;
}

function findTwice(exam: Exam): Twice | undefined {
  const [outputs, sample] = [exam.outputs(), exam.sample];
  if (!outputs || !sample) return undefined;
  return sample.targets instanceof Tensor && sample.targets.shape.at(-1) === 1
    ? sigmoidTwice(exam, outputs, sample.targets)
    : softmaxTwice(exam, outputs);
}

function softmaxTwice(exam: Exam, outputs: Tensor): Twice | undefined {
  const { loss, sample, course: { end } } = exam;
  const classes = outputs.shape[1];
  if (outputs.shape.length !== 2 || classes < 2 || !loss || !sample) return undefined;
  const measure = (x: Tensor) => noGrad(() => loss(x, sample.targets)).item();
  const floor = log(Math.E + classes - 1) - 1; // cross-entropy of the logits 1, 0, 0 …: the most that p = 1 can give
  const twice = (evidence: string): Twice => ({ which: "softmax", classes, floor, evidence });

  if (rowsAreProbabilities(outputs)) {
    // A loss that applies softmax does not mind a constant added to all logits; one for probabilities does.
    const now = measure(outputs);
    const applies = Math.abs(measure(outputs.add(1)) - now) <= SAME * Math.max(1, now);
    if (!applies || end < (1 - AGREES) * floor) return undefined; // below the floor: another loss was used after all
    return twice(
      "The model's outputs lie between 0 and 1 and sum to 1 in every row: they are probabilities already.",
    );
  }
  const [once, again] = [outputs, softmax(outputs)].map((x) =>
    noGrad(() => crossEntropyLoss(x, sample.targets)).item()
  );
  const says =
    `From the model's outputs the cross-entropy is ${formatNumber(once)}, after a further softmax ` +
    `${formatNumber(again)}`;
  if (Math.abs(again - once) <= AGREES * again) return undefined; // nothing to tell them apart by
  const { options, course: { losses, blocks } } = exam;
  if (options.loss || options.batchSize !== undefined) { // the loss is known: fit's own, or the one it was given
    return Math.abs(measure(outputs) - again) <= SAME * again
      ? twice(`${says}, and that is what the loss gives.`)
      : undefined;
  }
  // A loop of one's own, with a loss that nobody showed the doctor: does the record fit? At no step may it be below the
  // floor, it must have come to rest, and nothing may have been dropped that is there now.
  const possible = losses.every((loss) => loss >= floor) && !exam.model.layers?.some((layer) => "p" in layer);
  const atRest = Math.abs(end - blocks[Math.max(0, blocks.length - 3)]) <= AGREES * end;
  const fits = Math.abs(end - again) <= AGREES * again && Math.abs(end - once) > 2 * AGREES * end;
  return possible && atRest && fits
    ? twice(`${says}; the run recorded ${formatNumber(end)} at its end.`)
    : undefined;
}

function sigmoidTwice({ loss, course: { end } }: Exam, outputs: Tensor, targets: Tensor): Twice | undefined {
  if (!loss || outputs.size !== targets.size || !targets.data.every((y) => y >= 0 && y <= 1)) {
    return undefined;
  }
  const withLogits = (x: Tensor) => noGrad(() => binaryCrossEntropyWithLogitsLoss(x, targets)).item();
  const now = noGrad(() => loss(outputs, targets)).item();
  const floor = log(1 + exp(-1));
  const same = (value: number) => Math.abs(now - value) <= SAME * Math.max(1, now);
  const twice = (evidence: string): Twice => ({ which: "sigmoid", classes: 2, floor, evidence });
  const areProbabilities = outputs.data.every((p) => p >= 0 && p <= 1);
  if (areProbabilities && same(withLogits(outputs)) && end >= (1 - AGREES) * floor / 2) {
    return twice("All of the model's outputs lie between 0 and 1, and the loss applies a sigmoid to them.");
  }
  const again = withLogits(outputs.sigmoid());
  if (!areProbabilities && same(again) && !same(withLogits(outputs))) {
    return twice(
      `The loss gives ${
        formatNumber(now)
      } for the model's outputs, as the one for logits does after a sigmoid.`,
    );
  }
}

function rowsAreProbabilities({ data, shape: [rows, columns] }: Tensor): boolean {
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let i = row * columns; i < (row + 1) * columns; i++) {
      if (!(data[i] >= 0 && data[i] <= 1)) return false;
      sum += data[i];
    }
    if (Math.abs(sum - 1) > SAME) return false;
  }
  return true;
}
