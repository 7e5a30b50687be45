// This library in the benchmark. Arguments: the kernels, and the number of threads if not all.
import {
  Adam,
  batches,
  crossEntropyGradient,
  crossEntropyLoss,
  type KernelName,
  Linear,
  loadMnist,
  mseGradient,
  mseLoss,
  type Optimizer,
  ReLU,
  Rng,
  Sequential,
  SGD,
  type Tensor,
  useKernels,
} from "backprop";
import { lines } from "../../setup/process.ts";
import { RECIPE, trainMnist } from "../train_mnist.ts";
import type { BenchRequest, Product, Training } from "../request.ts";

const dtype = "float32";
const rng = new Rng(42);
const before = Deno.memoryUsage().rss;

interface Prepared {
  model: Sequential;
  optimizer: Optimizer;
  data: { inputs: Tensor; targets: Tensor } | { images: Tensor; labels: Uint8Array };
}

/** Data and weights are made once for each request, before any time is taken. */
const prepared = new Map<string, Prepared>();

function prepare(request: Training): Prepared {
  const key = JSON.stringify({ ...request, steps: 0 });
  const known = prepared.get(key);
  if (known) return known;
  const { sizes, examples, loss, optimizer } = request;
  const layers = sizes.slice(1).flatMap((outputs, i) => {
    const linear = new Linear(sizes[i], outputs, { rng, dtype });
    return i === sizes.length - 2 ? [linear] : [linear, new ReLU()];
  });
  const model = new Sequential(...layers);
  const inputs = rng.uniform([examples, sizes[0]], 0, 1, { dtype });
  const outputs = sizes[sizes.length - 1];
  const made = {
    model,
    optimizer: optimizer === "adam"
      ? new Adam(model.parameters())
      : new SGD(model.parameters(), { learningRate: 0.01 }),
    data: loss === "mse"
      ? { inputs, targets: rng.uniform([examples, outputs], 0, 1, { dtype }) }
      : { images: inputs, labels: Uint8Array.from(rng.integers(0, outputs, examples)) },
  };
  prepared.set(key, made);
  return made;
}

function train(request: Training): number {
  const { model, optimizer, data } = prepare(request);
  const begin = performance.now();
  for (let step = 0; step < request.steps;) {
    for (const batch of batches(data, { batchSize: request.batch, rng })) {
      const [x, target] = "images" in batch ? [batch.images, batch.labels] : [batch.inputs, batch.targets];
      optimizer.zeroGrad();
      if (request.layerwise) {
        const output = model.forward(x).detach();
        lossOf(output, target);
        model.backward(gradientOf(output, target));
      } else lossOf(model.forward(x), target).backward();
      optimizer.step();
      if (++step === request.steps) break;
    }
  }
  return (performance.now() - begin) / 1000;
}

function lossOf(output: Tensor, target: Tensor | Uint8Array): Tensor {
  return target instanceof Uint8Array ? crossEntropyLoss(output, target) : mseLoss(output, target);
}

function gradientOf(output: Tensor, target: Tensor | Uint8Array): Tensor {
  return target instanceof Uint8Array ? crossEntropyGradient(output, target) : mseGradient(output, target);
}

function multiply({ size }: Product): number {
  const [a, b] = [rng.uniform([size, size], 0, 1, { dtype }), rng.uniform([size, size], 0, 1, { dtype })];
  a.matmul(b);
  const begin = performance.now();
  a.matmul(b);
  return (performance.now() - begin) / 1000;
}

/** The most that was ever resident, where the system tells, beyond what was before. */
function memory(): number {
  try {
    const peak = /VmHWM:\s+(\d+) kB/.exec(Deno.readTextFileSync("/proc/self/status"))?.[1];
    if (peak) return Number(peak) * 1024 - before;
  } catch {
    // not on this system
  }
  return Deno.memoryUsage().rss - before;
}

/** Trains on the full MNIST, as `deno task mnist` does. */
async function trainByRecipe(): Promise<number> {
  const digits = await loadMnist({ source: "full", dtype, quiet: true });
  const begin = performance.now();
  const accuracy = await trainMnist(digits, RECIPE, () => {});
  const seconds = (performance.now() - begin) / 1000;
  if (!(accuracy! >= 0.98)) throw new Error(`The recipe reads ${accuracy} of the test images right.`);
  return seconds;
}

async function answer(request: BenchRequest): Promise<Record<string, number>> {
  if (request.task === "recipe") return { seconds: await trainByRecipe() };
  if (request.task === "training") return { seconds: train(request) };
  if (request.task === "product") return { seconds: multiply(request) };
  return { bytes: memory() };
}

if (import.meta.main) {
  const [name, threads] = Deno.args;
  useKernels(name as KernelName, threads ? { threads: Number(threads) } : {});
  console.log(JSON.stringify({ version: Deno.version.deno }));
  for await (const line of lines(Deno.stdin.readable)) {
    console.log(JSON.stringify(await answer(JSON.parse(line))));
  }
}
