// Runs in the kernel of a graded notebook, before the student's first cell: keeps what checks rest on as it is.
import * as library from "backprop";
import { allowOnlyKernels } from "../../../lib/kernels/current.ts";
import { referenceKernels } from "../../../lib/kernels/reference.ts";
import { allowNoResidents } from "../../../lib/kernels/wasm/on_engine.ts";
import { wasmKernels } from "../../../lib/kernels/wasm/wasm_kernels.ts";
import { lockdown } from "./lockdown.ts";

/** What a check relies on is not what the instructor's cells made. */
export class TamperError extends Error {
  /** Tells it from other errors. */
  override readonly name = "TamperError";

  /** Called by {@link verify}. */
  constructor(message: string) {
    super(message);
    Object.defineProperty(this, "stack", { value: `TamperError: ${message}` });
  }
}

/** Names with what gives their values: a name may have none, as its cell failed. */
export type Names = Record<string, () => unknown>;

let secret: string | undefined;
const known = new Map<string, unknown>();

/**
 * Freeze the language and the library, and give up what student code must not do. To be called once, first.
 *
 * @param word Known to nobody in the kernel; {@link register} and {@link verify} ask for it. A kernel that was ended by a
 *   cell and came back does not know it, so no check passes there.
 */
export function begin(word: string): void {
  if (secret !== undefined) throw new TamperError("grading has begun already");
  secret = word;
  const kernels = [wasmKernels, referenceKernels];
  lockdown({ ...library, kernels });
  allowOnlyKernels(kernels);
  allowNoResidents();
  // The sandbox forbids the network too; where a system has none, this is what remains.
  for (const name of ["run", "ffi", "net"] as const) Deno.permissions.revokeSync({ name });
}

/** Remember what the instructor's cell has made. */
export function register(word: string, names: Names): void {
  expect(word);
  for (const [name, value] of Object.entries(names)) {
    known.delete(name);
    try {
      known.set(name, value());
    } catch {
      // the cell did not come so far
    }
  }
}

/**
 * Refuse to go on if a name means something else by now.
 *
 * @throws {TamperError} Naming what was replaced
 */
export function verify(word: string, names: Names): void {
  expect(word);
  for (const [name, value] of Object.entries(names)) {
    if (!known.has(name)) throw new TamperError(`${name} is missing: the cell that makes it did not work`);
    let now: unknown;
    try {
      now = value();
    } catch {
      throw new TamperError(`${name} is gone`);
    }
    if (!Object.is(now, known.get(name))) {
      throw new TamperError(`${name} was replaced by another cell; this check needs the original`);
    }
  }
}

function expect(word: string): void {
  if (secret === undefined) throw new TamperError("the kernel was ended and started again by a cell");
  if (word !== secret) throw new TamperError("this is for the grader alone");
}
