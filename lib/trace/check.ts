/** Compares what a learner computed by hand with a trace, and says of each wrong number what it looks like. */

import { INSPECT } from "../host/mod.ts";
import { checkNames } from "../checks/options.ts";
import { kindOf } from "../checks/values.ts";
import { maxOf } from "../kernels/extremes.ts";
import { sameShape } from "../tensor/shape.ts";
import { nameSlip } from "../slips/slips.ts";
import type { NestedNumbers, Tensor } from "../tensor/tensor.ts";
import { canonical, inTable } from "./notation.ts";
import type { TraceStep } from "./steps.ts";
import type { Trace } from "./trace_table.ts";
import { isClose, readTyped } from "./typed.ts";

/**
 * What is said of one entry.
 *
 * - `right`: the number of the trace, as far as it was written out
 * - `carried`: wrong only because an earlier entry is, and rightly computed from that
 * - `wrong`: neither
 * - `unknown`: no quantity of the trace has that name
 */
export type EntryVerdict = "right" | "carried" | "wrong" | "unknown";

/** One number (or matrix) that a learner typed. */
export interface CheckedEntry {
  /** As it was typed. */
  readonly name: string;
  /** What is said of it. */
  readonly verdict: EntryVerdict;
  /** What a wrong entry looks like, if it looks like something. */
  readonly slip?: string;
}

/** Options of {@link checkTrace}. */
export interface CheckTraceOptions {
  /** Relative difference that still counts as equal (default 1e-5). Rounding to the digits typed is always fine. */
  readonly tolerance?: number;
}

/**
 * All entries, in the order in which they were typed. Made by {@link checkTrace}.
 *
 * @example
 * ```ts
 * import { checkTrace, traceFunction } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const t = traceFunction(({ w }) => w.pow(2), { w: 3 }); // L = w², ∂L/∂w = 2w
 * const { passed, entries } = checkTrace(t, { L: 9, dw: 3 });
 * assertEquals([passed, entries.map(({ verdict }) => verdict)], [false, ["right", "wrong"]]);
 * ```
 */
export class TraceCheck {
  /** Called by {@link checkTrace}. */
  constructor(readonly entries: readonly CheckedEntry[], private readonly trace: Trace) {}

  /** Whether every entry is right. */
  get passed(): boolean {
    return this.entries.every(({ verdict }) => verdict === "right");
  }

  /** One line an entry. It does not tell the right numbers. */
  toString(): string {
    const width = maxOf(this.entries.map(({ name }) => name.length), 0);
    const lines = this.entries.map(({ name, verdict, slip }) => {
      const words = {
        right: "right",
        carried: `follows rightly from an earlier entry that is wrong${slip ? `: ${slip}` : ""}`,
        wrong: slip ? `wrong: ${slip}` : "wrong; go through its formula again",
        unknown: `is no step of this trace; steps are ${this.trace.names.join(", ")}`,
      };
      const mark = { right: "✓", carried: "≈", wrong: "✗", unknown: "?" }[verdict];
      return `${mark} ${name.padEnd(width)}  ${words[verdict]}`;
    });
    const right = this.entries.filter(({ verdict }) => verdict === "right").length;
    return [...lines, `${right} of ${this.entries.length} right`].join("\n");
  }

  /** What `console.log` and the notebook show. */
  [INSPECT](): string {
    return this.toString();
  }
}

/**
 * Checks a pass computed by hand: which entries are right, and what is behind the wrong ones: a forgotten slope, z where
 * a belongs, a factor 2 or 1/n, a sign, a transposed matrix, the number of another step.
 *
 * Rounding is no mistake: 0.62 is right for 0.622459. An entry that was rightly computed from an earlier wrong one is
 * told apart, so that one slip counts once.
 *
 * @param trace From {@link trace}
 * @param typed Numbers (or nested arrays) by name, as many as there are; names as in {@link Trace.value}
 * @throws {TypeError} If an entry is no number, tensor or nested array of numbers
 * @example
 * ```ts
 * import { checkTrace, Linear, Rng, Sequential, Sigmoid, trace } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const layer = new Linear(1, 1, { rng: new Rng(0) });
 * layer.weight.data[0] = 0.5;
 * const t = trace(new Sequential(layer, new Sigmoid()), 1, 1); // z = 0.5, ŷ = 0.622459
 * const { entries } = checkTrace(t, { z: 0.5, yHat: 0.62, dz: -1.606531 });
 * assertEquals(entries.map(({ verdict }) => verdict), ["right", "right", "wrong"]);
 * assertEquals(entries[2].slip, "the slope σ′ is missing (forgot σ′)");
 * ```
 */
export function checkTrace(
  trace: Trace,
  typed: Readonly<Record<string, number | NestedNumbers | Tensor>>,
  options: CheckTraceOptions = {},
): TraceCheck {
  checkNames("checkTrace", ["tolerance"], options);
  if (!Array.isArray(trace?.steps)) {
    throw new TypeError(`checkTrace: expected what trace() or traceFunction() gave, got ${kindOf(trace)}.`);
  }
  if (typeof typed !== "object" || typed === null) {
    throw new TypeError(`checkTrace: expected numbers by name, { z: 0.5 }, got ${kindOf(typed)}.`);
  }
  const { tolerance = 1e-5 } = options;
  const own = new Map<string, Tensor>();
  for (const [name, value] of Object.entries(typed)) {
    const want = trace.has(name) ? trace.value(name) : undefined;
    own.set(canonical(name), readTyped(name, value, want));
  }
  const wrong = new Set<string>();
  // In the order of the trace, so that what an entry was computed from has been judged before it.
  const judged = new Map<string, CheckedEntry>();
  for (const step of trace.steps) {
    const name = Object.keys(typed).find((name) => canonical(name) === canonical(step.name));
    if (name === undefined) continue;
    const entry = judge(trace, step, name, own, wrong, tolerance);
    if (entry.verdict !== "right") wrong.add(canonical(step.name));
    judged.set(name, entry);
  }
  const entries = Object.keys(typed).map((name): CheckedEntry =>
    judged.get(name) ?? given(trace, name, own, tolerance)
  );
  return new TraceCheck(entries, trace);
}

function judge(
  trace: Trace,
  step: TraceStep,
  name: string,
  own: ReadonlyMap<string, Tensor>,
  wrong: ReadonlySet<string>,
  tolerance: number,
): CheckedEntry {
  const have = own.get(canonical(step.name))!;
  const agrees = (want: Tensor) => isClose(have, want, tolerance);
  if (agrees(step.value)) return { name, verdict: "right" };

  // The same step, from the learner's own numbers where there are some.
  const mine = (name: string) => {
    const typed = own.get(canonical(name));
    const value = trace.value(name);
    return typed && sameShape(typed.shape, value.shape) ? typed : value;
  };
  // Who typed 0.62 may have gone on with 0.62, or with all the digits of a calculator.
  const source = step.from.find((name) => wrong.has(canonical(name)));
  const exact = (name: string) => wrong.has(canonical(name)) ? mine(name) : trace.value(name);
  const follows = step.from.some((name) => own.has(canonical(name))) && [mine, exact].some((get) => {
    const again = attempt(() => step.compute(get));
    return again !== undefined && agrees(again);
  });
  if (follows && source === undefined) return { name, verdict: "right" }; // only earlier rounding
  if (follows) return { name, verdict: "carried", slip: `look at ${nameOf(trace, source!)} first` };
  return { name, verdict: "wrong", slip: slipOf(trace, step, have, mine, agrees) };
}

/** What the wrong number looks like, from the particular to the general. */
function slipOf(
  trace: Trace,
  step: TraceStep,
  have: Tensor,
  mine: (name: string) => Tensor,
  agrees: (want: Tensor) => boolean,
): string | undefined {
  for (const get of [(name: string) => trace.value(name), mine]) {
    for (const { says, compute } of step.slips) {
      const value = attempt(() => compute(get));
      if (value && agrees(value)) return says;
    }
  }
  const factor = factorSlip(trace, step, have, agrees);
  const other = trace.steps.find(({ name, value }) =>
    name !== step.name && value.size === have.size && agrees(value)
  );
  // A factor such as 2 or −1 says more than that another step has this number too, unless it is that of a neighbour.
  if (factor && (!other || !step.from.includes(other.name))) return factor;
  if (other) return `it is ${other.symbol}, not ${step.symbol}`;
  return factor ?? (isNear(have, step.value) ? NEARLY : undefined);
}

/** Said of −1.7699 for −1.7701, computed from a rounded 0.565. */
const NEARLY = "nearly right: keep more digits on the way";

/** Within one percent everywhere: not a slip of the formula, but rounding somewhere on the way. */
function isNear(have: Tensor, want: Tensor): boolean {
  return have.data.every((x, i) => Math.abs(x - want.data[i]) <= 0.01 * Math.abs(want.data[i]));
}

/** A constant factor, also where rounding hides it a little; or whatever else the numbers by themselves give away. */
function factorSlip(
  trace: Trace,
  { value }: TraceStep,
  have: Tensor,
  agrees: (want: Tensor) => boolean,
): string | undefined {
  const n = trace.has("x") ? trace.value("x").shape[0] : 1;
  const options = n > 1 ? { batchSize: n } : {};
  for (const factor of [-1, 2, 1 / 2, -2, -1 / 2, n, 1 / n]) {
    const multiple = value.mul(factor);
    if (factor !== 1 && agrees(multiple)) return nameSlip(multiple, value, options);
  }
  return nameSlip(have, value, options);
}

/** An entry for what is given, such as a weight. */
function given(
  trace: Trace,
  name: string,
  own: ReadonlyMap<string, Tensor>,
  tolerance: number,
): CheckedEntry {
  if (!trace.has(name)) return { name, verdict: "unknown" };
  const [have, want] = [own.get(canonical(name))!, trace.value(name)];
  if (isClose(have, want, tolerance)) return { name, verdict: "right" };
  return { name, verdict: "wrong", slip: `it is given as ${inTable(want)}` };
}

function nameOf(trace: Trace, name: string): string {
  return trace.step(name).symbol;
}

function attempt<T>(f: () => T): T | undefined {
  try {
    return f();
  } catch {
    return undefined; // shapes that do not fit: not this slip
  }
}
