/** Loss and gradient of rows of logits in WebAssembly: the same bits. */

import { crossEntropy as plainly } from "../cross_entropy.ts";
import type { Floats } from "../kernels.ts";
import { JOBS } from "./engine.ts";
import { jobFor, onEngine } from "./on_engine.ts";

/** For fewer logits, the plain loop is as quick. */
const SMALL = 128;
/** Logits a chunk, in whole rows; as in `assembly/cross_entropy.ts`. */
const PIECE = 4096;

/** −Σ t·ln p of each row into `losses`, and p·Σt − t into `slopes`. */
export function crossEntropy(logits: Floats, wanted: Floats, losses: Float64Array, slopes: Floats): void {
  const rows = losses.length, classes = logits.length / rows;
  const done = logits.length >= SMALL && onEngine((engine) => {
    const [z, t] = [engine.put(logits), engine.put(wanted)];
    const [loss, slope] = [engine.allocate(losses.byteLength), engine.allocate(slopes.byteLength)];
    const chunks = Math.ceil(rows / Math.max(1, Math.floor(PIECE / classes)));
    engine.run(jobFor(JOBS.crossEntropy, logits), chunks, [z, t, loss, slope, rows, classes]);
    engine.take(loss, losses);
    engine.take(slope, slopes);
  });
  if (!done) plainly(logits, wanted, losses, slopes);
}
