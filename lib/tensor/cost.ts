/** What matrix products cost, counted. */

import { checkFunction } from "../checks/values.ts";

let spent = 0;

/** Notes that a product was carried out; called by every matrix product. */
export function noteMultiplyAdds(count: number): void {
  spent += count;
}

/**
 * How many multiplications (each with an addition) the matrix products in `work` took, those of `backward()` included.
 *
 * A product `[m, k]·[k, n]` takes m·k·n. Nearly all the work of a dense network is in its products, so this is a
 * measure of cost that is the same on every machine.
 *
 * @param work What to measure; must not be async, since counting stops when it returns
 * @returns The count, an integer ≥ 0
 * @throws {TypeError} If `work` is async
 * @example
 * ```ts
 * import { countMultiplyAdds, ones, parameter } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const X = ones([5, 4]), W = parameter(ones([4, 3]));
 * let loss = X.matmul(W).sum();
 * assertEquals(countMultiplyAdds(() => loss = X.matmul(W).sum()), 60); // 5·4·3
 * assertEquals(countMultiplyAdds(() => loss.backward()), 60); // dW = Xᵀ·dZ; nobody asked for dX
 * ```
 */
export function countMultiplyAdds(work: () => unknown): number {
  checkFunction("countMultiplyAdds", "work", work);
  const before = spent;
  if (work() instanceof Promise) {
    throw new TypeError(
      "countMultiplyAdds: work must not be async; what it does later would not be counted.",
    );
  }
  return spent - before;
}
