import { isDrawable } from "./axes.ts";
import type { CurvePoint } from "./curve_points.ts";
import { ChartDataError } from "./errors.ts";
import { plural } from "./format.ts";
import { LeftOut } from "./left_out.ts";
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
  const leftOut = new LeftOut("value");
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
      if (!leftOut.counts([epoch, value], log ? [value] : [])) kept.push({ epoch, value });
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
  if (curves.training.length + curves.validation.length > 0) {
    const main = curves.training.length > 0 ? training : validation;
    return {
      ...curves,
      leftOut: leftOut.inWords(),
      breaksOff: breaksOff(main, main === training ? curves.training : curves.validation),
    };
  }
  const reason = leftOut.reason;
  if (reason !== undefined) {
    throw new ChartDataError(
      `${chart}() has nothing to draw: ${reason} ` +
        "A run that diverges at once often has too high a learning rate: lower it and train again.",
    );
  }
  throw new ChartDataError(
    leftOut.hasNotPositive
      ? `${chart}() has nothing to draw on a log axis: no value is above 0. Leave out { log: true }.`
      : `${chart}() found neither ${training} nor ${validation} in ${
        plural(rows.length, "row")
      }. Call ${example}.`,
  );
}
