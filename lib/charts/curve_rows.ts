import { isDrawable } from "./axes.ts";
import type { CurvePoint } from "./curve_points.ts";
import { ChartDataError } from "./errors.ts";
import { plural } from "./format.ts";
import { checkHistory, type Names } from "./read.ts";

/** The points that can be drawn, in order of epoch, and a sentence about those that cannot. */
export interface CurveRows {
  training: CurvePoint[];
  validation: CurvePoint[];
  leftOut: string;
  /** Whether the training curve (without one: validation) is NaN or infinite after its last point */
  breaksOff: boolean;
}

/**
 * Picks the two curves out of a history. A value that is not given is simply absent; one that is NaN or infinite
 * (or, on a log axis, not positive) is left out and counted: a diverged run should still be seen.
 *
 * @throws {ChartDataError} If rows is not an array, a field is unknown, an epoch is missing, or nothing is left to draw
 */
export function readCurves<Row>(
  rows: readonly Row[],
  options: {
    training: keyof Row & string;
    validation: keyof Row & string;
    chart: string;
    fields: Names<Row>;
    log: boolean;
  },
): CurveRows {
  const { training, validation, chart, log, fields } = options;
  const example = `${chart}([{ epoch: 0, ${training}: …, ${validation}: … }, …])`;
  if (!Array.isArray(rows)) {
    throw new ChartDataError(`${chart}() needs an array of rows, got ${typeof rows}. Call ${example}.`);
  }
  if (rows.length === 0) {
    throw new ChartDataError(
      `${chart}() has no rows to draw: the history is empty. Record at least one epoch first, then call ${example}.`,
    );
  }
  checkHistory(chart, rows, fields);
  let notFinite = 0, tooLarge = 0;
  let notPositive = 0;
  const points = (field: keyof Row & string): CurvePoint[] => {
    const kept: CurvePoint[] = [];
    rows.forEach((row, index) => {
      const value = row?.[field] as unknown;
      if (value === undefined || value === null) return;
      const epoch = (row as { epoch?: unknown }).epoch;
      if (typeof epoch !== "number" || typeof value !== "number") {
        const [name, got] = typeof epoch !== "number" ? ["epoch", epoch] : [field, value];
        throw new ChartDataError(
          `${chart}() cannot place row ${index}: its ${name} should be a number, got ${
            String(got)
          }. Call ${example}.`,
        );
      }
      if (!Number.isFinite(epoch) || !Number.isFinite(value)) notFinite++;
      else if (!isDrawable(epoch) || !isDrawable(value)) tooLarge++;
      else if (log && value <= 0) notPositive++;
      else kept.push({ epoch, value });
    });
    return kept.sort((a, b) => a.epoch - b.epoch);
  };
  const breaksOff = (field: keyof Row & string, kept: CurvePoint[]) =>
    rows.some((row) => {
      const { epoch } = row as { epoch?: number };
      const value = row?.[field] as number | undefined;
      return typeof value === "number" && !isDrawable(value) &&
        epoch! > (kept.at(-1)?.epoch ?? Infinity);
    });
  const curves = { training: points(training), validation: points(validation) };
  const leftOut = [
    notFinite > 0 && `${plural(notFinite, "value")} left out: NaN or infinite.`,
    tooLarge > 0 && `${plural(tooLarge, "value")} left out: beyond ±10³⁰⁰.`,
    notPositive > 0 &&
    `${plural(notPositive, "value")} left out: not above 0, so without a place on a log axis.`,
  ].filter((sentence) => sentence !== false).join(" ");
  if (curves.training.length + curves.validation.length > 0) {
    const main = curves.training.length > 0 ? training : validation;
    return {
      ...curves,
      leftOut,
      breaksOff: breaksOff(main, main === training ? curves.training : curves.validation),
    };
  }
  if (notFinite + tooLarge > 0) {
    const what = tooLarge > 0 ? "NaN, infinite or beyond ±10³⁰⁰" : "NaN or infinite";
    throw new ChartDataError(
      `${chart}() has nothing to draw: all ${plural(notFinite + tooLarge, "value")} are ${what}. ` +
        "A run that diverges at once often has too high a learning rate: lower it and train again.",
    );
  }
  throw new ChartDataError(
    notPositive > 0
      ? `${chart}() has nothing to draw on a log axis: no value is above 0. Leave out { log: true }.`
      : `${chart}() found neither ${training} nor ${validation} in ${
        plural(rows.length, "row")
      }. Call ${example}.`,
  );
}
