/**
 * What can be wrong with a data file.
 *
 * - `missing-file`: it is not there
 * - `unreadable`: it is there and cannot be read, or is no IDX file
 * - `wrong-hash`: its contents are not those it was published with
 * - `wrong-shape`: it holds other sizes or another element type than it should
 */
export type DataErrorCode = "missing-file" | "unreadable" | "wrong-hash" | "wrong-shape";

/**
 * A data file that cannot be used, with what to do about it in the message.
 *
 * @example
 * ```ts
 * import { DataError, loadMnist } from "backprop";
 * import { assertRejects } from "@std/assert";
 *
 * const error = await assertRejects(() => loadMnist({ directory: "nowhere/" }), DataError);
 * console.log(error.code); // missing-file
 * ```
 */
export class DataError extends Error {
  /** What it is called in a stack trace. */
  override readonly name = "DataError";

  /**
   * Names the file and what is wrong with it.
   *
   * @param code What is wrong
   * @param file Name of the file
   * @param message What could not be done, what was expected, what came, what to do
   */
  constructor(readonly code: DataErrorCode, readonly file: string, message: string, options?: ErrorOptions) {
    super(message, options);
  }
}
