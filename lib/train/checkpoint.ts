/** A training run on disk. */

import { host } from "../host/mod.ts";
import { kindOf } from "../checks/values.ts";
import { Rng, type RngState } from "../tensor/random.ts";
import { CheckpointError, decodeFile, encodeFile } from "./checkpoint_file.ts";
import { type ModelState, putState, stateOf, type TrainableModel } from "./model.ts";
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
  const saved = Object.entries(parts).map(([name, part]) => {
    const { kind, take } = accessTo(name, part);
    return [name, { kind, state: take() }];
  });
  const bytes = await encodeFile(Object.fromEntries(saved));
  await host.write(path, bytes).catch((cause: Error) => {
    throw new CheckpointError("unwritable", String(path), `cannot be written: ${cause.message}`, { cause });
  });
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
  const bytes = await host.read(path).catch((cause: Error) => {
    const [code, what] = host.isMissing(cause)
      ? ["missing-file", "does not exist."] as const
      : ["unreadable", `cannot be read: ${cause.message}`] as const;
    throw new CheckpointError(code, String(path), what, { cause });
  });
  const saved = await decodeFile(bytes, String(path)) as Record<string, { kind: string; state: unknown }>;
  for (const part of Object.keys(parts)) {
    if (Object.hasOwn(saved, part)) continue;
    const what = `has no part "${part}"; it has ${Object.keys(saved).join(", ") || "none"}.`;
    throw new CheckpointError("missing-part", String(path), what);
  }
  const undo: (() => void)[] = [];
  for (const [name, part] of Object.entries(parts)) {
    try {
      const { kind, take, put } = accessTo(name, part);
      const before = take();
      undo.push(kind === "model" ? keep(part as TrainableModel) : () => put(before));
      const { kind: savedKind, state } = saved[name];
      if (savedKind !== kind) throw new TypeError(`it was saved as a ${savedKind}, and is a ${kind} now.`);
      put(state);
    } catch (cause) {
      for (const putBack of undo.reverse()) putBack();
      const what = `does not fit: its part "${name}": ${(cause as Error).message}`;
      throw new CheckpointError("mismatch", String(path), what, { cause });
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

/** How the state of a part is taken out and put in. */
interface Access {
  readonly kind: "model" | "rng" | "state";
  take(): unknown;
  // deno-lint-ignore no-explicit-any -- each kind has a state of its own type
  put(state: any): void;
}

// deno-lint-ignore no-explicit-any -- it is looked at here what it is
function accessTo(name: string, part: any): Access {
  const has = (...methods: string[]) => methods.every((method) => method in Object(part));
  if (part instanceof Rng) return { kind: "rng", take: () => part.state, put: (state) => part.state = state };
  if (has("forward", "parameters")) {
    const take = () => ({ numbers: stateOf(part), generators: generatorsOf(part).map((rng) => rng.state) });
    return { kind: "model", take, put: (state) => putModel(part, state) };
  }
  if (has("stateDict", "loadStateDict")) {
    return { kind: "state", take: () => part.stateDict(), put: (state) => part.loadStateDict(state) };
  }
  throw new TypeError(
    `saveCheckpoint: the part "${name}" has no state to save. Expected a model, an Rng, or something with stateDict ` +
      "and loadStateDict.",
  );
}

function putModel(model: TrainableModel, saved: { numbers: ModelState; generators: RngState[] }): void {
  putState(model, saved.numbers);
  const generators = generatorsOf(model), before = saved.generators.length;
  if (generators.length !== before) {
    throw new RangeError(`it was saved with ${before} generators, and has ${generators.length} now.`);
  }
  generators.forEach((rng, i) => rng.state = saved.generators[i]);
}
