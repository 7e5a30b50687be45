import { kindOf } from "../checks/values.ts";
import { Rng } from "../tensor/random.ts";

/** Where the random numbers of made-up data come from: the same for all of it. */
export interface Random {
  /** A generator of its own with this seed (default 42). */
  readonly seed?: number;
  /** A generator to go on with, instead of a seed. */
  readonly rng?: Rng;
}

/**
 * The generator that was asked for, by a seed or as it is.
 *
 * @throws {TypeError} If both are given, or it is none
 */
export function generatorOf(operation: string, { seed, rng }: Random): Rng {
  if (rng === undefined) return new Rng(seed ?? 42);
  if (seed !== undefined) throw new TypeError(`${operation}: expected seed or rng, got both; leave one out.`);
  if (rng instanceof Rng) return rng;
  throw new TypeError(
    `${operation}: expected rng to be a generator such as new Rng(42), got ${kindOf(rng)}.`,
  );
}

/** Most points; nobody looks at more, and 16 bytes each fill the memory. */
const MOST = 1e8;

/**
 * Throws unless made-up data can have `count` points and this much noise.
 *
 * @param operation Named in the error
 * @param name What `count` counts
 * @param least Smallest count
 */
export function checkMake(
  operation: string,
  name: string,
  count: number,
  least: number,
  noise: number,
): void {
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
