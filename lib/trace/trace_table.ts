/** A finished trace: its numbers by name, and as a table. */

import { INSPECT } from "../host/mod.ts";
import { formatTable } from "../nn/table.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { canonical, inTable } from "./notation.ts";
import type { TraceRecipe } from "./recipe.ts";
import type { Given, Phase, TraceStep } from "./steps.ts";

/** The name under which Jupyter front ends ask an object how it wants to be shown. */
const DISPLAY: unique symbol = Symbol.for("Jupyter.display");
const TITLES: Record<Phase, string> = { forward: "Forward", backward: "Backward", update: "Update" };

/**
 * A recorded pass: what was given, and the steps in order. Made by {@link trace} and {@link traceFunction}.
 *
 * @example
 * ```ts
 * import { traceFunction } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const t = traceFunction(({ w, x }) => w.mul(x).sub(1).pow(2), { w: 2, x: 3 }); // L = (w·x − 1)²
 * assertEquals(t.names, ["v1", "v2", "L", "dv2", "dv1", "dx", "dw"]);
 * assertEquals(t.value("∂L/∂w").item(), 30); // = t.value("dw")
 * assertEquals([t.step("dw").formula, t.step("dw").numbers], ["∂L/∂v₁·x", "10·3"]);
 * ```
 */
export class Trace {
  private readonly byName: ReadonlyMap<string, Given | TraceStep>;

  /** Called by {@link trace}. */
  constructor(
    /** Inputs, targets, parameters. */
    readonly givens: readonly Given[],
    /** The lines, forward, then backward, then updates. */
    readonly steps: readonly TraceStep[],
    /** What it was made from, as plain data: {@link retrace} makes the same trace from it. */
    readonly recipe?: TraceRecipe,
  ) {
    this.byName = new Map([...givens, ...steps].map((quantity) => [canonical(quantity.name), quantity]));
  }

  /** Names of all steps: what can be typed and checked. */
  get names(): string[] {
    return this.steps.map(({ name }) => name);
  }

  /**
   * The value of a step, or of what was given.
   *
   * @param name However it is written: `"dw1"`, `"dW1"`, `"∂L/∂w₁"`
   * @throws {RangeError} If there is no such quantity
   */
  value(name: string): Tensor {
    return this.find(name).value;
  }

  /**
   * One step, with its formula and numbers.
   *
   * @throws {RangeError} If there is no such step
   */
  step(name: string): TraceStep {
    const found = this.find(name);
    if ("formula" in found) return found;
    throw new RangeError(`trace: "${name}" is given, not computed; steps are ${this.names.join(", ")}.`);
  }

  /** Whether there is such a quantity. */
  has(name: string): boolean {
    return this.byName.has(canonical(name));
  }

  /** All lines: formula, formula with numbers, result; for a step back also what comes from behind times what it adds. */
  toString(): string {
    const given = this.givens.map(({ symbol, value }) => `${symbol} = ${inTable(value)}`).join(", ");
    const parts = (["forward", "backward", "update"] as const).flatMap((phase) => {
      const rows = this.steps.filter((step) => step.phase === phase).map((step) => [
        `  ${step.symbol}`,
        `= ${step.formula}`,
        step.numbers === undefined ? "" : `= ${step.numbers}`,
        `= ${inTable(step.value)}`,
      ]);
      return rows.length > 0 ? [`${TITLES[phase]}\n${formatTable(rows, 4)}`] : [];
    });
    return [`Given ${given}`, ...parts].join("\n");
  }

  /** The same as a Markdown table with formulas in LaTeX. */
  toMarkdown(): string {
    const given = this.givens.map(({ latex, value }) => `$${latex}$ = ${inTable(value)}`).join(", ");
    const rows = this.steps.map((step) => {
      const local = step.local && step.upstream
        ? `${inTable(this.value(step.upstream))} | ${inTable(step.local.value)}`
        : " | ";
      return `| ${TITLES[step.phase]} | $${step.latex}$ | $${step.formulaLatex}$ | ${local} | ` +
        `${inTable(step.value)} |`;
    });
    return [
      `Given ${given}`,
      "",
      "| pass | quantity | formula | upstream | local | value |",
      "|---|---|---|---|---|---|",
      ...rows,
    ].join("\n");
  }

  /** What `console.log` shows. */
  [INSPECT](): string {
    return this.toString();
  }

  /** What the notebook shows. */
  [DISPLAY](): { "text/plain": string; "text/markdown": string } {
    return { "text/plain": this.toString(), "text/markdown": this.toMarkdown() };
  }

  /** What has that name. */
  private find(name: string): Given | TraceStep {
    const found = this.byName.get(canonical(name));
    if (found) return found;
    const known = [...this.givens, ...this.steps].map(({ name }) => name).join(", ");
    throw new RangeError(`trace: there is no "${name}"; there are ${known}.`);
  }
}
