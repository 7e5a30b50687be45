/** Elementary functions in WebAssembly: the very files of `kernels/`, compiled once more, so they give the same bits. */

import type { Floats, UnaryOperation } from "../kernels.ts";
import { referenceKernels } from "../reference.ts";
import { binary } from "./binary.ts";
import { JOBS } from "./engine.ts";
import { jobFor, onEngine } from "./on_engine.ts";

/** The functions by number, as in `assembly/unary.ts`. The others but relu are so short that copying takes longer. */
const FUNCTIONS: Partial<Record<UnaryOperation, number>> = {
  exp: 0,
  log: 1,
  log1p: 2,
  tanh: 3,
  sigmoid: 4,
  softplus: 5,
};
/** For fewer entries, the plain loop is as quick. */
const SMALL = 128;
/** The most entries in the workplace at a time. */
const LARGE = 1 << 20;
/** Entries a chunk; as in `assembly/unary.ts`. */
const PIECE = 4096;

/** For relu, which is the maximum of x and this, to the last bit. */
const ZERO = { float64: new Float64Array(1), float32: new Float32Array(1) };

/** out[i] = f(x[i]). */
export function unary(operation: UnaryOperation, x: Floats, out: Floats): void {
  if (operation === "relu") {
    const zero = x instanceof Float64Array ? ZERO.float64 : ZERO.float32;
    binary("maximum", x, zero, out, { shape: [1, x.length], aStrides: [x.length, 1], bStrides: [0, 0] });
    return;
  }
  if (x.length > LARGE) {
    for (let i = 0; i < x.length; i += LARGE) {
      unary(operation, x.subarray(i, i + LARGE), out.subarray(i, i + LARGE));
    }
    return;
  }
  const number = FUNCTIONS[operation];
  const done = number !== undefined && x.length >= SMALL && onEngine((engine) => {
    const [from, to] = [engine.put(x), engine.allocate(out.byteLength)];
    engine.run(jobFor(JOBS.unary, x), Math.ceil(x.length / PIECE), [from, to, x.length, number]);
    engine.take(to, out);
  });
  if (!done) referenceKernels.unary(operation, x, out);
}
