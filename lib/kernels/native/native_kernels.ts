/**
 * Matrix products by the machine's own BLAS, called through Deno's foreign function interface; all else as in the fast
 * kernels. It reads and writes the tensors' memory where it is.
 *
 * The fastest there is, and **not the same bits everywhere**: a library chooses its order of summation by the processor
 * and the number of threads, and fuses multiplication and addition. For large products OpenBLAS takes as many threads as
 * there are processors; the environment variable `OPENBLAS_NUM_THREADS` says otherwise.
 */

import type { Floats, Kernels, MatmulSizes } from "../kernels.ts";
import { matmul as plainMatmul } from "../reference_matmul.ts";
import { wasmKernels } from "../wasm/wasm_kernels.ts";
import { type Blas, openBlas } from "./library.ts";

/** For fewer multiplications the call costs more than is gained. */
const SMALL = 2048;
/**
 * For fewer multiplications OpenBLAS may use one thread only. Its other threads wait for more work in a busy loop for
 * some 20 ms, which takes their processors from the threads of the fast kernels.
 */
const MANY = 1 << 25;
/** Numbers that CBLAS knows: rows one after the other, and a matrix as it is or transposed. */
const ROW_MAJOR = 101, AS_IT_IS = 111, TRANSPOSED = 112;

let opened: Kernels | undefined;

/**
 * Opens the library, the first time.
 *
 * @throws {KernelError} If there is none
 */
export function nativeKernels(): Kernels {
  return opened ??= { ...wasmKernels, name: "native", matmul: productBy(openBlas()) };
}

function productBy({ sgemm, dgemm, getThreads, setThreads }: Blas): Kernels["matmul"] {
  const all = getThreads?.() ?? 1;
  let threads = all;
  return (a: Floats, b: Floats, out: Floats, sizes: MatmulSizes) => {
    const { m, k, n, transposeA = false, transposeB = false } = sizes;
    if (m * k * n < SMALL) return plainMatmul(a, b, out, sizes);
    const wanted = m * k * n < MANY ? 1 : all;
    if (wanted !== threads) setThreads?.(threads = wanted);
    const gemm = a instanceof Float32Array ? sgemm : dgemm;
    const [lda, ldb] = [transposeA ? m : k, transposeB ? k : n]; // how far apart stored rows begin
    gemm(
      ...[
        ROW_MAJOR,
        transposeA ? TRANSPOSED : AS_IT_IS,
        transposeB ? TRANSPOSED : AS_IT_IS,
        m,
        n,
        k,
      ] as const,
      ...[1, a as BufferSource, lda, b as BufferSource, ldb, 0, out as BufferSource, n] as const, // C = 1·A·B + 0·C
    );
  };
}
