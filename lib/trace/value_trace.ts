/** A trace of any formula: every operation of a graph of scalar values is a line. */

import { formatValue, withMinus } from "../checks/format.ts";
import { checkFunction, checkNumber, kindOf } from "../checks/values.ts";
import { topologicalOrder } from "../autograd/graph.ts";
import { Value } from "../autograd/value.ts";
import { FLOAT64 } from "../tensor/dtype.ts";
import { tensor } from "../tensor/create.ts";
import { canonical, gradientOf, indexed, type Quantity } from "./notation.ts";
import { functionRecipe } from "./recipe.ts";
import { type Lookup, Recorder } from "./steps.ts";
import { Trace } from "./trace_table.ts";
import { ruleOf, substitute } from "./value_rules.ts";

/**
 * Records how a function of numbers is computed, and its derivative by the chain rule, one operation a line.
 *
 * Give values of interest a `label`; the others are called v₁, v₂ … in the order in which they are computed. The result
 * is called L unless it has a label. A value that is used twice gets a sum of two terms: that is why gradients add up.
 *
 * @param f The function, written with {@link Value}s
 * @param at Its arguments by name
 * @throws {TypeError} If the function does not return a Value, or uses an operation that the trace has no line for
 * @throws {RangeError} If two labels are the same
 * @example
 * ```ts
 * import { traceFunction } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const t = traceFunction(({ w, x, b }) => {
 *   const r = w.mul(x).add(b).sub(5);
 *   r.label = "r";
 *   return r.pow(2);
 * }, { w: 1, x: 2, b: 1 });
 * assertEquals([t.value("r").item(), t.value("L").item()], [-2, 4]);
 * assertEquals([t.value("dw").item(), t.value("db").item()], [-8, -4]);
 * assertEquals(t.step("dr").formula, "∂L/∂L·2·r");
 * ```
 */
export function traceFunction(
  f: (values: Record<string, Value>) => Value,
  at: Readonly<Record<string, number>>,
): Trace {
  checkFunction("traceFunction", "the function of values", f);
  if (typeof at !== "object" || at === null) {
    throw new TypeError(`traceFunction: expected the arguments by name, { w: 1 }, got ${kindOf(at)}.`);
  }
  for (const [name, x] of Object.entries(at)) checkNumber("traceFunction", name, x);
  const inputs = Object.fromEntries(Object.entries(at).map(([name, x]) => [name, new Value(x, name)]));
  const result = f(inputs);
  if (!(result instanceof Value)) {
    throw new TypeError("traceFunction: expected the function to return a Value.");
  }
  const order = topologicalOrder<number>(result) as Value[];
  const recorder = new Recorder();
  const named = nameAll(order, result, recorder);

  for (const node of order) {
    if (node.parents.length === 0) continue;
    const { formula, latex, compute } = ruleOf(node);
    const [a, b] = node.parents.map((parent) => operand(parent, named));
    recorder.add({
      phase: "forward",
      quantity: named.get(node)!,
      formula: substitute(formula, { a: a.text, b: b?.text }),
      latex: substitute(latex, { a: a.text, b: b?.text }),
      compute: (get) => compute(a.value(get), b?.value(get)),
    });
  }
  const loss = named.get(result)!.symbol;
  recorder.give(gradientOf(named.get(result)!, loss), tensor(1, FLOAT64));
  for (const node of order.toReversed()) {
    if (node !== result) traceGradient(recorder, node, order, named, loss);
  }
  return new Trace(recorder.givens, recorder.steps, functionRecipe(order));
}

/** ∂L/∂v: the sum over everything that v goes into, of the gradient there times the local derivative. */
function traceGradient(
  recorder: Recorder,
  node: Value,
  order: readonly Value[],
  named: ReadonlyMap<Value, Quantity>,
  loss: string,
): void {
  const terms = order.flatMap((user) =>
    user.parents.flatMap((parent, place) => {
      if (parent !== node) return [];
      const { formula, latex, compute } = ruleOf(user).locals[place];
      const [a, b] = user.parents.map((parent) => operand(parent, named));
      const o = operand(user, named);
      const text = { a: a.text, b: b?.text, o: o.text };
      return [{
        upstream: gradientOf(named.get(user)!).name,
        formula: substitute(formula, text),
        latex: substitute(latex, text),
        compute: (get: Lookup) => compute(a.value(get), b?.value(get), o.value(get)),
      }];
    })
  );
  const write = (key: "formula" | "latex", times: string) =>
    terms.map((term) => `@{${term.upstream}}${times}${term[key]}`).join(" + ");
  const only = terms.length === 1 ? terms[0] : undefined;
  recorder.add({
    phase: "backward",
    quantity: gradientOf(named.get(node)!, loss),
    formula: write("formula", "·"),
    latex: write("latex", "\\cdot "),
    compute: (get) =>
      terms.map((term) => get(term.upstream).mul(term.compute(get))).reduce((a, b) => a.add(b)),
    upstream: only?.upstream,
    local: only,
    slips: [
      ...(only
        ? [{ says: "the local derivative is missing", compute: (get: Lookup) => get(only.upstream) }]
        : []),
      ...(terms.length > 1
        ? terms.map((term) => ({
          says: `it goes into ${terms.length} places: the terms must be added up`,
          compute: (get: Lookup) => get(term.upstream).mul(term.compute(get)),
        }))
        : []),
    ],
  });
}

/** Names for all values; inputs are noted as given. */
function nameAll(order: readonly Value[], result: Value, recorder: Recorder): Map<Value, Quantity> {
  const named = new Map<Value, Quantity>();
  const taken = new Set<string>();
  let count = 0;
  for (const node of order) {
    const label = node.label ?? (node === result ? "L" : undefined);
    const quantity = label === undefined
      ? indexed("v", ++count)
      : { name: label, symbol: label, latex: label };
    if (!/^\w+$/.test(quantity.name) || taken.has(canonical(quantity.name))) {
      throw new RangeError(
        `traceFunction: expected labels of letters and digits, each once; got "${quantity.name}".`,
      );
    }
    taken.add(canonical(quantity.name));
    named.set(node, quantity);
    if (node.parents.length === 0) recorder.give(quantity, tensor(node.data, FLOAT64));
  }
  return named;
}

/** A value by its name, or a constant by its number. */
function operand(value: Value, named: ReadonlyMap<Value, Quantity>) {
  const name = named.get(value)?.name;
  if (name !== undefined) return { text: `@{${name}}`, value: (get: Lookup) => get(name) };
  const text = withMinus(formatValue(value.data));
  return { text: value.data < 0 ? `(${text})` : text, value: () => tensor(value.data, FLOAT64) };
}
