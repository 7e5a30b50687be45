import { checkNames } from "../checks/options.ts";
import { nameSlip, type SlipOptions } from "../slips/slips.ts";
import { readNumbers } from "./numbers.ts";

export type { SlipOptions };

/**
 * Names the slip that turned `expected` into `got`, by the marks that common slips leave: another shape, a constant
 * factor such as 2, −1 or the batch size, a transposed matrix, zeros, NaN.
 *
 * Purely a comparison of two values; it knows nothing of the exercise. It stays silent rather than guess.
 *
 * @param got What came: a number, arrays, a typed array, a tensor, or anything else by mistake
 * @param expected What should have come
 * @returns A sentence, or `undefined` if got is right or no slip fits
 */
export function likelySlip(got: unknown, expected: unknown, options: SlipOptions = {}): string | undefined {
  checkNames("likelySlip", ["batchSize", "tolerance"], options);
  const want = readNumbers(expected);
  if ("problem" in want) return undefined;
  if (arithmeticSigns(got, want.data.length)) {
    return "the signs + − * / do not work on tensors: use the methods add, sub, mul, div (and matmul)";
  }
  const have = readNumbers(got);
  return "problem" in have ? `it is ${have.problem}` : nameSlip(have, want, options);
}

/** In JavaScript `tensor * 2` is NaN, and `tensor + 1` glues two texts together. */
function arithmeticSigns(got: unknown, wanted: number): boolean {
  return typeof got === "string" ? /\bTensor\b|NaN/.test(got) : wanted > 1 && Number.isNaN(got);
}
