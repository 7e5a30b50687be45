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
