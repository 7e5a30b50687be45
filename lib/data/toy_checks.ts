import { kindOf } from "../checks/values.ts";
import { Rng } from "../tensor/random.ts";

/** Most points; nobody looks at more, and 16 bytes each fill the memory. */
const MOST = 1e8;

/**
 * Throws unless made-up data can have `count` points and this much noise.
 *
 * @param operation Named in the error
 * @param name What `count` counts
 * @param least Smallest count
 * @param rng What should be a generator, if it was given
 */
export function checkMake(
  operation: string,
  name: string,
  count: number,
  least: number,
  noise: number,
  rng?: unknown,
): void {
  if (rng !== undefined && !(rng instanceof Rng)) {
    throw new TypeError(
      `${operation}: expected rng to be a generator such as new Rng(42), got ${kindOf(rng)}.`,
    );
  }
  if (!Number.isInteger(count) || count < least || count > MOST) {
    const got = typeof count === "number" ? count : kindOf(count);
    const most = count > MOST ? " to 10⁸" : "";
    throw new RangeError(
      `${operation}: expected ${name} to be a whole number from ${least}${most}, got ${got}.`,
    );
  }
  if (!Number.isFinite(noise) || noise < 0) {
    throw new RangeError(
      `${operation}: expected noise, a standard deviation, to be a number from 0, got ${noise}.`,
    );
  }
}
