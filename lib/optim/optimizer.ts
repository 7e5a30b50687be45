/** What all optimizers share: parameter groups, one step over all parameters, and a state that can be saved. */

import { checkNotNegative } from "../checks/ranges.ts";
import { kernels } from "../kernels/current.ts";
import type { Floats, StepFormula } from "../kernels/kernels.ts";
import { noteChange } from "../tensor/changes.ts";
import { DTypeError, residentFloats } from "../tensor/dtype.ts";
import { formatShape, sameShape, ShapeError } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Hyperparameters, makeGroups, type ParameterGroup, type Trainable } from "./groups.ts";

import { type BufferNames, type OptimizerStateDict, type ParameterState, readState } from "./state.ts";

export type { Hyperparameters, ParameterGroup, Trainable };

/**
 * The base of all optimizers. An optimizer turns gradients into a change of the parameters; computing the
 * gradients is the work of `backward()`.
 *
 * `step()` changes `parameter.data` in place and records nothing. A parameter without a gradient is skipped, and
 * so is one whose `requiresGrad` was switched off since: both keep their numbers and their state.
 *
 * A subclass gives `update`, `validate` and `bufferNames`. Hyperparameters are checked before every step, since
 * `groups` may be changed at any time.
 *
 * @example
 * ```ts
 * import { parameter, SGD } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const slow = parameter([1]), fast = parameter([1]);
 * const optimizer = new SGD([
 *   { parameters: [slow] },
 *   { parameters: [fast], learningRate: 0.5 },
 * ], { learningRate: 0.1 }); // for the groups that do not say
 * slow.add(fast).sum().backward(); // both gradients are 1
 * optimizer.step();
 * assertEquals([slow.item(), fast.item()], [0.9, 0.5]);
 * ```
 */
export abstract class Optimizer<H extends Hyperparameters = Hyperparameters> {
  /** The parameters with their hyperparameters; one group, if the optimizer was given a plain list. */
  readonly groups: readonly ParameterGroup<H>[];
  private states = new Map<Tensor, ParameterState>();

  /**
   * Takes the parameters; nothing changes before the first `step()`.
   *
   * @param parameters What to train: `model.parameters()`, or groups
   * @param defaults The hyperparameters of a group that does not say otherwise
   * @throws {TypeError} If it is not a list of parameters, or one is no leaf that requires a gradient
   * @throws {RangeError} If it is empty, a parameter is there twice, or a hyperparameter is out of its range
   */
  constructor(parameters: Trainable<H>, defaults: H) {
    this.groups = makeGroups(this.name, parameters, defaults);
    for (const group of this.groups) this.check(group);
  }

  /** The name of the class, for messages and saved states. */
  get name(): string {
    return this.constructor.name;
  }

  /**
   * η of the first group. Setting it gives every group this rate, if all had the same.
   *
   * @throws {RangeError} If it is set to a negative number or NaN, or the groups have different rates, which one
   * number would wipe out: set `groups[i].learningRate` then
   */
  get learningRate(): number {
    return this.groups[0].learningRate;
  }
  set learningRate(value: number) {
    checkNotNegative(this.name, "learningRate", value);
    const rates = this.groups.map((group) => group.learningRate);
    if (rates.some((rate) => rate !== rates[0])) {
      throw new RangeError(
        `${this.name}: cannot set one learningRate, since the groups have different ones ` +
          `(${rates.join(", ")}); set groups[i].learningRate of each.`,
      );
    }
    for (const group of this.groups) group.learningRate = value;
  }

  /** Forgets all gradients. `backward()` adds to them, so this belongs before (or after) every step. */
  zeroGrad(): void {
    for (const { parameters } of this.groups) {
      for (const parameter of parameters) parameter.grad = undefined;
    }
  }

  /**
   * One update of every parameter that has a gradient.
   *
   * @throws {RangeError} If a hyperparameter was changed to something out of its range; nothing is updated then
   * @throws {ShapeError} If a gradient has another shape than its parameter; nothing is updated then
   * @throws {DTypeError} If a gradient has another dtype than its parameter; nothing is updated then
   */
  step(): void {
    for (const group of this.groups) {
      this.check(group);
      group.parameters.forEach((parameter, i) => this.checkGradient(parameter, i));
    }
    const changed: Floats[] = [];
    for (const group of this.groups) {
      for (const parameter of group.parameters) {
        const gradient = parameter.grad;
        if (gradient === undefined || !parameter.requiresGrad) continue;
        const state = this.states.get(parameter) ?? { steps: 0, buffers: {} };
        this.states.set(parameter, state);
        state.steps++;
        changed.push(parameter.data);
        const { data } = parameter;
        if (!this.stepByKernels(data, gradient.data, group, state)) {
          this.update(data, gradient.data, group, state);
        }
      }
    }
    noteChange(`${this.name}.step()`, changed);
  }

  /**
   * Everything that the next step depends on beside parameters and gradients, copied. An optimizer that loads it
   * goes on with the same bits as this one.
   */
  stateDict(): OptimizerStateDict {
    return {
      optimizer: this.name,
      groups: this.groups.map(({ parameters, ...hyperparameters }) => ({
        parameterCount: parameters.length,
        hyperparameters: structuredClone(hyperparameters),
      })),
      parameters: this.groups.flatMap(({ parameters }) => parameters).map((parameter) => {
        const { steps, buffers } = this.states.get(parameter) ?? { steps: 0, buffers: {} };
        return {
          steps,
          buffers: Object.fromEntries(Object.entries(buffers).map(([name, x]) => [name, x.slice()])),
        };
      }),
    };
  }

  /**
   * Goes on where the optimizer that wrote `saved` stopped: its hyperparameters, and the state of each parameter,
   * matched by order. Loads all or nothing.
   *
   * @param saved From {@link stateDict} of the same class, for parameters of the same sizes and dtypes
   * @throws {TypeError} If it is no such state, or of another class of optimizer
   * @throws {RangeError} If it has other numbers of groups or parameters, or a hyperparameter out of its range
   * @throws {ShapeError} If a buffer has another size than its parameter
   * @throws {DTypeError} If a buffer is a typed array of another dtype than its parameter
   */
  loadStateDict(saved: OptimizerStateDict): void {
    const { hyperparameters, states } = readState(this.name, saved, this.groups, this.bufferNames());
    hyperparameters.forEach((values, i) => this.check({ ...this.groups[i], ...values }));
    hyperparameters.forEach((values, i) => Object.assign(this.groups[i], values));
    this.states = states;
  }

  /**
   * Changes the numbers of one parameter, in place.
   *
   * @param w The parameter's numbers
   * @param g ∂L/∂w
   * @param hyperparameters Those of its group
   * @param state Its own: `steps` already counts this one
   */
  protected abstract update(w: Floats, g: Floats, hyperparameters: H, state: ParameterState): void;

  /**
   * How kernels can do the work of {@link update}. A subclass that overrides `update` alone is stepped by its `update`.
   *
   * @internal
   */
  protected fusedStep?(hyperparameters: H, state: ParameterState): FusedStep;

  /** Throws unless every hyperparameter but the learning rate is in its range. */
  protected abstract validate(hyperparameters: H): void;

  /** The names of the buffers that {@link update} keeps: those it always needs, and those that options add. */
  protected abstract bufferNames(): BufferNames;

  /** Lets the kernels do the work of {@link update}, where that is faster; returns whether they did. */
  private stepByKernels(w: Floats, g: Floats, hyperparameters: H, state: ParameterState): boolean {
    const { optimizers } = kernels;
    if (optimizers === undefined || w.length < optimizers.least || !this.knowsFusedStep) return false;
    const before = { ...state.buffers };
    const { formula, buffers, numbers } = this.fusedStep!(hyperparameters, state);
    const arrays = buffers.map((name) => name === undefined ? name : bufferOf(state, name, w));
    if (optimizers.step(formula, [w, g, ...arrays], numbers)) return true;
    state.buffers = before;
    return false;
  }

  /** Whether the class that defines `update` defines `fusedStep` too. */
  private get knowsFusedStep(): boolean {
    let owner = Object.getPrototypeOf(this);
    while (!Object.hasOwn(owner, "update")) owner = Object.getPrototypeOf(owner);
    return Object.hasOwn(owner, "fusedStep");
  }

  /** Throws unless every hyperparameter of the group is in its range. */
  private check(group: ParameterGroup<H>): void {
    checkNotNegative(this.name, "learningRate", group.learningRate);
    this.validate(group);
  }

  /** Throws unless the gradient, if there is one, fits its parameter. */
  private checkGradient(parameter: Tensor, i: number): void {
    const { grad } = parameter;
    if (grad === undefined) return;
    const what = `${this.name}.step: parameter ${i} of its group`;
    if (!sameShape(grad.shape, parameter.shape)) {
      throw new ShapeError(
        `${what} has shape ${formatShape(parameter.shape)}, its gradient ${formatShape(grad.shape)}; ` +
          "they must be equal.",
      );
    }
    if (grad.dtype !== parameter.dtype) {
      throw new DTypeError(`${what} is ${parameter.dtype}, its gradient ${grad.dtype}; they must be equal.`);
    }
  }
}

/** What kernels need to do the work of an optimizer's `update`. */
export interface FusedStep {
  /** Which formula. */
  readonly formula: StepFormula;
  /** The names of its buffers; `undefined` for one that is not in use. */
  readonly buffers: readonly (string | undefined)[];
  /** What is the same for all entries, in the order of the formula. */
  readonly numbers: readonly number[];
}

/** The buffer of that name, as long as `w`; zeros when it is first asked for. */
export function bufferOf(state: ParameterState, name: string, w: Floats): Floats {
  const dtype = w instanceof Float64Array ? "float64" : "float32";
  return state.buffers[name] ??= residentFloats(dtype, w.length);
}
