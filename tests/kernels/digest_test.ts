// Same bits on every machine, with any number of threads: the weights after fixed training runs.
import { assertEquals, assertNotEquals } from "@std/assert";
import { useKernels } from "backprop";
import { RUNS, trainingDigest } from "../../tools/build/golden/training_digest.ts";
import golden from "../golden/training_digest.json" with { type: "json" };

for (const threads of [1, 2]) {
  for (const run of RUNS) {
    for (const dtype of ["float64", "float32"] as const) {
      Deno.test(`training with ${run} in ${dtype} and ${threads} thread(s) ends with the bits it always had`, async () => {
        useKernels("wasm", { threads });
        assertEquals(await trainingDigest(run, dtype), golden[`${run} ${dtype}`]);
        useKernels("wasm");
      });
    }
  }
}

Deno.test("training in float64 ends with the same bits by the plain loops; in float32 sums round otherwise", async () => {
  useKernels("reference");
  try {
    assertEquals(await trainingDigest("Adam", "float64"), golden["Adam float64"]);
    assertNotEquals(await trainingDigest("Adam", "float32"), golden["Adam float32"]);
  } finally {
    useKernels("wasm");
  }
});
