// Loss and gradient of rows of logits: the fast loop against the plain one, and the plain one against its formula.
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Rng, useKernels } from "backprop";
import { referenceKernels } from "../../lib/kernels/reference.ts";
import { wasmKernels } from "../../lib/kernels/wasm/wasm_kernels.ts";
import { anySize, DTYPES, empty, numbers, sameBits } from "./support.ts";

for (const threads of [1, 2]) {
  for (const dtype of DTYPES) {
    Deno.test(`cross-entropy in ${dtype} has the bits of the plain loop with ${threads} thread(s)`, () => {
      useKernels("wasm", { threads });
      const rng = new Rng(threads);
      for (let i = 0; i < 300; i++) {
        const rows = 1 + anySize(rng, 300), classes = 2 + anySize(rng, 60), size = rows * classes;
        const logits = numbers(rng, dtype, size, i % 3 === 0 ? 5 : 0), wanted = numbers(rng, dtype, size);
        for (let k = 0; k < size; k += 2) wanted[k] = 0;
        const [fast, plain] = [wasmKernels, referenceKernels].map((kernels) => {
          const losses = new Float64Array(rows), slopes = empty(dtype, size);
          kernels.crossEntropy(logits, wanted, losses, slopes);
          return { losses, slopes };
        });
        assert(sameBits(fast.losses, plain.losses), `losses of ${rows}×${classes}`);
        assert(sameBits(fast.slopes, plain.slopes), `slopes of ${rows}×${classes}`);
      }
      useKernels("wasm");
    });
  }
}

Deno.test("cross-entropy is −Σ t·ln p, its slope p·Σt − t, also where e to the logit overflows", () => {
  const losses = new Float64Array(2), slopes = new Float64Array(4);
  referenceKernels.crossEntropy(
    Float64Array.of(0, Math.log(3), 1000, 0),
    Float64Array.of(0.5, 0.5, 0, 2),
    losses,
    slopes,
  );
  assertAlmostEquals(losses[0], -0.5 * Math.log(0.25) - 0.5 * Math.log(0.75), 1e-15);
  assertEquals([losses[1], ...slopes], [2000, -0.25, 0.25, 2, -2]);
});
