/** Reading what a chart is given: a misspelt option or field would leave a curve out without a word. */

import { nearestName, unknownName } from "../checks/names.ts";
import { checkNames } from "../checks/options.ts";
import { kindOf } from "../checks/values.ts";
import { ChartDataError } from "./errors.ts";

/** What every chart may be given. */
export interface ChartOptions {
  /** Instead of the generated finding */
  title?: string;
  /** Second, quieter sentence, instead of the generated one if there is one; `""` for none */
  subtitle?: string;
}

/** What a chart may be given that can be drawn in any size. */
export interface SizedChartOptions extends ChartOptions {
  /** Pixels of the whole picture (default 600; 680 for losses and accuracies) */
  width?: number;
  /** Pixels of the plot, without title (default 340; of a map, so that one unit is equally long on both axes, if possible) */
  height?: number;
}

/** Each name once: the compiler says which is missing. */
export type Names<T> = { readonly [name in keyof T]-?: 1 };

/** The names of {@link ChartOptions}, and of {@link SizedChartOptions}. */
export const HEADING: Names<ChartOptions> = { title: 1, subtitle: 1 };
export const SIZED: Names<SizedChartOptions> = { ...HEADING, width: 1, height: 1 };

/** Options that are written somewhere. */
const TEXTS = ["title", "subtitle", "unit", "classNoun", "xLabel", "yLabel", "valueLabel"];
/** Pixels of a picture that somebody could look at. */
const LEAST_PIXELS = 50, MOST_PIXELS = 10_000;

/**
 * The options of a chart, checked; and copied, since a chart that is drawn again for another width reads them again.
 *
 * @param chart Its function, for errors
 * @param required Texts that it cannot do without
 * @param sizes Which options are pixels of the whole picture
 * @throws {TypeError} If there is no such option
 * @throws {ChartDataError} If a text is none, or width or height is no number of pixels
 */
export function readOptions<T extends object>(
  chart: string,
  options: T,
  names: Names<T>,
  required: readonly (keyof T & string)[] = [],
  sizes: readonly string[] = ["width", "height"],
): T {
  checkNames(`${chart}()`, Object.keys(names), options);
  for (const name of [...TEXTS, ...required]) {
    const value = (options as Record<string, unknown>)[name];
    if (typeof value === "string" || (value === undefined && !required.includes(name as keyof T & string))) {
      continue;
    }
    throw new ChartDataError(`${chart}() expects ${name} to be a text, got ${kindOf(value)}.`);
  }
  for (const name of sizes) {
    const pixels = (options as Record<string, unknown>)[name];
    if (pixels === undefined) continue;
    if (typeof pixels === "number" && pixels >= LEAST_PIXELS && pixels <= MOST_PIXELS) continue;
    throw new ChartDataError(
      `${chart}() expects ${name} to be a number of pixels from ${LEAST_PIXELS} to ${MOST_PIXELS}, got ${
        typeof pixels === "number" ? pixels : kindOf(pixels)
      }.`,
    );
  }
  return copied(options);
}

/**
 * Makes sure that a row of data (or a mark, a walk, a group) has no field that the chart would not read.
 *
 * @param what The row as the error calls it: `"row 3"`
 * @param names What it may have
 * @throws {ChartDataError} If it has another one, or is no object
 */
export function checkFields(chart: string, what: string, row: unknown, names: object): void {
  if (typeof row !== "object" || row === null || Array.isArray(row)) {
    throw new ChartDataError(
      `${chart}() expects ${what} to be an object with ${list(names)}, got ${kindOf(row)}.`,
    );
  }
  for (const name in row) {
    if (!Object.hasOwn(names, name)) throw unknownField(chart, what, name, Object.keys(names));
  }
}

/** The same for several. */
export function checkAll(
  chart: string,
  what: string,
  rows: readonly unknown[] | undefined,
  names: object,
): void {
  if (rows === undefined) return;
  if (!Array.isArray(rows)) {
    throw new ChartDataError(`${chart}() expects ${what}s to be a list, got ${kindOf(rows)}.`);
  }
  rows.forEach((row, i) => checkFields(chart, `${what} ${i}`, row, names));
}

/** What `fit` writes into rows of steps and epochs, beside its metrics. */
const OF_FIT = new Set(
  ("epoch step trainLoss trainAccuracy validationLoss validationAccuracy learningRate gradientNorm updateRatio layers " +
    "activations seconds").split(" "),
);
/** A metric of one's own has such names there. */
const METRIC = /^(train|validation)[A-Z]/;

/**
 * The same for rows of a history: what `fit` writes may be there, and metrics of one's own, unless one looks like a
 * misspelt field that the row does not have.
 */
export function checkHistory(chart: string, rows: readonly unknown[], names: object): void {
  const fields = Object.keys(names);
  rows.forEach((row, i) => {
    if (typeof row !== "object" || row === null) return; // the chart says what it needs
    for (const name in row) {
      if (OF_FIT.has(name)) continue;
      const missing = fields.filter((field) => !Object.hasOwn(row, field));
      if (METRIC.test(name) && nearestName(name, missing) === undefined) continue;
      throw unknownField(chart, `row ${i}`, name, fields);
    }
  });
}

function unknownField(chart: string, what: string, name: string, known: readonly string[]): ChartDataError {
  return new ChartDataError(`${chart}() cannot draw ${what}: ${unknownName("field", name, known)}`);
}

function list(names: object): string {
  return Object.keys(names).join(", ");
}

/** Lists and plain objects copied, at any depth; what else there is (functions, models, typed arrays) stays the same. */
function copied<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copied) as T;
  const prototype = typeof value === "object" && value !== null ? Object.getPrototypeOf(value) : undefined;
  if (prototype !== Object.prototype && prototype !== null) return value;
  return Object.fromEntries(
    Object.entries(value as object).map(([name, field]) => [name, copied(field)]),
  ) as T;
}

/** A mark, or a labelled point. */
export const PLACE = { x: 1, y: 1, label: 1 };
/** A line to compare with. */
export const REFERENCE = { value: 1, label: 1 };
/** A walk or a path. */
export const WALK = { label: 1, points: 1 };

/**
 * Makes sure that an option is an interval.
 *
 * @throws {ChartDataError} If it is not two finite numbers, the lesser first
 */
export function checkInterval(chart: string, name: string, interval: unknown): void {
  const [low, high] = Array.isArray(interval) && interval.length === 2 ? interval : [];
  if (Number.isFinite(low) && Number.isFinite(high) && low < high) return;
  const got = Array.isArray(interval) ? `[${interval.map(String).join(", ")}]` : kindOf(interval);
  throw new ChartDataError(
    `${chart}() expects ${name} to be [least, greatest], two finite numbers, got ${got}.`,
  );
}

/**
 * Makes sure that an option is a list of texts, if it is there.
 *
 * @throws {ChartDataError} If it is not
 */
export function checkTexts(chart: string, name: string, texts: unknown): void {
  if (texts === undefined || (Array.isArray(texts) && texts.every((text) => typeof text === "string"))) {
    return;
  }
  throw new ChartDataError(`${chart}() expects ${name} to be a list of texts, got ${kindOf(texts)}.`);
}
