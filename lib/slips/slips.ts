/** Names the slip behind a wrong result, from the marks that common slips leave. */

import { formatValue } from "../checks/format.ts";
import { closeTo } from "../tensor/closeness.ts";
import type { Numbers } from "../tensor/shape.ts";
import { every, EXACT, shapeSlip } from "./shape_slips.ts";

/** What helps to recognise a slip. */
export interface SlipOptions {
  /** Examples in the batch: recognises a missing mean over it, or one too many */
  batchSize?: number;
  /** Relative difference that still counts as equal (default 1e-5) */
  tolerance?: number;
}

/**
 * Names the slip that turned `want` into `have`: another shape, a constant factor such as 2, −1 or the batch size, a
 * transposed matrix, zeros, NaN. It compares numbers, knows nothing of where they came from, and stays silent
 * rather than guess.
 *
 * @param have What came
 * @param want What should have come
 * @returns A sentence, or `undefined` if `have` is right or no slip fits
 */
export function nameSlip(have: Numbers, want: Numbers, options: SlipOptions = {}): string | undefined {
  if (have.shape.join() !== want.shape.join()) return shapeSlip(have, want);
  const close = closeTo(want.data, options.tolerance ?? 1e-5);
  if (every(have, (value, i) => close(value, want.data[i]))) return undefined;
  const broken = notFinite(have, want);
  if (broken) return broken;
  const nearly = closeTo(want.data, EXACT);
  if (every(have, (value, i) => nearly(value, want.data[i]))) return undefined; // rounding, not a slip
  if (isSmallWhole(have) && isSmallWhole(want)) {
    return slipOfWhole(have.data[0], want.data[0], options.batchSize);
  }
  return allZero(have, want) ?? factor(have, want, options.batchSize) ?? transposed(have, want) ??
    signs(have, want) ?? oneHotMissing(have, want) ?? offset(have, want) ?? power(have, want) ??
    reordered(have, want);
}

function notFinite(have: Numbers, want: Numbers): string | undefined {
  const count = (bad: (value: number) => boolean) => {
    let found = 0;
    for (let i = 0; i < have.data.length; i++) if (bad(have.data[i]) && !bad(want.data[i])) found++;
    return found;
  };
  const share = (found: number) =>
    have.data.length === 1 ? "it is" : `${found} of ${have.data.length} entries are`;
  const nan = count(Number.isNaN);
  if (nan > 0) {
    return `${share(nan)} NaN: look for 0/0, the log of a negative number, or an index outside an array`;
  }
  const infinite = count((value) => Math.abs(value) === Infinity);
  if (infinite > 0) {
    return `${share(infinite)} infinite: look for a division by zero, log(0), or exp of a large number`;
  }
}

function allZero(have: Numbers, want: Numbers): string | undefined {
  if (every(have, (value) => value === 0) && !every(want, (value) => value === 0)) {
    const what = have.data.length === 1 ? "it is 0" : "every entry is 0";
    return `${what}: was the result ever written, or is a factor 0?`;
  }
}

/** A single whole number up to 100 in size: half of another one, or its square, too easily. 2 may be 1 + 1. */
const isSmallWhole = ({ data, shape }: Numbers) =>
  shape.length === 0 && Number.isInteger(data[0]) && Math.abs(data[0]) <= 100;

/** Of such numbers only a sign proves something, and a batch size that the caller has named. */
function slipOfWhole(have: number, want: number, batchSize?: number): string | undefined {
  if (have === -want) return "the sign is flipped: a minus too many or too few?";
  if (batchSize !== undefined && batchSize > 2 && have === batchSize * want) {
    return `it is ${batchSize} times what is expected, and ${batchSize} is the batch size: is the mean over the batch (1/N) missing?`;
  }
}

/** got = r · expected with one r for all entries. */
function factor(have: Numbers, want: Numbers, batchSize?: number): string | undefined {
  const largest = indexOfLargest(want.data);
  const ratio = have.data[largest] / want.data[largest];
  if (!Number.isFinite(ratio) || ratio === 0) return undefined;
  const close = closeTo(Array.from(want.data, (value) => value * ratio), EXACT);
  if (!every(have, (value, i) => close(value, ratio * want.data[i]))) return undefined;

  const subject = have.data.length === 1 ? "it is" : "every entry is";
  const one = have.data.length === 1 ? "what is expected" : "the expected one";
  const is = (value: number) => Math.abs(ratio / value - 1) < EXACT;
  // Rows may be a batch; a list of numbers is none. (And a factor 2 has likelier reasons than a batch of 2.)
  const [N, whatN] = batchSize !== undefined
    ? [batchSize, "the batch size"]
    : have.shape.length > 1 && have.shape[0] > 2
    ? [have.shape[0], "the length of the first axis"]
    : [1, ""];
  const mean = batchSize !== undefined ? "the batch" : "that axis";
  if (N > 1) {
    if (is(N)) {
      return `${subject} ${N} times ${one}, and ${N} is ${whatN}: is the mean over ${mean} (1/N) missing?`;
    }
    if (is(1 / N)) return `${subject} 1/${N} of ${one}, and ${N} is ${whatN}: divided by N once too often?`;
    if (is(-N)) {
      return `${subject} −${N} times ${one}, and ${N} is ${whatN}: the sign, and the mean over ${mean} (1/N)?`;
    }
    if (is(-1 / N)) {
      return `${subject} −1/${N} of ${one}, and ${N} is ${whatN}: the sign, and one 1/N too many?`;
    }
  }
  if (is(-1)) {
    return `${have.data.length === 1 ? "the sign is" : "every sign is"} flipped: a minus too many or ` +
      `too few?`;
  }
  if (is(2)) return `${subject} twice ${one}: is a ½ missing?`;
  if (is(1 / 2)) return `${subject} half of ${one}: is a factor 2 missing, or a ½ too many?`;
  if (is(-2)) return `${subject} −2 times ${one}: the sign, and a factor 2?`;
  if (is(-1 / 2)) return `${subject} −½ times ${one}: the sign, and a factor 2?`;
  if (is(Math.LOG2E)) {
    return `${subject} 1/ln 2 = 1.4427 times ${one}: log2 where the natural log (Math.log) is meant?`;
  }
  if (is(Math.LOG10E)) {
    return `${subject} 1/ln 10 = 0.4343 of ${one}: log10 where the natural log (Math.log) is meant?`;
  }
  // Two entries have a constant ratio too easily; three that are not zero do not.
  if (distinct(want) < 3 || Math.abs(ratio - 1) < 1e-3) return undefined;
  return `every entry is ${formatValue(ratio)} times the expected one: look for a constant factor`;
}

function transposed(have: Numbers, want: Numbers): string | undefined {
  const [rows, columns] = want.shape;
  if (want.shape.length !== 2 || rows !== columns || rows < 2) return undefined;
  const close = closeTo(want.data, EXACT);
  const mirrored = every(
    have,
    (value, i) => close(value, want.data[(i % rows) * rows + Math.floor(i / rows)]),
  );
  if (mirrored) return "the right numbers, transposed: check the order of the factors in the matrix product";
}

/** Right sizes, some wrong signs. */
function signs(have: Numbers, want: Numbers): string | undefined {
  if (want.data.length < 3) return undefined;
  const close = closeTo(want.data, EXACT);
  let flipped = 0;
  for (let i = 0; i < have.data.length; i++) {
    if (close(have.data[i], want.data[i])) continue;
    if (!close(-have.data[i], want.data[i])) return undefined;
    flipped++;
  }
  const negative = every(have, (value) => value >= 0) ? " (no entry is negative: an absolute value?)" : "";
  return `the sizes are right, but ${flipped} of ${have.data.length} entries have the wrong sign${negative}`;
}

/** softmax − onehot without the onehot: one entry of each row is off, each by the same amount. */
function oneHotMissing(have: Numbers, want: Numbers): string | undefined {
  const [rows, columns] = want.shape;
  if (want.shape.length !== 2 || rows < 2 || columns < 2) return undefined;
  const close = closeTo(want.data, EXACT);
  let step: number | undefined;
  for (let row = 0; row < rows; row++) {
    let wrong = 0;
    for (let at = row * columns; at < (row + 1) * columns; at++) {
      const difference = have.data[at] - want.data[at];
      if (close(have.data[at], want.data[at])) continue;
      step ??= difference;
      wrong++;
      if (difference <= 0 || Math.abs(difference / step - 1) > 1e-4) return undefined;
    }
    if (wrong !== 1) return undefined;
  }
  return `exactly one entry of each row is too large, always by ${formatValue(step!)}: was the one-hot ` +
    `target subtracted?`;
}

function offset(have: Numbers, want: Numbers): string | undefined {
  if (distinct(want) < 3) return undefined;
  const difference = have.data[0] - want.data[0];
  const close = closeTo(want.data, EXACT);
  if (!every(have, (value, i) => close(value - difference, want.data[i]))) return undefined;
  const size = formatValue(Math.abs(difference));
  return `every entry is ${size} too ${difference > 0 ? "large" : "small"}: look for a constant added ` +
    `or left out`;
}

function power(have: Numbers, want: Numbers): string | undefined {
  const close = closeTo(want.data, EXACT);
  // 0 and 1 are their own squares and prove nothing.
  if (every(want, (value) => value === 0 || Math.abs(value) === 1)) return undefined;
  const subject = have.data.length === 1 ? "it is" : "every entry is";
  if (every(have, (value, i) => value >= 0 && close(value * value, want.data[i]))) {
    return `${subject} the square root of what is expected: is a square missing?`;
  }
  if (
    every(
      want,
      (value, i) => value >= 0 && Math.abs(have.data[i] / (value * value || 1) - (value ? 1 : 0)) < EXACT,
    )
  ) {
    return `${subject} the square of what is expected: squared once too often?`;
  }
}

/** The same numbers, each in another place. */
function reordered(have: Numbers, want: Numbers): string | undefined {
  if (distinct(want) < 3) return undefined;
  const sorted = (of: Numbers) => Float64Array.from(of.data).sort();
  const [a, b] = [sorted(have), sorted(want)];
  const close = closeTo(b, EXACT);
  if (a.every((value, i) => close(value, b[i]))) return "the right numbers in another order";
}

function indexOfLargest(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (Math.abs(values[i]) > Math.abs(values[best])) best = i;
  return best;
}

/** How many different numbers there are, not counting zero. */
function distinct(of: Numbers): number {
  const seen = new Set<number>();
  for (let i = 0; i < of.data.length && seen.size < 3; i++) if (of.data[i] !== 0) seen.add(of.data[i]);
  return seen.size;
}
