// The small pieces, kernels side by side: `deno bench -A tools/bench/small_bench.ts`.
import { type KernelName, Rng, useKernels } from "backprop";

const rng = new Rng(42);
const dtype = "float32";
const KERNELS: KernelName[] = ["reference", "wasm", "native"];

/** A group of benchmarks, one for each kernel. */
function each(group: string, work: () => unknown): void {
  for (const name of KERNELS) {
    Deno.bench({
      name,
      group,
      baseline: name === "reference",
      fn() {
        useKernels(name); // takes some ten nanoseconds
        work();
      },
    });
  }
}

const x = rng.uniform([64, 784], 0, 1, { dtype }), W = rng.randn([784, 128], { dtype });
const small = rng.randn([4, 2], { dtype }), narrow = rng.randn([2, 8], { dtype });
const z = rng.randn([64, 128], { dtype }), b = rng.randn([128], { dtype });
each("[64, 784]·[784, 128]", () => x.matmul(W));
each("[4, 2]·[2, 8]", () => small.matmul(narrow));
each("[64, 128] + [128]", () => z.add(b));
each("relu of [64, 128]", () => z.relu());
each("tanh of [64, 128]", () => z.tanh());
each("sum of [64, 128] over rows", () => z.sum({ axis: 0 }));
