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
  if (!Number.isInteger(count) || count < least) {
    throw new RangeError(`${operation}: expected ${name} to be a whole number from ${least}, got ${count}.`);
  }
  if (!Number.isFinite(noise) || noise < 0) {
    throw new RangeError(
      `${operation}: expected noise, a standard deviation, to be a number from 0, got ${noise}.`,
    );
  }
}
