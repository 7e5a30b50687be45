/** What a run can be compared with: the best constant answer, and the answers of the nearest neighbours. */

import { maxOf } from "../../kernels/extremes.ts";
import type { Examples, Targets } from "../../data/dataset.ts";
import { log } from "../../kernels/elementary.ts";
import { noGrad } from "../../tensor/record.ts";
import { Tensor } from "../../tensor/tensor.ts";
import type { Loss } from "../fit_options.ts";
import { mean, variance } from "./averages.ts";

/** Share of each class 0…C−1. */
export function classShares(labels: Uint8Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label]++;
  return counts.map((count) => count / labels.length);
}

/**
 * The loss of a model that has not looked at its inputs: the same answer for every example, as good as can be.
 *
 * For classes the logits ln(share), which is the optimum of the cross-entropy; for numbers the mean target, or its
 * logit where the loss takes logits, whichever is better.
 *
 * @param outputs Of the model: only shape and dtype matter
 * @returns `undefined` if the loss cannot be computed for such an answer
 */
export function constantLoss(
  loss: Loss<Targets>,
  outputs: Tensor,
  targets: Targets,
): number | undefined {
  const width = outputs.size / outputs.shape[0];
  const answers: number[][] = [];
  if (targets instanceof Uint8Array) {
    // A class that never occurs gets a small share, since ln 0 is no number.
    answers.push(classShares(targets, width).map((share) => log(Math.max(share, 1e-9))));
  } else {
    const means = Array.from({ length: width }, (_, column) => columnMean(targets, column, width));
    answers.push(means);
    if (means.every((p) => p > 0 && p < 1)) answers.push(means.map((p) => log(p / (1 - p))));
  }
  const losses = answers.flatMap((answer) => {
    const data = outputs.data.slice();
    for (let i = 0; i < data.length; i++) data[i] = answer[i % width];
    try {
      const value = noGrad(() => loss(new Tensor(data, outputs.shape), targets)).item();
      return Number.isFinite(value) ? [value] : [];
    } catch {
      return [];
    }
  });
  return losses.length > 0 ? losses.reduce((a, b) => Math.min(a, b)) : undefined;
}

/** How well examples are predicted by the others that lie next to them. */
export interface Neighbours {
  /** Share of examples whose nearest neighbour has another class; or its mean squared difference / (2·variance). */
  readonly nearest: number;
  /** What `nearest` would be if targets had nothing to do with inputs. */
  readonly chance: number;
  /** Whether targets seem to have nothing to do with inputs, and the examples are enough to say so. */
  readonly unrelated: boolean;
  /** Share of wrong answers of the five nearest; or their mean squared error. */
  readonly five: number;
}

/** With fewer examples, neighbours are too far away to say anything. */
const FEWEST = 40;
/** Distances grow with the square of this. */
const MOST = 300;
const K = 5;

/**
 * The rule of the nearest neighbours, each example judged by the others: what a method without training reaches. A
 * trained model should not be far worse. And if neighbours agree no more often than strangers, the targets do not
 * belong to the inputs, or the inputs say nothing about them.
 *
 * Distances are between inputs brought to one scale, so that the units of the inputs do not matter.
 *
 * @see Cover, Hart (1967), "Nearest neighbor pattern classification": the nearest neighbour errs at most twice as often
 * as any method could, given examples enough
 */
export function neighbours({ inputs, targets }: Examples): Neighbours | undefined {
  const all = inputs.shape[0];
  if (all < FEWEST) return undefined;
  const rows = spread(all, MOST);
  const x = standardized(inputs, rows);
  const classes = targets instanceof Uint8Array;
  const y = (i: number) => classes ? targets[rows[i]] : targets.data[rows[i] * (targets.size / all)];
  const values = rows.map((_, i) => y(i));
  const wrong: number[] = [];
  let five = 0;
  for (let i = 0; i < rows.length; i++) {
    const near = nearestTo(x, i);
    const own = values[i];
    const first = values[near[0]];
    wrong.push(classes ? Number(first !== own) : (first - own) * (first - own));
    const votes = near.map((j) => values[j]);
    const guess = classes ? mostFrequent(votes) : votes.reduce((a, b) => a + b) / K;
    five += classes ? Number(guess !== own) : (guess - own) * (guess - own);
  }
  const n = rows.length;
  five /= n;
  if (classes) {
    const shares = classShares(Uint8Array.from(values), maxOf(values) + 1);
    const chance = 1 - shares.reduce((sum, share) => sum + share * share, 0);
    const nearest = mean(wrong);
    return {
      nearest,
      chance,
      unrelated: asStrangers(nearest, chance, Math.sqrt(chance * (1 - chance) / n)),
      five,
    };
  }
  const ofAny = 2 * variance(values); // two examples picked at random differ by so much, squared
  if (ofAny === 0) return undefined;
  const scaled = wrong.map((square) => square / ofAny);
  const nearest = mean(scaled);
  return { nearest, chance: 1, unrelated: asStrangers(nearest, 1, Math.sqrt(variance(scaled) / n)), five };
}

/** Two standard errors are the usual doubt; with large ones, as rare classes have, the test could hardly have failed. */
function asStrangers(nearest: number, chance: number, error: number): boolean {
  return nearest >= chance - 2 * error && error < 0.15 * chance;
}

/** At most `most` of the numbers 0…n−1, evenly spread. */
export function spread(n: number, most: number): number[] {
  const count = Math.min(n, most);
  return Array.from({ length: count }, (_, i) => Math.floor(i * n / count));
}

/** The chosen rows, every column with mean 0 and standard deviation 1. */
function standardized({ data, shape }: Tensor, rows: readonly number[]): Float64Array[] {
  const width = data.length / shape[0];
  const out = rows.map((row) => Float64Array.from(data.subarray(row * width, (row + 1) * width)));
  for (let column = 0; column < width; column++) {
    const values = out.map((row) => row[column]);
    const center = mean(values);
    const deviation = Math.sqrt(variance(values));
    for (const row of out) row[column] = deviation > 0 ? (row[column] - center) / deviation : 0;
  }
  return out;
}

/** The K rows nearest to row i, itself left out. */
function nearestTo(x: readonly Float64Array[], i: number): number[] {
  const best: { j: number; distance: number }[] = [];
  for (let j = 0; j < x.length; j++) {
    if (j === i) continue;
    let distance = 0;
    for (let d = 0; d < x[i].length; d++) distance += (x[i][d] - x[j][d]) * (x[i][d] - x[j][d]);
    if (best.length === K && distance >= best[K - 1].distance) continue;
    let at = best.length;
    while (at > 0 && best[at - 1].distance > distance) at--;
    best.splice(at, 0, { j, distance });
    best.length = Math.min(best.length, K);
  }
  return best.map(({ j }) => j);
}

function mostFrequent(votes: readonly number[]): number {
  const count = (value: number) => votes.filter((vote) => vote === value).length;
  return votes.reduce((best, vote) => (count(vote) > count(best) ? vote : best)); // a tie goes to the nearer
}

function columnMean({ data }: Tensor, column: number, width: number): number {
  return mean(Float64Array.from({ length: data.length / width }, (_, row) => data[row * width + column]));
}
