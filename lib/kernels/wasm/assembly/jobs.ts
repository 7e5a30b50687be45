// Work that is divided into chunks. Each thread has a share of them, and when it is done with its own it helps the others
// until none is left. So a thread mostly works on the same part of an array as the last time, which is still in the fast
// memory of its processor. Which thread computes a chunk changes nothing about its result.

import { binaryChunk } from "./binary";
import { crossEntropyChunk } from "./cross_entropy";
import { multiplyChunk, packChunk } from "./matmul";
import { adamChunk, rmspropChunk, sgdChunk } from "./optimizers";
import { squaredDistanceChunk } from "./squared_distance";
import { unaryChunk } from "./unary";

// The control words are in shared memory, since every thread has globals of its own; and below the module's data
// (--memoryBase), which each thread that starts writes anew.
// @ts-ignore: decorator
@inline const CONTROL: usize = 1024;
// @ts-ignore: decorator
@inline const SEQUENCE: usize = CONTROL; // counts jobs; workers wait for it to change
// @ts-ignore: decorator
@inline const OPEN: usize = CONTROL + 4; // whether chunks may be taken
// @ts-ignore: decorator
@inline const SHARES: usize = CONTROL + 8; // how many threads have a share of the chunks
// @ts-ignore: decorator
@inline const COUNT: usize = CONTROL + 12; // all chunks
// @ts-ignore: decorator
@inline const ACTIVE: usize = CONTROL + 16; // workers that may be in the middle of a chunk
// @ts-ignore: decorator
@inline const KIND: usize = CONTROL + 20;
// @ts-ignore: decorator
@inline const WORKERS: usize = CONTROL + 24; // how many wait for work
// @ts-ignore: decorator
@inline const SLEEPING: usize = CONTROL + 28; // how many of them have to be woken
// @ts-ignore: decorator
@inline const WAITING: usize = CONTROL + 32; // whether the main thread has to be woken
// @ts-ignore: decorator
@inline const ARGUMENTS: usize = CONTROL + 64; // 32 whole numbers
// @ts-ignore: decorator
@inline const FLOATS: usize = CONTROL + 192; // 16 float64
// @ts-ignore: decorator
@inline const NEXT: usize = CONTROL + 512; // the next chunk of each share, each in a cache line of its own
// @ts-ignore: decorator
@inline const LINE: i32 = 64;
// @ts-ignore: decorator
@inline const MOST_SHARES: i32 = 32;

/** How often a thread looks whether there is something new before it goes to sleep: about as long as waking takes. */
const PATIENCE: i32 = 400_000;
/** The main thread wakes after so many nanoseconds at the latest, and that so often, before it gives a worker up. */
const NAP: i64 = 100_000_000;
const NAPS: i32 = 50;
/** What atomic.wait gives when nobody woke it. */
const TIMED_OUT: i32 = 2;

/** Where the arguments of the next job are written: whole numbers … */
export function jobArguments(): usize {
  return ARGUMENTS;
}

/** … and float64. */
export function jobFloats(): usize {
  return FLOATS;
}

/** How many workers wait for work. */
export function workerCount(): i32 {
  return atomic.load<i32>(WORKERS);
}

/** Do a job; returns when all chunks are done, or with false if a worker does not return from its chunk. */
export function runJob(kind: i32, count: i32): bool {
  if (count == 1 || workerCount() == 0) {
    for (let chunk = 0; chunk < count; chunk++) runChunk(kind, chunk);
    return true;
  }
  const shares = min(1 + workerCount(), MOST_SHARES);
  for (let i = 0; i < shares; i++) atomic.store<i32>(NEXT + <usize>(i * LINE), count * i / shares);
  atomic.store<i32>(SHARES, shares);
  atomic.store<i32>(COUNT, count);
  atomic.store<i32>(KIND, kind);
  atomic.store<i32>(OPEN, 1);
  atomic.add<i32>(SEQUENCE, 1);
  if (atomic.load<i32>(SLEEPING) != 0) atomic.notify(SEQUENCE, -1);
  takeChunks(0);
  return settle();
}

/**
 * Close the job and wait until no worker is in the middle of a chunk. Also called before memory is written to, since the
 * last job may have been broken off on the main thread only. Gives false if a worker does not return.
 */
export function settle(): bool {
  atomic.store<i32>(OPEN, 0);
  for (let looks = 0; looks < PATIENCE; looks++) if (atomic.load<i32>(ACTIVE) == 0) return true;
  for (let naps = 0; naps < NAPS;) {
    atomic.store<i32>(WAITING, 1);
    const active = atomic.load<i32>(ACTIVE);
    if (active == 0) break;
    if (atomic.wait<i32>(ACTIVE, active, NAP) == TIMED_OUT) naps++;
  }
  atomic.store<i32>(WAITING, 0);
  return atomic.load<i32>(ACTIVE) == 0;
}

/** What a worker does, for ever. */
export function serve(): void {
  let seen = atomic.load<i32>(SEQUENCE);
  const me = 1 + atomic.add<i32>(WORKERS, 1);
  while (true) {
    let looks = 0;
    while (atomic.load<i32>(SEQUENCE) == seen) {
      if (++looks < PATIENCE) continue;
      atomic.add<i32>(SLEEPING, 1);
      atomic.wait<i32>(SEQUENCE, seen, -1);
      atomic.sub<i32>(SLEEPING, 1);
      looks = 0;
    }
    seen = atomic.load<i32>(SEQUENCE);
    // First say so, then look whether it is still open: whoever closes it waits for those who said so.
    atomic.add<i32>(ACTIVE, 1);
    if (atomic.load<i32>(OPEN) != 0) takeChunks(me);
    atomic.sub<i32>(ACTIVE, 1);
    if (atomic.load<i32>(WAITING) != 0) atomic.notify(ACTIVE, -1);
  }
}

function takeChunks(me: i32): void {
  const kind = atomic.load<i32>(KIND), count = atomic.load<i32>(COUNT), shares = atomic.load<i32>(SHARES);
  for (let i = 0; i < shares; i++) {
    const share = (me + i) % shares, end = count * (share + 1) / shares;
    while (true) {
      const chunk = atomic.add<i32>(NEXT + <usize>(share * LINE), 1);
      if (chunk >= end) break;
      runChunk(kind, chunk);
    }
  }
}

/** The kinds of jobs, float32 and float64; as in `JOBS` of `engine.ts`. */
function runChunk(kind: i32, chunk: i32): void {
  switch (kind) {
    case 0: return packChunk<f32>(ARGUMENTS, chunk);
    case 1: return packChunk<f64>(ARGUMENTS, chunk);
    case 2: return multiplyChunk<f32>(ARGUMENTS, chunk);
    case 3: return multiplyChunk<f64>(ARGUMENTS, chunk);
    case 4: return adamChunk<f32>(ARGUMENTS, FLOATS, chunk);
    case 5: return adamChunk<f64>(ARGUMENTS, FLOATS, chunk);
    case 6: return sgdChunk<f32>(ARGUMENTS, FLOATS, chunk);
    case 7: return sgdChunk<f64>(ARGUMENTS, FLOATS, chunk);
    case 8: return rmspropChunk<f32>(ARGUMENTS, FLOATS, chunk);
    case 9: return rmspropChunk<f64>(ARGUMENTS, FLOATS, chunk);
    case 10: return unaryChunk<f32>(ARGUMENTS, chunk);
    case 11: return unaryChunk<f64>(ARGUMENTS, chunk);
    case 12: return binaryChunk<f32>(ARGUMENTS, chunk);
    case 13: return binaryChunk<f64>(ARGUMENTS, chunk);
    case 14: return squaredDistanceChunk<f32>(ARGUMENTS, chunk);
    case 15: return squaredDistanceChunk<f64>(ARGUMENTS, chunk);
    case 16: return crossEntropyChunk<f32>(ARGUMENTS, chunk);
    case 17: return crossEntropyChunk<f64>(ARGUMENTS, chunk);
  }
}
