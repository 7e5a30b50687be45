/**
 * The WebAssembly module with its memory. A part of it is a workplace: arrays are copied in, computed with, and copied out.
 * The other part holds arrays that are used in every step.
 */

import { host } from "../../host/mod.ts";
import type { Floats } from "../kernels.ts";
import { Arena } from "./arena.ts";

/** What the module exports; see `assembly/jobs.ts`. */
interface Exports {
  jobArguments(): number;
  jobFloats(): number;
  runJob(kind: number, chunks: number): number;
  settle(): number;
  workerCount(): number;
}

/** The module's jobs for float32; those for float64 are one higher. As in `assembly/jobs.ts`. */
export const JOBS = {
  pack: 0,
  multiply: 2,
  adam: 4,
  sgd: 6,
  rmsprop: 8,
  unary: 10,
  binary: 12,
  squaredDistance: 14,
  crossEntropy: 16,
} as const;

/** Where arrays that stay begin, behind the module's own data, and where the workplace does. Untouched memory costs nothing. */
const ARENA = 65536, SCRATCH = ARENA + (128 << 20);
/** A page of WebAssembly memory, and the most that there can be: 2 GB. Memory grows as it is needed. */
const PAGE = 65536, MOST_PAGES = 32768;

/** A worker did not return from its work, so what is in the workplace is worth nothing. */
export class WorkerLost extends Error {
  /** Tells it from other errors. */
  override readonly name = "WorkerLost";
}

/** There is not enough memory. */
export class OutOfMemory extends Error {
  /** Tells it from other errors. */
  override readonly name = "OutOfMemory";
}

/** One instance of the module, and the threads that share its memory. */
export class Engine {
  readonly #module: WebAssembly.Module;
  readonly #memory = new WebAssembly.Memory({
    initial: SCRATCH / PAGE + 16,
    maximum: MOST_PAGES,
    shared: true,
  });
  readonly #exports: Exports;
  readonly #arguments: number;
  readonly #floats: number;
  #stopWorkers: (() => void) | undefined;
  readonly #arena = new Arena(ARENA, SCRATCH);
  /** Where the arrays are that stay here. */
  readonly #residents = new WeakMap<Floats, number>();
  readonly #freed = new FinalizationRegistry<{ at: number; bytes: number }>(({ at, bytes }) => {
    this.#arena.give(at, bytes);
  });
  #top = SCRATCH;
  #int!: Int32Array;
  #float32!: Float32Array;
  #float64!: Float64Array;

  /** @param helpers How many workers to start once there is work for them */
  constructor(module: WebAssembly.Module, private helpers: number) {
    this.#module = module;
    const imports = { env: { memory: this.#memory, abort: () => {} } };
    this.#exports = new WebAssembly.Instance(module, imports).exports as unknown as Exports;
    this.#arguments = this.#exports.jobArguments() >> 2;
    this.#floats = this.#exports.jobFloats() >> 3;
    this.#look();
  }

  /** How many threads compute at present, this one included. */
  get threads(): number {
    return 1 + this.#exports.workerCount();
  }

  /** Ends the workers. */
  stop(): void {
    this.#stopWorkers?.();
  }

  /**
   * Begin a new piece of work: all of the workplace is free.
   *
   * @throws {WorkerLost} If a worker is still busy with the last one and does not end
   */
  begin(): void {
    if (this.#exports.settle() === 0) throw new WorkerLost("A worker does not return from its work.");
    this.#top = SCRATCH;
  }

  /**
   * The address of free room, `bytes` long. Rounded up, so that whole vectors may be read and written at the end.
   *
   * @throws {OutOfMemory} If there is no more
   */
  allocate(bytes: number): number {
    const at = this.#top, top = at + (bytes + 63) - (bytes + 63) % 64;
    const missing = top - this.#memory.buffer.byteLength;
    if (missing > 0) {
      try {
        this.#memory.grow(Math.ceil(missing / PAGE));
      } catch (error) {
        throw new OutOfMemory(`No ${top} bytes for a workplace.`, { cause: error });
      }
      this.#look();
    }
    this.#top = top;
    return at;
  }

  /**
   * An array of zeros in this memory, which no work has to copy in or out. Its room is free again when neither this array
   * nor a part of it is in use any more.
   *
   * @returns `undefined` if there is no room
   */
  resident(dtype: "float64" | "float32", length: number): Floats | undefined {
    const Kind = dtype === "float64" ? Float64Array : Float32Array;
    const bytes = length * Kind.BYTES_PER_ELEMENT, at = this.#arena.take(bytes);
    if (at === undefined) return undefined;
    // Another object for the same memory: it lives as long as this array, its parts and whoever asked for its buffer.
    const buffer = structuredClone(this.#memory.buffer);
    this.#freed.register(buffer, { at, bytes });
    const array = new Kind(buffer, at, length).fill(0);
    this.#residents.set(array, at);
    return array;
  }

  /** Where an array is that stays here; `undefined` for all others. */
  whereIs(x: Floats): number | undefined {
    return this.#residents.get(x);
  }

  /** The address of an input: where it is, or where it was copied to. */
  put(x: Floats): number {
    const stays = this.#residents.get(x);
    if (stays !== undefined) return stays;
    const at = this.allocate(x.byteLength);
    if (x instanceof Float32Array) this.#float32.set(x, at >>> 2);
    else this.#float64.set(x, at >>> 3);
    return at;
  }

  /** Copy an array out, unless it is there. */
  take(at: number, x: Floats): void {
    if (this.#residents.get(x) === at) return;
    if (x instanceof Float32Array) x.set(this.#float32.subarray(at >>> 2, (at >>> 2) + x.length));
    else x.set(this.#float64.subarray(at >>> 3, (at >>> 3) + x.length));
  }

  /**
   * Do a job of the module. If there is more than one chunk, workers help; they are started for the first such job, and
   * until they are there this thread computes alone.
   *
   * @throws {WorkerLost} If one of them does not return
   */
  run(kind: number, chunks: number, whole: readonly number[], floats: readonly number[] = []): void {
    if (chunks > 1 && this.helpers > 0 && this.#stopWorkers === undefined) {
      this.#stopWorkers = host.startThreads(this.#module, this.#memory, this.helpers);
    }
    for (let i = 0; i < whole.length; i++) this.#int[this.#arguments + i] = whole[i];
    for (let i = 0; i < floats.length; i++) this.#float64[this.#floats + i] = floats[i];
    if (this.#exports.runJob(kind, chunks) === 0) {
      throw new WorkerLost("A worker does not return from its work.");
    }
  }

  #look(): void {
    const { buffer } = this.#memory;
    this.#int = new Int32Array(buffer);
    this.#float32 = new Float32Array(buffer);
    this.#float64 = new Float64Array(buffer);
  }
}
