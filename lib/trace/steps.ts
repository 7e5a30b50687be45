/** What a trace is made of: quantities that are given, and steps that compute one more from those before. */

import type { Tensor } from "../tensor/tensor.ts";
import { fill, inFormula, namesIn, type Quantity } from "./notation.ts";

/** Gives the value of a quantity by its name. */
export type Lookup = (name: string) => Tensor;

/** A mistake that this step invites: what comes out of it, and what to say. */
export interface StepSlip {
  /** The mistake in a clause. */
  readonly says: string;
  /** What comes out of it. */
  readonly compute: (get: Lookup) => Tensor;
}

/** Which part of a training step a line belongs to. */
export type Phase = "forward" | "backward" | "update";

/** One line of a trace: a formula, the numbers that go in, and the number (or numbers) that come out. */
export interface TraceStep extends Quantity {
  /** Forward, backward or update. */
  readonly phase: Phase;
  /** Plain text: `"x·w₁ + b₁"`. */
  readonly formula: string;
  /** The same in LaTeX, without dollars. */
  readonly formulaLatex: string;
  /** The formula with numbers in it, if all of them are single numbers and there is something to compute: `"1·0.5 + 0"`. */
  readonly numbers: string | undefined;
  /** Names of the quantities that go in. */
  readonly from: readonly string[];
  /** What comes out. */
  readonly value: Tensor;
  /** Of a step backward: the name of the gradient that comes from behind. */
  readonly upstream: string | undefined;
  /** Of a step backward: the factor that it adds, such as ∂z₁/∂w₁ = x. */
  readonly local: { readonly symbol: string; readonly latex: string; readonly value: Tensor } | undefined;
  /** Computes the value anew from other inputs. */
  readonly compute: (get: Lookup) => Tensor;
  /** Mistakes that this step invites. */
  readonly slips: readonly StepSlip[];
}

/** A quantity that nothing computes: inputs, targets, parameters, the learning rate. */
export interface Given extends Quantity {
  /** Its numbers. */
  readonly value: Tensor;
}

/** How a step is described to the recorder. Formulas are templates: `"@{x}·@{w1} + @{b1}"`. */
export interface StepPlan {
  readonly phase: Phase;
  readonly quantity: Quantity;
  readonly formula: string;
  readonly latex: string;
  readonly compute: (get: Lookup) => Tensor;
  readonly upstream?: string;
  readonly local?: {
    readonly formula: string;
    readonly latex: string;
    readonly compute: (get: Lookup) => Tensor;
  };
  readonly slips?: readonly StepSlip[];
}

/** Writes a trace, line by line, computing as it goes. */
export class Recorder {
  readonly givens: Given[] = [];
  readonly steps: TraceStep[] = [];
  private readonly known = new Map<string, Given>();

  /** The value of a quantity that was given or computed. */
  readonly get: Lookup = (name) => this.quantity(name).value;

  /** The quantity of that name. */
  quantity(name: string): Given {
    const found = this.known.get(name);
    if (!found) throw new Error(`trace: there is no "${name}" yet.`); // a fault in this folder, not of the reader
    return found;
  }

  /** Notes a quantity that is given; copied, since parameters change. */
  give(quantity: Quantity, value: Tensor): Quantity {
    const given = { ...quantity, value: value.detach().mul(1) };
    this.givens.push(given);
    this.known.set(quantity.name, given);
    return quantity;
  }

  /** Computes a line and notes it. */
  add({ phase, quantity, formula, latex, compute, upstream, local, slips = [] }: StepPlan): Quantity {
    const from = namesIn(formula);
    const value = compute(this.get).detach();
    const bare = formula === `@{${from[0]}}`; // nothing is computed, so there is nothing to show
    const single = !bare && from.every((name) => this.get(name).size === 1) && value.size === 1;
    const symbol = (name: string) => this.quantity(name).symbol;
    const typeset = (name: string) => this.quantity(name).latex;
    this.steps.push({
      ...quantity,
      phase,
      formula: fill(formula, symbol),
      formulaLatex: fill(latex, typeset),
      numbers: single ? fill(formula, (name) => inFormula(this.get(name))) : undefined,
      from,
      value,
      upstream,
      local: local && {
        symbol: fill(local.formula, symbol),
        latex: fill(local.latex, typeset),
        value: local.compute(this.get).detach(),
      },
      compute,
      slips,
    });
    this.known.set(quantity.name, { ...quantity, value });
    return quantity;
  }

  /** Whether a quantity is a single number. */
  single(name: string): boolean {
    return this.get(name).size === 1;
  }
}
