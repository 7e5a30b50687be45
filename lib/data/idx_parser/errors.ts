/**
 * What can be wrong with an IDX file.
 *
 * - `truncated`: the bytes end before the header, the data or the gzip stream does
 * - `trailing-bytes`: something follows the last element
 * - `bad-magic`: the first two bytes are not zero
 * - `unknown-type`: the third byte names no element type
 * - `bad-dimensions`: sizes that cannot be (their product is beyond counting, or does not match the data to write)
 * - `too-large`: more bytes than `maxBytes` allows
 * - `bad-gzip`: the gzip stream is damaged
 *
 * @example
 * ```ts
 * import type { IdxErrorCode } from "idx-parser";
 *
 * const worthAnotherDownload: IdxErrorCode[] = ["truncated", "bad-gzip"];
 * ```
 */
export type IdxErrorCode =
  | "truncated"
  | "trailing-bytes"
  | "bad-magic"
  | "unknown-type"
  | "bad-dimensions"
  | "too-large"
  | "bad-gzip";

/**
 * The one error that reading or writing IDX bytes throws: what is wrong (`code`) and where (`offset`).
 *
 * `offset` counts bytes from the start of the inflated file, so it means the same whether the file was gzipped or not.
 *
 * @example
 * ```ts
 * import { IdxError, parseIdx } from "idx-parser";
 *
 * try {
 *   parseIdx(Uint8Array.of(0, 0, 0x08, 1, 0, 0, 0, 3, 7, 7)); // three elements promised, two there
 * } catch (error) {
 *   if (error instanceof IdxError) console.log(error.code, error.offset); // truncated 10
 * }
 * ```
 */
export class IdxError extends Error {
  /** `"IdxError"`. */
  override readonly name = "IdxError";

  /**
   * An error with its place.
   *
   * @param code What is wrong
   * @param offset Where, in bytes from the start of the inflated file
   * @param message A sentence for a person; the offset is added to it
   */
  constructor(readonly code: IdxErrorCode, readonly offset: number, message: string) {
    super(`${message} (byte offset ${offset})`);
  }
}

/** Refuses an option that does not exist: a misspelt limit would be none. */
export function checkOptions(owner: string, names: readonly string[], options: object): void {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(
      `${owner}() expects an object of options, { ${names[0]}: … }, got ${String(options)}`,
    );
  }
  for (const name in options) {
    if (names.includes(name)) continue;
    throw new TypeError(`${owner}() has no option "${name}"; it knows ${names.join(", ")}`);
  }
}
