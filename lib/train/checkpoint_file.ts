/**
 * The file of a checkpoint: a header that says what it is, the values, and a checksum over all of it.
 *
 * | bytes   | what                                                            |
 * |---------|-----------------------------------------------------------------|
 * | 8       | `BACKPROP` in ASCII                                             |
 * | 4       | version of this format: 1                                       |
 * | 4       | J, length of the JSON                                           |
 * | 4       | B, length of the raw bytes                                      |
 * | 4       | zero                                                            |
 * | J       | the values as JSON, UTF-8, with spaces at the end up to 8 bytes |
 * | B       | the numbers of tensors and typed arrays                         |
 * | 32      | SHA-256 of everything before                                    |
 *
 * Integers and numbers are little-endian.
 */

import type { Packed } from "./plain_values.ts";

/**
 * What can be wrong with a checkpoint.
 *
 * - `missing-file`: there is none
 * - `unreadable`: it is there and cannot be read
 * - `unwritable`: it cannot be written there
 * - `not-a-checkpoint`: it is a file of another kind
 * - `other-version`: another version of this library wrote it
 * - `truncated`: its end is missing, or there is more than there should be
 * - `damaged`: its contents were changed
 * - `missing-part`: it does not hold what is to be loaded
 * - `mismatch`: what it holds is of another model, optimizer …
 */
export type CheckpointErrorCode =
  | "missing-file"
  | "unreadable"
  | "unwritable"
  | "not-a-checkpoint"
  | "other-version"
  | "truncated"
  | "damaged"
  | "missing-part"
  | "mismatch";

/**
 * A checkpoint that cannot be saved or loaded; nothing was changed.
 *
 * @example
 * ```ts
 * import { CheckpointError, loadCheckpoint, Rng } from "backprop";
 * import { assertEquals, assertRejects } from "@std/assert";
 *
 * const load = () => loadCheckpoint("nowhere.checkpoint", { rng: new Rng(1) });
 * const error = await assertRejects(load, CheckpointError);
 * assertEquals(error.code, "missing-file");
 * ```
 */
export class CheckpointError extends Error {
  /** What it is called in a stack trace. */
  override readonly name = "CheckpointError";

  /**
   * Names the file and what is wrong with it.
   *
   * @param code What is wrong
   * @param path The file
   * @param message What is wrong with which file, in words
   */
  constructor(
    readonly code: CheckpointErrorCode,
    readonly path: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const MAGIC = "BACKPROP";
const VERSION = 1;
const HEADER = 24;
const CHECKSUM = 32;

/** The bytes of a file with these values. */
export async function encodeFile({ json, bytes }: Packed): Promise<Uint8Array<ArrayBuffer>> {
  const text = new TextEncoder().encode(JSON.stringify(json));
  const textEnd = HEADER + Math.ceil(text.length / 8) * 8;
  const file = new Uint8Array(textEnd + bytes.length + CHECKSUM);
  file.set(new TextEncoder().encode(MAGIC));
  const header = new DataView(file.buffer);
  header.setUint32(8, VERSION, true);
  header.setUint32(12, textEnd - HEADER, true);
  header.setUint32(16, bytes.length, true);
  file.fill(" ".charCodeAt(0), HEADER, textEnd); // JSON may end with spaces
  file.set(text, HEADER);
  file.set(bytes, textEnd);
  file.set(await checksum(file.subarray(0, -CHECKSUM)), file.length - CHECKSUM);
  return file;
}

/**
 * The values in the bytes of a file.
 *
 * @param path Named in errors
 * @throws {CheckpointError} `not-a-checkpoint`, `other-version`, `truncated` or `damaged`
 */
export async function decodeFile(file: Uint8Array<ArrayBuffer>, path: string): Promise<Packed> {
  const refuse = (code: CheckpointErrorCode, what: string) =>
    new CheckpointError(code, path, `${path} ${what}`);
  const magic = new TextDecoder().decode(file.subarray(0, MAGIC.length));
  if (!MAGIC.startsWith(magic)) {
    throw refuse(
      "not-a-checkpoint",
      `is no checkpoint: it should begin with ${MAGIC}. Is it the right file?`,
    );
  }
  if (file.length < HEADER) throw refuse("truncated", `ends after ${file.length} bytes, within its header.`);
  const header = new DataView(file.buffer, file.byteOffset);
  const version = header.getUint32(8, true);
  if (version !== VERSION) {
    const advice = "Load it with the version of the library that wrote it.";
    throw refuse(
      "other-version",
      `is in version ${version} of the format; this library reads version ${VERSION}. ${advice}`,
    );
  }
  const textEnd = HEADER + header.getUint32(12, true);
  const end = textEnd + header.getUint32(16, true) + CHECKSUM;
  if (file.length !== end) {
    throw refuse("truncated", `has ${file.length} bytes and should have ${end}. Was it copied to the end?`);
  }
  const expected = file.subarray(-CHECKSUM);
  const got = await checksum(file.subarray(0, -CHECKSUM));
  if (got.some((byte, i) => byte !== expected[i])) {
    throw refuse("damaged", "is damaged: its checksum is another one. Load an earlier checkpoint.");
  }
  const json = JSON.parse(new TextDecoder().decode(file.subarray(HEADER, textEnd)));
  return { json, bytes: file.slice(textEnd, -CHECKSUM) };
}

async function checksum(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}
