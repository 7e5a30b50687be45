/**
 * Where a training step of the network of MNIST spends its time: `deno run -A tools/bench/profile.ts [KERNELS] [THREADS]`.
 *
 * Every kernel that this step calls is timed from outside, copies included; what is left is the rest of the step: graph, arrays, garbage.
 *
 * @module
 */
import {
  Adam,
  batches,
  crossEntropyLoss,
  type KernelName,
  Linear,
  ReLU,
  Rng,
  Sequential,
  useKernels,
} from "backprop";
import { kernels, setKernels } from "../../lib/kernels/current.ts";
import type { Kernels } from "../../lib/kernels/kernels.ts";
import { median } from "./measure.ts";

const [B, INPUTS, HIDDEN, CLASSES] = [64, 784, 128, 10];
const STEPS = 938, EPOCHS = 5;

/** Microseconds and calls of each kernel in one epoch. */
const spent = new Map<string, { time: number; calls: number }>();

function timed<Args extends unknown[], R>(
  name: (...args: Args) => string,
  kernel: (...args: Args) => R,
): (...args: Args) => R {
  return (...args) => {
    const begin = performance.now();
    const result = kernel(...args);
    const time = (performance.now() - begin) * 1000, key = name(...args);
    const entry = spent.get(key);
    if (entry === undefined) spent.set(key, { time, calls: 1 });
    else entry.time += time, entry.calls++;
    return result;
  };
}

/** The kernels in use, with a clock around each of them. */
function withClocks(inner: Kernels): Kernels {
  const optimizers = inner.optimizers;
  return {
    ...inner,
    matmul: timed((_a, _b, _out, { m, k, n, transposeA, transposeB }) => {
      return `product ${m}×${k}${transposeA ? "ᵀ" : ""} · ${k}×${n}${transposeB ? "ᵀ" : ""}`;
    }, inner.matmul),
    unary: timed((operation, _x, out) => `${operation} of ${out.length}`, inner.unary),
    binary: timed((operation, _a, _b, out) => `${operation} to ${out.length}`, inner.binary),
    crossEntropy: timed((logits) => `cross-entropy of ${logits.length}`, inner.crossEntropy),
    reduce: timed((operation, x) => `${operation} over ${x.length}`, inner.reduce),
    optimizers: optimizers && {
      ...optimizers,
      step: timed((formula, [w]) => `${formula} of ${w!.length}`, optimizers.step),
    },
  };
}

function report(epochs: { total: number; parts: Map<string, number> }[]): string {
  const names = [...epochs[0].parts.keys()];
  const of = (name: string) => median(epochs.map(({ parts }) => parts.get(name) ?? 0));
  const total = median(epochs.map(({ total }) => total));
  const rows = names.map((name) => [name, of(name)] as const).sort((a, b) => b[1] - a[1]);
  const rest = total - rows.reduce((sum, [, time]) => sum + time, 0);
  return [...rows, ["the rest: graph, arrays, garbage", rest] as const, ["the whole step", total] as const]
    .map(([name, time]) => `${time.toFixed(1).padStart(8)} µs  ${name}`).join("\n");
}

if (import.meta.main) {
  const [name = "wasm", threads] = Deno.args;
  useKernels(name as KernelName, threads ? { threads: Number(threads) } : {});
  const rng = new Rng(42), options = { rng, dtype: "float32" } as const;
  const model = new Sequential(
    new Linear(INPUTS, HIDDEN, options),
    new ReLU(),
    new Linear(HIDDEN, CLASSES, options),
  );
  const optimizer = new Adam(model.parameters());
  const images = rng.uniform([B * STEPS, INPUTS], 0, 1, { dtype: "float32" });
  const labels = Uint8Array.from(rng.integers(0, CLASSES, B * STEPS));

  const train = () => {
    const begin = performance.now();
    for (const batch of batches({ images, labels }, { batchSize: B, rng })) {
      optimizer.zeroGrad();
      crossEntropyLoss(model.forward(batch.images), batch.labels).backward();
      optimizer.step();
    }
    return (performance.now() - begin) * 1000 / STEPS;
  };
  for (let epoch = 0; epoch < 2; epoch++) train();
  const without = median(Array.from({ length: EPOCHS }, train));
  setKernels(withClocks(kernels));
  const epochs = Array.from({ length: EPOCHS }, () => {
    spent.clear();
    const total = train();
    return { total, parts: new Map([...spent].map(([key, { time }]) => [key, time / STEPS])) };
  });
  console.log(`One step of ${INPUTS}-${HIDDEN}-${CLASSES}, batch ${B}, Adam, float32, kernels "${name}"`);
  console.log(`${report(epochs)}\n${without.toFixed(1).padStart(8)} µs  the same without clocks`);
}
