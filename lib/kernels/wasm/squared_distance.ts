/** How far two arrays are apart, in WebAssembly: the same bits. */

import type { Floats } from "../kernels.ts";
import { PIECE, squaredDistance as plainly } from "../squared_distance.ts";
import { JOBS } from "./engine.ts";
import { jobFor, onEngine } from "./on_engine.ts";

/** For fewer entries, the plain loop is as quick. */
const SMALL = 1024;

/** Σ (xᵢ − yᵢ)²; without y, Σ xᵢ². */
export function squaredDistance(x: Floats, y?: Floats): number {
  let sum = 0;
  const done = x.length >= SMALL && onEngine((engine) => {
    const pieces = new Float64Array(Math.ceil(x.length / PIECE));
    const at = [engine.put(x), y === undefined ? 0 : engine.put(y), engine.allocate(pieces.byteLength)];
    engine.run(jobFor(JOBS.squaredDistance, x), pieces.length, [...at, x.length]);
    engine.take(at[2], pieces);
    sum = 0;
    for (const piece of pieces) sum += piece;
  });
  return done ? sum : plainly(x, y);
}
