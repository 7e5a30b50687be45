import type { Places } from "./places.ts";
import type { Stopper } from "./stop.ts";
import { rememberPlace } from "./thrown.ts";

/** A cell, as it comes to where it runs. */
export interface RunnableCell {
  id: number;
  /** Its number as the front end shows it. */
  count: number;
  /** The script that {@link import("./compile.ts").compile} has made. */
  script: string;
  places: Places;
  /** Variables of the realm that it needs. */
  variables: string[];
  /** Names that earlier cells were to give a value, and failed before. */
  unset: string[];
}

/** Loads a module, as `import()` does. */
export type Load = (specifier: string, options?: ImportCallOptions) => Promise<Record<string, unknown>>;

/** What scripts call while they run. */
export interface Run {
  /** How many of its declarations the cell has reached. */
  step: number;
  asked: Stopper["asked"];
  turn: Stopper["turn"];
  wait: Stopper["wait"];
  each: Stopper["each"];
  thrown<T>(value: T): T;
  left<T>(value: T): T;
  load: Load;
  import(specifier: string, names: string[], options?: ImportCallOptions): Promise<Record<string, unknown>>;
  early(name: string, value?: unknown): never;
  unset(name: string, value?: unknown): unknown;
  constant(name: string, value?: unknown): never;
}

/** Evaluates a text where only the names of the realm are seen. What the text imports is found from where this stands. */
export type Evaluate = (text: string) => unknown;

/** A name that the language keeps for itself is declared. */
function refuseFixed(variables: string[]): void {
  for (const variable of variables) {
    const name = variable.replace(/__of_cells$/, "");
    if (Object.getOwnPropertyDescriptor(globalThis, name)?.configurable === false) {
      throw new SyntaxError(
        `"${name}" cannot be declared here: this name keeps its meaning. Choose another.`,
      );
    }
  }
}

/**
 * Run a cell to its end.
 *
 * @param run What its script calls; {@link Run.step} says how far it came
 * @returns The value of its last expression, in an array, as it may be a promise
 * @throws Whatever the cell throws
 */
export async function runCell(
  { script, id, variables }: RunnableCell,
  run: Run,
  evaluate: Evaluate,
): Promise<[value: unknown]> {
  refuseFixed(variables);
  const body = evaluate(`${script}\n//# sourceURL=${scriptName(id)}`) as (run: Run) => Promise<[unknown]>;
  return await body(run);
}

/** What stack traces call the script of a cell. */
export function scriptName(id: number | string): string {
  return `backprop-cell-${id}`;
}

/** The part of a run that needs nothing but the language. */
export function newRun(
  stopper: Stopper,
  load: Load,
  check: (module: object, specifier: string, names: string[]) => Promise<void>,
  isUnset: (name: string) => boolean,
): Run {
  return {
    step: 0,
    asked: stopper.asked,
    turn: stopper.turn,
    wait: stopper.wait,
    each: stopper.each,
    thrown(value) {
      rememberPlace(value);
      return value;
    },
    left(value) {
      if (value instanceof Promise) rememberPlace(value);
      return value;
    },
    load,
    async import(specifier, names, options) {
      const module = await stopper.wait(load(specifier, options));
      await check(module, specifier, names);
      return module;
    },
    unset(name, value) {
      if (isUnset(name)) throw new ReferenceError(`${name} is not defined`);
      return value;
    },
    early(name) {
      throw new ReferenceError(`Cannot access '${name}' before initialization`);
    },
    constant() {
      throw new TypeError("Assignment to constant variable.");
    },
  };
}
