// What the tests of the optimizers share: training with given gradients, and all optimizers by name.
import {
  Adam,
  type AdamOptions,
  AdamW,
  type NestedNumbers,
  type Optimizer,
  parameter,
  RMSprop,
  type RMSpropOptions,
  SGD,
  type SGDOptions,
  Tensor,
  tensor,
} from "backprop";

export type OptimizerName = "SGD" | "RMSprop" | "Adam" | "AdamW";
export type Options = SGDOptions | RMSpropOptions | AdamOptions;
// Which options belong to which class is known to the tests, not to the compiler.
// deno-lint-ignore no-explicit-any
const classes: Record<OptimizerName, new (parameters: any, options?: any) => Optimizer> = {
  SGD,
  RMSprop,
  Adam,
  AdamW,
};

export function make(name: OptimizerName, parameters: unknown, options?: Options): Optimizer {
  return new classes[name](parameters, options);
}

/** One parameter per number, in one tensor. */
export function weights(values: NestedNumbers, dtype: "float64" | "float32" = "float64"): Tensor {
  return parameter(values, { dtype });
}

/** One step with this gradient in place of one by backward(). */
export function stepWith(optimizer: Optimizer, w: Tensor, gradient: readonly number[]): void {
  w.grad = new Tensor(tensor(gradient, { dtype: w.dtype }).data, w.shape);
  optimizer.step();
}

/** The numbers of the parameter after every step. */
export function path(
  name: OptimizerName,
  options: Options,
  start: readonly number[],
  gradients: readonly (readonly number[])[],
  learningRates?: readonly number[],
): number[][] {
  const w = weights(start);
  const optimizer = make(name, [w], options);
  return gradients.map((gradient, step) => {
    if (learningRates) optimizer.learningRate = learningRates[step];
    stepWith(optimizer, w, gradient);
    return [...w.data];
  });
}

/** The largest difference between two paths, as a part of the largest number in them. */
export function distance(a: readonly number[][], b: readonly number[][]): number {
  const largest = Math.max(1e-300, ...a.flat().map(Math.abs), ...b.flat().map(Math.abs));
  return Math.max(
    ...a.flat().map((value, i) => {
      const difference = Math.abs(value - b.flat()[i]);
      return Number.isNaN(difference) ? Infinity : difference / largest;
    }),
  );
}
