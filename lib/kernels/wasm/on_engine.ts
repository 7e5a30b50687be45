/** The one engine of this program: made when it is first needed, replaced when it fails. */

import { host } from "../../host/mod.ts";
import { KernelError } from "../errors.ts";
import type { Floats } from "../kernels.ts";
import { Engine, type JOBS, OutOfMemory, WorkerLost } from "./engine.ts";

/** More threads than that were never seen to help. */
const MOST_THREADS = 8;

let module: WebAssembly.Module | undefined;
let engine: Engine | undefined;
let unavailable = false;
let threads: number | undefined;

/** How many threads the engine may use: all processors, unless {@link setThreads} said otherwise. */
export function mostThreads(): number {
  return threads ?? Math.min(navigator.hardwareConcurrency ?? 1, MOST_THREADS);
}

/** Sets the number of threads; `undefined` for as many as there are processors. */
export function setThreads(count: number | undefined): void {
  const before = mostThreads();
  threads = count;
  if (mostThreads() === before) return;
  engine?.stop();
  engine = undefined;
}

/** How many threads are at work, 0 as long as there was no operation and no parameter that is big enough to start the engine. */
export function threadsAtWork(): number {
  return engine?.threads ?? 0;
}

/**
 * Do a piece of work in WebAssembly.
 *
 * @param work Copies in, computes, and copies out
 * @param repeatable Whether it can begin again when a worker is lost: it changes what it reads at the very end only
 * @returns Whether it was done; if not, there is no WebAssembly with SIMD and shared memory, or too little memory
 * @throws {KernelError} If a worker was lost and the work is not repeatable
 */
export function onEngine(work: (engine: Engine) => void, repeatable = true): boolean {
  engine ??= makeEngine(mostThreads() - 1);
  if (engine === undefined) return false;
  try {
    engine.begin();
    work(engine);
    return true;
  } catch (error) {
    if (error instanceof OutOfMemory) return false;
    if (!(error instanceof WorkerLost)) throw error;
    engine.stop();
    engine = makeEngine(0); // with a memory of its own, which no lost worker writes to
    if (repeatable) return onEngine(work);
    throw new KernelError(
      "An optimizer's step was broken off, since a thread did not return from its part: some numbers of a parameter " +
        "have taken the step and others have not. Go on from a checkpoint, or train on.",
      { cause: error },
    );
  }
}

/** Whether an array stays in the engine's memory, so that work changes it in place. */
export function isResident(x: Floats): boolean {
  return engine?.whereIs(x) !== undefined;
}

let residents = true;

/** Keeps arrays out of the engine's memory for the rest of the program: through the buffer of one, all can be read and changed. */
export function allowNoResidents(): void {
  residents = false;
}

/** Arrays with fewer numbers are not worth a place of their own, nor a step of an optimizer here. */
export const LEAST_RESIDENT = 4096;

/** Zeros in the engine's memory; `undefined` if there are few of them, or there is no engine or no room. */
export function residentArray(dtype: "float64" | "float32", length: number): Floats | undefined {
  if (length < LEAST_RESIDENT || !residents) return undefined;
  engine ??= makeEngine(mostThreads() - 1);
  return engine?.resident(dtype, length);
}

/** The number of a job for the dtype of an array. */
export function jobFor(job: typeof JOBS[keyof typeof JOBS], x: Floats): number {
  return x instanceof Float32Array ? job : job + 1;
}

function makeEngine(helpers: number): Engine | undefined {
  if (unavailable) return undefined;
  try {
    if (typeof SharedArrayBuffer === "undefined") throw new Error("there is no shared memory");
    module ??= new WebAssembly.Module(host.readNow(host.place("lib/kernels/wasm/kernels.wasm")));
    return new Engine(module, helpers);
  } catch (error) {
    unavailable = true;
    // Not console.warn: nothing is wrong, and nbgrader takes what a cell writes to stderr for a failure.
    console.log(
      `Computing with the plain loops, since the fast ones cannot be used (${(error as Error).message}).`,
    );
    return undefined;
  }
}
