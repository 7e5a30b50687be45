/** How curved the loss is where a network stands: what limits the learning rate. */

import { checkNames } from "../checks/options.ts";
import { checkCount } from "../checks/ranges.ts";
import { checkFunctions } from "../checks/values.ts";
import { countRows, type Dataset, examplesOf, type Targets, type TargetsOf } from "../data/dataset.ts";
import { FLOAT64 } from "../tensor/dtype.ts";
import { Rng } from "../tensor/random.ts";
import { checkedLoss, defaultMeasures } from "./evaluate.ts";
import type { Loss } from "./fit_options.ts";
import { checkPredictor, setTraining, type TrainableModel } from "./model.ts";
import { keep } from "./snapshot.ts";

/** Options of {@link sharpness}. */
export interface SharpnessOptions<T> {
  /** Default `crossEntropyLoss`. */
  readonly loss?: T;
  /** The most rounds of the power method (default 100); each costs two gradients. */
  readonly rounds?: number;
}

/** Half the distance of the two gradients that are compared. */
const STEP = 1e-4;
/** The method ends when λ changes by less than this part of itself. */
const SETTLED = 1e-6;

/**
 * The curvature of the loss along the direction in which it is most curved: the eigenvalue λ of the Hessian matrix of
 * second derivatives that is largest in size, at the model's parameters as they are now.
 *
 * Plain gradient descent on a bowl of curvature λ diverges if η > 2/λ. On a network λ changes as training goes, so
 * 2/λ is the limit here and now, of descent on all of these data; it is no guarantee for what comes.
 *
 * By the power method: v ← Hv/‖Hv‖ again and again, where Hv ≈ (∇L(θ + hv) − ∇L(θ − hv))/2h needs two gradients and
 * never the matrix. Where the loss has kinks, as with ReLU, it is the curvature between them. Measured in prediction
 * mode; afterwards the model and its gradients are exactly as they were.
 *
 * @param model Any model, in float64: the difference of two gradients needs the digits
 * @param data What the loss is the mean over
 * @param options `loss`, `rounds`
 * @returns λ, in units of loss per squared parameter; negative at a place that curves down more than up
 * @throws {TypeError} If a parameter is float32
 * @throws {RangeError} If a gradient is not finite
 * @see Golub, Van Loan (2013), "Matrix Computations", 4th edition, §7.3
 * @see Cohen et al. (2021), "Gradient descent on neural networks typically occurs at the edge of stability"
 * @example
 * ```ts
 * import { exerciseLine, Linear, mseLoss, Rng, sharpness } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const line = new Linear(1, 1, { rng: new Rng(0) });
 * const curvature = sharpness(line, exerciseLine(), { loss: mseLoss });
 * assertEquals((2 / curvature).toFixed(4), "0.9536"); // a rate of 0.95 converges, 0.96 diverges
 * ```
 */
export function sharpness<D extends Dataset>(
  model: TrainableModel,
  data: D,
  options: SharpnessOptions<Loss<TargetsOf<D>>> = {},
): number {
  checkNames("sharpness", ["loss", "rounds"], options);
  const { rounds = 100 } = options;
  checkCount("sharpness", "rounds", rounds, 1);
  countRows(data, "sharpness");
  checkPredictor("sharpness", model);
  checkFunctions("sharpness", options, ["loss"]);
  const { inputs, targets } = examplesOf(data);
  const lossOf = checkedLoss("sharpness", (options.loss ?? defaultMeasures(targets).loss) as Loss<Targets>);
  const parameters = model.parameters().filter(({ requiresGrad }) => requiresGrad);
  if (parameters.some(({ dtype }) => dtype !== "float64")) {
    throw new TypeError(
      "sharpness: expected a float64 model; in float32, 7 digits drown the difference of two gradients.",
    );
  }
  const places = parameters.map(({ data }) => data.slice());
  const gradientAt = (direction: Float64Array[], distance: number): Float64Array[] => {
    parameters.forEach((parameter, p) => {
      parameter.grad = undefined;
      parameter.data.forEach((_, i) => parameter.data[i] = places[p][i] + distance * direction[p][i]);
    });
    lossOf(model.forward(inputs), targets).backward();
    return parameters.map(({ grad, size }) => grad ? Float64Array.from(grad.data) : new Float64Array(size));
  };

  const putBack = keep(model);
  try {
    setTraining(model, false);
    const rng = new Rng(0);
    let direction = unit(parameters.map(({ shape }) => Float64Array.from(rng.randn(shape, FLOAT64).data)));
    let curvature = NaN;
    for (let round = 0; round < rounds; round++) {
      const ahead = gradientAt(direction, STEP), behind = gradientAt(direction, -STEP);
      const turned = ahead.map((g, p) => g.map((value, i) => (value - behind[p][i]) / (2 * STEP)));
      const before = curvature;
      curvature = dot(direction, turned);
      if (!Number.isFinite(curvature)) {
        throw new RangeError(
          "sharpness: a gradient is NaN or infinite here, so the loss has no curvature to measure.",
        );
      }
      if (curvature === 0 || Math.abs(curvature - before) < SETTLED * Math.abs(curvature)) break;
      direction = unit(turned);
    }
    return curvature;
  } finally {
    putBack();
  }
}

function dot(a: readonly Float64Array[], b: readonly Float64Array[]): number {
  let sum = 0;
  a.forEach((values, p) => values.forEach((value, i) => sum += value * b[p][i]));
  return sum;
}

function unit(direction: Float64Array[]): Float64Array[] {
  const length = Math.sqrt(dot(direction, direction));
  return direction.map((values) => values.map((value) => value / length));
}
