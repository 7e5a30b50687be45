/** Softmax, its logarithm, the loss and its gradient in one loop. */

import { exp } from "./exponentials.ts";
import type { Floats } from "./kernels.ts";
import { log } from "./logarithms.ts";

/** Loss and gradient of each row, as {@link Kernels.crossEntropy} says; every result is rounded to the dtype. */
export function crossEntropy(logits: Floats, wanted: Floats, losses: Float64Array, slopes: Floats): void {
  const round = logits instanceof Float32Array ? Math.fround : (x: number) => x;
  const classes = logits.length / losses.length;
  for (let row = 0, from = 0; row < losses.length; row++, from += classes) {
    const to = from + classes;
    let largest = -Infinity, sum = 0, share = 0, loss = 0;
    for (let i = from; i < to; i++) largest = Math.max(largest, logits[i]);
    for (let i = from; i < to; i++) {
      slopes[i] = exp(round(logits[i] - largest)); // at most 1: nothing overflows
      sum += slopes[i];
      share += wanted[i];
    }
    const total = round(sum), logTotal = round(log(total));
    for (let i = from; i < to; i++) {
      // 0·ln 0 is 0 here: a class that is not wanted costs nothing, however improbable it is.
      if (wanted[i] !== 0) loss -= wanted[i] * round(round(logits[i] - largest) - logTotal);
      slopes[i] = round(round(slopes[i] / total) * round(share)) - wanted[i];
    }
    losses[row] = loss;
  }
}
