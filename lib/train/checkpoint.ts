/** A training run on disk. */

import { host } from "../host/mod.ts";
import { kindOf } from "../checks/values.ts";
import { Rng, type RngState } from "../tensor/random.ts";
import { CheckpointError, decodeFile, encodeFile } from "./checkpoint_file.ts";
import { type ModelState, putState, stateOf, type TrainableModel } from "./model.ts";
import { pack, unpack } from "./plain_values.ts";
import { generatorsOf, keep, type Stateful } from "./snapshot.ts";

/**
 * What a checkpoint holds, by names of your choice: models, generators, and whatever has `stateDict` and
 * `loadStateDict`, as optimizers, histories and `ReduceOnPlateau` have.
 */
// deno-lint-ignore no-explicit-any -- each part has a state of its own type
export type CheckpointParts = Readonly<Record<string, TrainableModel | Rng | Stateful<any>>>;

/**
 * Writes a run to disk, so that it can go on later, or elsewhere, as if it had never stopped.
 *
 * Save what the next step depends on: model, optimizer, generator and history. The generators inside a model (its
 * Dropout layers') are saved with it. In `onEpoch` of `fit`, a run that goes on from the file gives the same bits as
 * one that did not stop.
 *
 * The file takes its name only when it is complete, so a crash leaves the former checkpoint as it was. The same state
 * gives the same bytes.
 *
 * @param path Where; the folder must exist, a file of that name is replaced
 * @param parts What to save
 * @throws {CheckpointError} `unwritable`, if it cannot be written there
 * @throws {TypeError} If a part has no state, or one that holds something else than plain values
 * @example
 * ```ts
 * import { Adam, History, Linear, loadCheckpoint, Rng, saveCheckpoint, Sequential } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const make = (seed: number) => {
 *   const rng = new Rng(seed);
 *   const model = new Sequential(new Linear(2, 3, { rng }));
 *   return { model, optimizer: new Adam(model.parameters()), rng, history: new History() };
 * };
 * const path = await Deno.makeTempFile();
 * const run = make(1);
 * await saveCheckpoint(path, run);
 *
 * const other = make(2);
 * await loadCheckpoint(path, other);
 * assertEquals(other.model.stateDict(), run.model.stateDict());
 * assertEquals(other.rng.random(), run.rng.random());
 * await Deno.remove(path);
 * ```
 */
export async function saveCheckpoint(path: string | URL, parts: CheckpointParts): Promise<void> {
  checkWhat("saveCheckpoint", path, parts);
  // Packed before the first await: training may go on while the file is written.
  const packed = pack(
    Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, takeOut(name, part)])),
    "part",
  );
  const bytes = await encodeFile(packed);
  try {
    await host.write(path, bytes);
  } catch (cause) {
    const message = `The checkpoint ${path} cannot be written: ${(cause as Error).message}`;
    throw new CheckpointError("unwritable", String(path), message, { cause });
  }
}

/**
 * Puts a saved run into objects that were made as those that were saved: same layers, same optimizer.
 *
 * All or nothing: if a part does not fit, every part is as it was. Parts of the file that are not asked for are left
 * out, so a model can be loaded alone.
 *
 * @param path Where it is
 * @param parts What to load, under the names with which it was saved; changed in place
 * @throws {CheckpointError} If the file is missing, damaged, of another kind or version, or does not fit
 * @example
 * ```ts
 * import { Linear, loadCheckpoint, Rng, saveCheckpoint } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const path = await Deno.makeTempFile();
 * const model = new Linear(2, 3, { rng: new Rng(1) });
 * await saveCheckpoint(path, { model });
 *
 * const copy = new Linear(2, 3, { rng: new Rng(2) });
 * await loadCheckpoint(path, { model: copy });
 * assertEquals(copy.weight.toArray(), model.weight.toArray());
 * await Deno.remove(path);
 * ```
 */
export async function loadCheckpoint(path: string | URL, parts: CheckpointParts): Promise<void> {
  checkWhat("loadCheckpoint", path, parts);
  const name = String(path);
  const saved = await read(path);
  for (const part of Object.keys(parts)) {
    if (Object.hasOwn(saved, part)) continue;
    const message = `${name} has no part "${part}"; it has ${Object.keys(saved).join(", ") || "none"}.`;
    throw new CheckpointError("missing-part", name, message);
  }
  const undo: (() => void)[] = [];
  for (const [key, part] of Object.entries(parts)) {
    try {
      undo.push(keepPart(key, part));
      putIn(part, saved[key]);
    } catch (cause) {
      for (const putBack of undo.reverse()) putBack();
      const message = `${name}: the part "${key}" does not fit: ${(cause as Error).message}`;
      throw new CheckpointError("mismatch", name, message, { cause });
    }
  }
}

function checkWhat(owner: string, path: unknown, parts: unknown): void {
  if (typeof path !== "string" && !(path instanceof URL)) {
    throw new TypeError(`${owner}: expected the path of a file first, got ${kindOf(path)}.`);
  }
  if (typeof parts === "object" && parts !== null && !Array.isArray(parts)) return;
  throw new TypeError(`${owner}: expected the parts by name, { model, optimizer }, got ${kindOf(parts)}.`);
}

/** A part as it is in the file. */
type SavedPart =
  | { kind: "model"; numbers: ModelState; generators: RngState[] }
  | { kind: "rng"; state: RngState }
  | { kind: "state"; state: unknown };

function takeOut(name: string, part: CheckpointParts[string]): SavedPart {
  if (part instanceof Rng) return { kind: "rng", state: part.state };
  if (isModel(part)) {
    return { kind: "model", numbers: stateOf(part), generators: generatorsOf(part).map((rng) => rng.state) };
  }
  if (isStateful(part)) return { kind: "state", state: part.stateDict() };
  throw new TypeError(
    `saveCheckpoint: the part "${name}" has no state to save. Expected a model, an Rng, or something with stateDict ` +
      "and loadStateDict.",
  );
}

function putIn(part: CheckpointParts[string], saved: SavedPart): void {
  const kind = part instanceof Rng ? "rng" : isModel(part) ? "model" : "state";
  if (saved.kind !== kind) throw new TypeError(`it was saved as a ${saved.kind}, and is a ${kind} now.`);
  if (part instanceof Rng) part.state = (saved as { state: RngState }).state;
  else if (saved.kind === "model") {
    putState(part as TrainableModel, saved.numbers);
    const generators = generatorsOf(part);
    if (generators.length !== saved.generators.length) {
      throw new RangeError(
        `it was saved with ${saved.generators.length} generators, and has ${generators.length} now.`,
      );
    }
    generators.forEach((rng, i) => rng.state = saved.generators[i]);
  } else (part as Stateful).loadStateDict(saved.state as unknown);
}

/** The state of a part, to put it back if a later part does not fit. */
function keepPart(name: string, part: CheckpointParts[string]): () => void {
  if (isModel(part)) return keep(part);
  const before = takeOut(name, part);
  return () => putIn(part, before);
}

function isModel(part: CheckpointParts[string]): part is TrainableModel {
  return typeof part === "object" && part !== null && "forward" in part && "parameters" in part;
}

function isStateful(part: CheckpointParts[string]): part is Stateful {
  return typeof part === "object" && part !== null && "stateDict" in part && "loadStateDict" in part;
}

async function read(path: string | URL): Promise<Record<string, SavedPart>> {
  const name = String(path);
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await host.read(path);
  } catch (cause) {
    const missing = host.isMissing(cause);
    const message = missing
      ? `There is no checkpoint ${name}.`
      : `${name} cannot be read: ${(cause as Error).message}`;
    throw new CheckpointError(missing ? "missing-file" : "unreadable", name, message, { cause });
  }
  const packed = await decodeFile(bytes, name);
  try {
    return unpack(packed) as Record<string, SavedPart>;
  } catch (cause) {
    const message = `${name} is damaged: ${(cause as Error).message}.`;
    throw new CheckpointError("damaged", name, message, { cause });
  }
}
