/** Matrix products in WebAssembly. */

import type { Floats, MatmulSizes } from "../kernels.ts";
import { matmul as plainMatmul } from "../reference_matmul.ts";
import type { Engine } from "./engine.ts";
import { JOBS } from "./engine.ts";
import { jobFor, onEngine } from "./on_engine.ts";

/** For fewer multiplications, copying costs more than is gained. */
const SMALL = 4096;
/** Multiplications of a chunk, about: enough to be worth a thread's while. */
const CHUNK = 400_000;
const MOST_CHUNKS = 32;
/** The most numbers of A in the workplace at a time: a larger A is multiplied in panels. */
const PANEL = 1 << 21;
/** An operand that lies as the innermost loop wants it is read in place, if it has at most this many numbers. */
const IN_PLACE = 1 << 17;
/** Rows of a tile of C, and bytes of one of its rows; as in `assembly/matmul.ts`. */
const ROWS = 4, ROW_BYTES = 32;

/** C = A·B, as {@link MatmulSizes} describes it. */
export function matmul(a: Floats, b: Floats, out: Floats, sizes: MatmulSizes): void {
  if (sizes.m * sizes.k * sizes.n < SMALL || !onEngine((engine) => multiply(engine, a, b, out, sizes))) {
    plainMatmul(a, b, out, sizes);
  }
}

/**
 * A panel of A is what lies in one piece: some of its rows, or, if it is transposed, some of k. Then the panels' products
 * are added up in C, which is the same sum in the same order. In the second case B comes in panels of the same k.
 */
function multiply(engine: Engine, a: Floats, b: Floats, out: Floats, sizes: MatmulSizes): void {
  const { m, k, n, transposeA = false, transposeB = false } = sizes;
  if (m * k <= PANEL || (transposeA && transposeB)) {
    const c = product(engine, a, b, sizes, undefined);
    engine.take(c, out);
  } else if (transposeA) {
    const depth = Math.max(1, Math.floor(PANEL / m));
    let c: number | undefined;
    for (let from = 0; from < k; from += depth) {
      const to = Math.min(k, from + depth);
      const [aPart, bPart] = [a.subarray(from * m, to * m), b.subarray(from * n, to * n)];
      if (c !== undefined) engine.begin();
      c = product(engine, aPart, bPart, { ...sizes, k: to - from }, c);
    }
    engine.take(c!, out);
  } else {
    const height = Math.max(ROWS, Math.floor(PANEL / k));
    for (let from = 0; from < m; from += height) {
      const to = Math.min(m, from + height);
      if (from > 0) engine.begin();
      const c = product(engine, a.subarray(from * k, to * k), b, { ...sizes, m: to - from }, undefined);
      engine.take(c, out.subarray(from * n, to * n));
    }
  }
}

/** One product in the workplace. Gives where C is: at its beginning, so that a next product can be added to it. */
function product(
  engine: Engine,
  a: Floats,
  b: Floats,
  sizes: MatmulSizes,
  addTo: number | undefined,
): number {
  const { m, k, n, transposeA = false, transposeB = false } = sizes;
  const size = a.BYTES_PER_ELEMENT, columns = ROW_BYTES / size;
  const tilesDown = Math.ceil(m / ROWS), tilesAcross = Math.ceil(n / columns);
  const c = engine.allocate(m * n * size);
  const at = [engine.put(a), engine.put(b)];
  const packA = !(transposeA && m % ROWS === 0 && m * k <= IN_PLACE);
  const packB = transposeB || n % columns !== 0 || k * n > IN_PLACE;
  const packedA = packA ? engine.allocate(ROWS * tilesDown * k * size) : 0;
  const packedB = packB ? engine.allocate(columns * tilesAcross * k * size) : 0;
  const wanted = Math.max(1, Math.min(MOST_CHUNKS, Math.floor(m * k * n / CHUNK)));
  const down = tilesDown > tilesAcross ? Math.min(wanted, tilesDown) : 1;
  const across = down === 1 ? Math.min(wanted, tilesAcross) : 1;
  const edges = engine.allocate(down * across * ROWS * ROW_BYTES); // a tile for each chunk
  // deno-fmt-ignore
  const whole = [
    ...at, packedA, packedB, c, m, k, n, Number(transposeA), Number(transposeB), down, across,
    Number(addTo !== undefined), edges,
  ];
  if (packA || packB) engine.run(jobFor(JOBS.pack, a), down * across, whole);
  engine.run(jobFor(JOBS.multiply, a), down * across, whole);
  return c;
}
