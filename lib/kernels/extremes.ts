/** The largest and the smallest of many numbers: `Math.max(...numbers)` overflows the stack where there are 130,000. */

/**
 * The largest number, NaN if one is NaN.
 *
 * @param numbers Any list
 * @param least What is given for none, and at least
 */
export function maxOf(numbers: ArrayLike<number>, least = -Infinity): number {
  let most = least;
  for (let i = 0; i < numbers.length; i++) most = Math.max(most, numbers[i]);
  return most;
}

/**
 * The smallest number, NaN if one is NaN.
 *
 * @param numbers Any list
 * @param most What is given for none, and at most
 */
export function minOf(numbers: ArrayLike<number>, most = Infinity): number {
  let least = most;
  for (let i = 0; i < numbers.length; i++) least = Math.min(least, numbers[i]);
  return least;
}
