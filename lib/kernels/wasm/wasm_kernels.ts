/**
 * The fast kernels: WebAssembly with SIMD, shared by threads. The same bits on every machine, whatever the number of
 * threads: each number is computed by one thread, in a fixed order, without fused multiply-add.
 *
 * In float64 they have the very bits of the reference. In float32 the sums of products and the steps of optimizers are
 * kept in float32, where the reference keeps them in float64: they differ in the last digit or two.
 */

import type { Kernels } from "../kernels.ts";
import { referenceKernels } from "../reference.ts";
import { binary } from "./binary.ts";
import { crossEntropy } from "./cross_entropy.ts";
import { matmul } from "./matmul.ts";
import { residentArray } from "./on_engine.ts";
import { optimizers } from "./optimizers.ts";
import { squaredDistance } from "./squared_distance.ts";
import { unary } from "./unary.ts";

/** SIMD and threads where they are to be had and pay; the plain loops for all else. */
export const wasmKernels: Kernels = {
  ...referenceKernels,
  name: "wasm",
  matmul,
  unary,
  binary,
  crossEntropy,
  squaredDistance,
  optimizers,
  resident: residentArray,
};
