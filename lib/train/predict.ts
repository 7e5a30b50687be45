/** Predictions for more inputs than one would compute at once. */

import { emptyFloats } from "../tensor/dtype.ts";
import { Tensor } from "../tensor/tensor.ts";
import { predicting, type Predictor } from "./model.ts";

/**
 * The model's outputs for all inputs, in prediction mode, some rows at a time.
 *
 * @param inputs `[N, D]`, N from 1
 * @param rows How many at a time
 * @param between Called between two parts; `true` ends it
 * @returns `[N, …]`, or `undefined` if it was ended
 */
export async function predict(
  model: Predictor,
  inputs: Tensor,
  rows: number,
  between: () => Promise<boolean> | boolean,
): Promise<Tensor | undefined> {
  const count = inputs.shape[0];
  let all: Tensor | undefined;
  for (let from = 0; from < count; from += rows) {
    if (from > 0 && await between()) return undefined;
    const part = predicting(model, () => model.forward(inputs.slice(from, Math.min(from + rows, count))));
    if (part.shape[0] === count) return part.detach();
    const width = part.size / part.shape[0];
    all ??= new Tensor(emptyFloats(part.dtype, count * width), [count, ...part.shape.slice(1)]);
    all.data.set(part.data, from * width);
  }
  return all;
}
