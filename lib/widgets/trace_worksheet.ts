import { checkNames } from "../checks/options.ts";
import { kindOf } from "../checks/values.ts";
import { maxOf } from "../kernels/extremes.ts";
import { Chart } from "../charts/chart.ts";
import { inTable } from "../trace/notation.ts";
import type { TraceRecipe } from "../trace/recipe.ts";
import type { Trace } from "../trace/trace_table.ts";
import { LIGHT } from "./draw/colours.ts";
import { element, text } from "./draw/svg.ts";
import { phases, wanted } from "./models/worksheet.ts";
import { Widget } from "./widget.ts";

/** Options of {@link traceWorksheet}. */
export interface TraceWorksheetOptions {
  /** Names of the steps to fill in, or `"backward"` for all gradients. Default: every step. The others are given. */
  readonly ask?: readonly string[] | "backward";
  /** Above the sheet. Default: `"Trace it by hand"`. */
  readonly title?: string;
}

/** What the script is given. */
export interface TraceWorksheetData {
  readonly recipe: TraceRecipe;
  readonly ask: readonly string[];
  /** What is given, as text. */
  readonly known: readonly string[];
  /** The function that is traced, as text. */
  readonly formulas: readonly string[];
  readonly title: string;
}

/**
 * A worksheet for tracing a network by hand: the reader types each number, and a wrong one is explained: the sign, a
 * factor 2 or 1/n, a forgotten σ′, z in place of a, an error carried on from an earlier entry. The formula of a step and
 * its number are shown only to who asks for them.
 *
 * The check is {@link checkTrace}; rounding is no mistake.
 *
 * @param trace From `trace()` or `traceFunction()`
 * @param options `ask`, `title`
 * @throws {RangeError} If there is no such step, or none to fill in
 * @throws {TypeError} If the trace cannot be made again, because it was put together by other means
 * @example
 * ```ts
 * import { Linear, Rng, Sequential, Sigmoid, trace, traceWorksheet } from "backprop";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const network = new Sequential(new Linear(1, 1, { rng: new Rng(0) }), new Sigmoid());
 * const widget = traceWorksheet(trace(network, 1, 1)); // await show(traceWorksheet(…));
 * assertStringIncludes(widget.alternative, "Backward: ∂L/∂ŷ, ∂L/∂z, ∂L/∂w, ∂L/∂b");
 * ```
 */
export function traceWorksheet(trace: Trace, options: TraceWorksheetOptions = {}): Widget {
  checkNames("traceWorksheet", ["ask", "title"], options);
  const { title = "Trace it by hand" } = options;
  if (trace?.recipe === undefined) {
    throw new TypeError("traceWorksheet: expected a trace from trace() or traceFunction().");
  }
  if (options.ask !== undefined && options.ask !== "backward" && !Array.isArray(options.ask)) {
    throw new TypeError(
      `traceWorksheet: expected ask to be "backward" or a list of names of steps, got ${
        kindOf(options.ask)
      }.`,
    );
  }
  const names = options.ask === "backward"
    ? trace.steps.filter(({ phase }) => phase === "backward").map(({ name }) => name)
    : (options.ask ?? trace.names).map((name) => trace.step(name).name);
  if (names.length === 0) throw new RangeError("traceWorksheet: expected at least one step to fill in.");
  const ask = trace.names.filter((name) => names.includes(name));
  return new Widget({
    kind: "trace_worksheet",
    picture: sheet(trace, ask, title),
    alternative: inWords(trace, ask, title),
    data: {
      recipe: trace.recipe,
      ask,
      known: known(trace, ask),
      formulas: formulas(trace),
      title,
    } satisfies TraceWorksheetData,
  });
}

/** What is known before one begins: inputs, parameters, and the steps that are not asked for. */
function known({ givens, steps }: Trace, ask: readonly string[]): string[] {
  return [...givens, ...steps.filter(({ name }) => !ask.includes(name))]
    .map(({ symbol, value }) => `${symbol} = ${inTable(value)}`);
}

/** The way forward, which is what there is to trace. */
function formulas({ steps }: Trace): string[] {
  return steps.filter(({ phase }) => phase === "forward").map(({ symbol, formula }) =>
    `${symbol} = ${formula}`
  );
}

function asked({ steps }: Trace, ask: readonly string[]) {
  return steps.filter(({ name }) => ask.includes(name));
}

/** The sheet on paper: what is given, and a box for each number. */
function sheet(trace: Trace, ask: readonly string[], title: string): string {
  const width = 700, column = 220;
  const columns = phases(asked(trace, ask));
  const boxes = columns.map(({ title, steps }, c) =>
    text(16 + c * column, 18, title, { "font-weight": 600, "font-size": 14 }) +
    steps.map(({ symbol, value }, i) => {
      const y = 30 + i * 40;
      return text(16 + c * column + 70, y + 21, `${symbol} =`, { "text-anchor": "end", "font-size": 15 }) +
        element("rect", {
          x: 16 + c * column + 78,
          y,
          width: 118,
          height: 30,
          rx: 5,
          fill: "none",
          stroke: LIGHT.reference,
        }) +
        (wanted(value.shape) === "" ? "" : text(16 + c * column + 84, y + 20, value.shape.join(" × "), {
          "font-size": 12,
          fill: LIGHT.quiet,
        }));
    }).join("")
  );
  return new Chart({
    title,
    subtitle: `${formulas(trace).join(";  ")}.\nGiven: ${known(trace, ask).join(", ")}.\n` +
      "Compute the others, from the top down. checkTrace() in a cell, or this sheet where scripts run, says which are right.",
    alternative: "",
    width,
    height: 40 + 40 * maxOf(columns.map(({ steps }) => steps.length)),
    body: boxes.join(""),
  }).toSVG();
}

function inWords(trace: Trace, ask: readonly string[], title: string): string {
  const parts = phases(asked(trace, ask))
    .map(({ title, steps }) => `${title}: ${steps.map(({ symbol }) => symbol).join(", ")}.`);
  return `${title}: a worksheet on ${formulas(trace).join("; ")}. Given are ${
    known(trace, ask).join(", ")
  }. To be computed: ${parts.join(" ")}`;
}
