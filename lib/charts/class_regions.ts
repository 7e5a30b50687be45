import { type DType, emptyFloats } from "../tensor/dtype.ts";
import { formatShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { predicting, type Predictor } from "../train/model.ts";
import { ChartDataError } from "./errors.ts";

/** What a model says about places in the plane. */
export interface Says {
  /** Its class at each place */
  classes: Uint8Array;
  /** For each class, by how much its score is above the best other, at each place: its region is where that is ≥ 0 */
  margins: Float64Array[];
}

/**
 * Asks a model for its class at places `[N, 2]`.
 *
 * Of `[N, C]` outputs the greatest wins. A single output is the score of class 1 against class 0: it wins from ½ where
 * all outputs lie in 0…1, as probabilities do, and from 0 otherwise.
 */
export function classesAt(model: Predictor, places: Float64Array, dtype: DType, classes: number): Says {
  const count = places.length / 2;
  const inputs = emptyFloats(dtype, places.length);
  inputs.set(places);
  const { data, shape } = predicting(model, () => model.forward(new Tensor(inputs, [count, 2])));
  const columns = shape.length === 1 ? 1 : shape[1];
  if (shape[0] !== count || shape.length > 2 || columns === 0) {
    throw new ChartDataError(
      `classChart() expects model.forward([N, 2]) to give scores [N, C], got ${
        formatShape(shape)
      } for N = ${count}.`,
    );
  }
  const bad = data.findIndex((value) => Number.isNaN(value));
  if (bad !== -1) {
    const place = Math.floor(bad / columns);
    throw new ChartDataError(
      `classChart() cannot draw regions: the model says NaN at (${places[2 * place]}, ${
        places[2 * place + 1]
      }).`,
    );
  }
  const isShare = columns === 1 && data.every((value) => value >= 0 && value <= 1);
  const threshold = isShare ? 0.5 : 0;
  const score = (place: number, c: number) =>
    columns === 1 ? (c === 1 ? data[place] - threshold : threshold - data[place]) : data[place * columns + c];
  const C = columns === 1 ? 2 : columns;
  const says: Says = {
    classes: new Uint8Array(count),
    margins: Array.from({ length: Math.max(C, classes) }, () => new Float64Array(count).fill(-1)),
  };
  for (let place = 0; place < count; place++) {
    let best = 0, second = -Infinity;
    for (let c = 1; c < C; c++) {
      if (score(place, c) > score(place, best)) [second, best] = [score(place, best), c];
      else second = Math.max(second, score(place, c));
    }
    says.classes[place] = best;
    for (let c = 0; c < C; c++) {
      says.margins[c][place] = score(place, c) - (c === best ? second : score(place, best));
    }
  }
  return says;
}
