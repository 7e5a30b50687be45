/** Gradient clipping: a bound on how far one bad minibatch can throw the weights. */

import { checkNames } from "../checks/options.ts";
import { checkPositive } from "../checks/ranges.ts";
import { text } from "../checks/values.ts";
import { kernels } from "../kernels/current.ts";
import { emptyFloats } from "../tensor/dtype.ts";
import { formatShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

/**
 * The length of all gradients taken as one vector: √Σg², over every entry of every parameter that has a gradient.
 *
 * @param parameters Usually `model.parameters()`; those without a gradient count as 0
 * @returns ≥ 0; NaN if any entry is NaN, `Infinity` if any is infinite
 * @throws {TypeError} If it is not a list of tensors
 * @example
 * ```ts
 * import { gradNorm, parameter, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const a = parameter([1]), b = parameter([1]);
 * a.mul(3).add(b.mul(4)).sum().backward();
 * assertEquals(gradNorm([a, b]), 5);
 * ```
 */
export function gradNorm(parameters: readonly Tensor[]): number {
  const gradients = gradientsOf("gradNorm", parameters);
  const squares = gradients.reduce((sum, { data }) => sum + kernels.squaredDistance(data), 0);
  if (squares > 1e-290 && squares < Infinity) return Math.sqrt(squares);
  // The squares of 1e200 and of 1e-200 are out of range: in units of the largest entry they are not.
  let largest = 0;
  for (const { data } of gradients) {
    for (let i = 0; i < data.length; i++) largest = Math.max(largest, Math.abs(data[i])); // NaN stays
  }
  if (!(largest > 0 && largest < Infinity)) return largest;
  let sum = 0;
  for (const { data } of gradients) {
    for (let i = 0; i < data.length; i++) sum += (data[i] / largest) * (data[i] / largest);
  }
  return largest * Math.sqrt(sum);
}

/**
 * Shortens all gradients by one factor, so that their joint length is at most `maxNorm`; the direction stays.
 *
 * g ← g · min(1, maxNorm/(‖g‖ + 10⁻⁶)), where ‖g‖ is {@link gradNorm} and 10⁻⁶ is PyTorch's guard: the new norm is a
 * little below `maxNorm`, and a norm within 10⁻⁶ below it is shortened too.
 *
 * Nothing can be shortened by a norm that is NaN or infinite. It is returned all the same, and the gradients stay as
 * they are (PyTorch turns every one of them into NaN or 0), so that they show which parameter it came from.
 *
 * @param parameters Usually `model.parameters()`; those without a gradient are skipped
 * @param maxNorm > 0; `Infinity` only measures. 5 and 1 are common
 * @param options `errorIfNonfinite`: throw instead of returning NaN or Infinity; false by default
 * @returns The norm before: keep it, it is the best early sign of trouble
 * @throws {RangeError} If maxNorm is not > 0, or the norm is not finite with `errorIfNonfinite`
 * @throws {TypeError} If it is not a list of tensors
 * @see Pascanu, Mikolov, Bengio (2013), "On the difficulty of training recurrent neural networks", algorithm 1
 * @see torch.nn.utils.clip_grad_norm_
 * @example
 * ```ts
 * import { clipGradNorm, gradNorm, parameter, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const w = parameter([0, 0]);
 * w.mul(tensor([30, 40])).sum().backward();
 * assertEquals(clipGradNorm([w], 5), 50);
 * assertEquals(gradNorm([w]).toFixed(4), "5.0000"); // now ∂L/∂w = [3, 4]
 * ```
 */
export function clipGradNorm(
  parameters: readonly Tensor[],
  maxNorm: number,
  options: { readonly errorIfNonfinite?: boolean } = {},
): number {
  checkNames("clipGradNorm", ["errorIfNonfinite"], options);
  const { errorIfNonfinite = false } = options;
  if (maxNorm !== Infinity) checkPositive("clipGradNorm", "maxNorm", maxNorm);
  const norm = gradNorm(parameters);
  if (!Number.isFinite(norm)) {
    if (errorIfNonfinite) throw new RangeError(`clipGradNorm: the norm is ${norm}, ${blame(parameters)}`);
    return norm;
  }
  const factor = Math.min(1, maxNorm / (norm + 1e-6));
  if (factor < 1) replaceGradients(parameters, (g) => g * factor);
  return norm;
}

/**
 * Cuts every entry of every gradient to the interval from −limit to limit, each by itself: the direction changes.
 *
 * @param parameters Usually `model.parameters()`; those without a gradient are skipped
 * @param limit > 0, in the unit of the gradient. NaN stays NaN
 * @throws {RangeError} If the limit is not > 0
 * @throws {TypeError} If it is not a list of tensors
 * @see torch.nn.utils.clip_grad_value_
 * @example
 * ```ts
 * import { clipGradValue, parameter, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const w = parameter([0, 0, 0]);
 * w.mul(tensor([30, -0.5, -7])).sum().backward();
 * clipGradValue([w], 5);
 * assertEquals(w.grad?.toArray(), [5, -0.5, -5]);
 * ```
 */
export function clipGradValue(parameters: readonly Tensor[], limit: number): void {
  checkPositive("clipGradValue", "limit", limit);
  gradientsOf("clipGradValue", parameters);
  replaceGradients(parameters, (g) => Math.max(-limit, Math.min(limit, g)));
}

/** New tensors in place of the gradients: two parameters may share one, which must not be changed twice. */
function replaceGradients(parameters: readonly Tensor[], f: (g: number) => number): void {
  for (const parameter of new Set(parameters)) {
    if (parameter.grad === undefined) continue;
    const { data, shape, dtype } = parameter.grad;
    const out = emptyFloats(dtype, data.length);
    for (let i = 0; i < out.length; i++) out[i] = f(data[i]);
    parameter.grad = new Tensor(out, shape);
  }
}

function gradientsOf(caller: string, parameters: readonly Tensor[]): Tensor[] {
  if (!Array.isArray(parameters) || !parameters.every((parameter) => parameter instanceof Tensor)) {
    throw new TypeError(
      `${caller}: expected a list of tensors, such as model.parameters(), got ${text(parameters)}.`,
    );
  }
  return [...new Set(parameters)].flatMap(({ grad }) => grad ?? []);
}

/** Which parameter has the first entry that is not finite. */
function blame(parameters: readonly Tensor[]): string {
  for (const [p, { grad }] of parameters.entries()) {
    const i = grad?.data.findIndex((g) => !Number.isFinite(g)) ?? -1;
    if (grad && i >= 0) {
      return `since the gradient of parameter ${p}, shape ${formatShape(grad.shape)}, is ` +
        `${grad.data[i]} at entry ` +
        `${i}. Clipping cannot repair that; lower the learning rate, or look for a log(0) or a division by 0.`;
    }
  }
  return "since the gradients are too large to add up.";
}
