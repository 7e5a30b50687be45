/**
 * The file of a checkpoint, two lines of text: what it is, and the parts as JSON.
 *
 *     backprop checkpoint, version 2, SHA-256 of the rest 5891b5b522d5df08…
 *     {"model":{"kind":"model","state":{"numbers":{"0.weight":{"$":"Tensor","shape":[2,3],"data":…
 */

import { decodeValue, encodeValue } from "./checkpoint_values.ts";

/** What can be wrong with a checkpoint. */
export type CheckpointErrorCode =
  /** There is none. */
  | "missing-file"
  /** It is there and cannot be read. */
  | "unreadable"
  /** It cannot be written there. */
  | "unwritable"
  /** It is a file of another kind. */
  | "not-a-checkpoint"
  /** Another version of this library wrote it. */
  | "other-version"
  /** It is not complete, or was changed. */
  | "damaged"
  /** It does not hold what is to be loaded. */
  | "missing-part"
  /** What it holds is of another model, optimizer … */
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

  /** Says what is wrong with which file: as a code, and in words that begin with its path. */
  constructor(
    readonly code: CheckpointErrorCode,
    readonly path: string,
    what: string,
    options?: ErrorOptions,
  ) {
    super(`${path} ${what}`, options);
  }
}

const VERSION = 2;
const HEAD = /^backprop checkpoint, version (\d+), SHA-256 of the rest (.*)\n/;

/**
 * The bytes of a file with these parts, as they are now: later changes do not reach it.
 *
 * @throws {TypeError} If a part holds something else than plain values
 */
export async function encodeFile(parts: Record<string, unknown>): Promise<Uint8Array> {
  const rest = new TextEncoder().encode(encodeValue(parts, "part"));
  const head = `backprop checkpoint, version ${VERSION}, SHA-256 of the rest ${await sha256(rest)}\n`;
  return new Blob([head, rest]).bytes();
}

/**
 * The parts in the bytes of a file.
 *
 * @param path Named in errors
 * @throws {CheckpointError} `not-a-checkpoint`, `other-version` or `damaged`
 */
export async function decodeFile(file: Uint8Array<ArrayBuffer>, path: string): Promise<unknown> {
  const begin = new TextDecoder().decode(file.subarray(0, 200));
  const [head = "", written = begin.startsWith("BACKPROP") ? "1" : "", checksum] = HEAD.exec(begin) ?? [];
  if (written === "") {
    const what = `is no checkpoint: it should begin with "backprop checkpoint". Is it the right file?`;
    throw new CheckpointError("not-a-checkpoint", path, what);
  }
  if (Number(written) !== VERSION) {
    const what = `is in version ${written} of the format; this library reads version ${VERSION}. ` +
      "Load it with the version of the library that wrote it, or train anew.";
    throw new CheckpointError("other-version", path, what);
  }
  const rest = file.subarray(head.length);
  try {
    if (await sha256(rest) !== checksum) throw new Error("its checksum is another one");
    return decodeValue(new TextDecoder().decode(rest));
  } catch (cause) {
    const what = `is damaged: ${(cause as Error).message}. Was it copied to the end? ` +
      "Otherwise load an earlier checkpoint.";
    throw new CheckpointError("damaged", path, what, { cause });
  }
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
