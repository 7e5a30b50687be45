/**
 * Says that rows cannot be drawn: what came, what a chart needs, and what to do.
 *
 * @example
 * ```ts
 * import { ChartDataError, lossChart } from "backprop";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => lossChart([]), ChartDataError, "history is empty");
 * ```
 */
export class ChartDataError extends Error {
  /** Tells it from other errors. */
  override readonly name = "ChartDataError";
}

/** More names would lie on top of each other, and to find places for thousands takes minutes. */
const MOST_LABELS = 100;

/**
 * Refuses more names of lines and places than anybody could read.
 *
 * @param chart The chart's function, for the error
 * @param named What may have a name
 */
export function checkLabels(chart: string, named: readonly { readonly label?: string }[]): void {
  const count = named.filter(({ label }) => label).length;
  if (count <= MOST_LABELS) return;
  throw new ChartDataError(
    `${chart}() has room for ${MOST_LABELS} names of lines and places, got ${count}. Draw fewer of them, or leave out the ` +
      "labels of most.",
  );
}

/**
 * Refuses walks of more steps than can be told apart in a picture, each of which is drawn by itself.
 *
 * @param chart The chart's function, for the error
 * @param most How many steps all walks may have together
 */
export function checkSteps(
  chart: string,
  walks: readonly { readonly points: ArrayLike<unknown> }[],
  most: number,
): void {
  const count = walks.reduce((sum, { points }) => sum + points.length, 0);
  if (count <= most) return;
  throw new ChartDataError(
    `${chart}() has room for ${most} steps, got ${count}. Draw some of them: points.filter((_, i) => i % ` +
      `${Math.ceil(count / most)} === 0).`,
  );
}
