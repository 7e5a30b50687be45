/**
 * Digests of the weights after fixed training runs: the same bits on every machine, whatever its processor and the number
 * of threads. Prints what `tests/golden/training_digest.json` holds.
 *
 * `deno run -A tools/build/golden/training_digest.ts`
 *
 * Under another processor's Deno, emulated on Debian (`apt install qemu-user-static libc6-arm64-cross
 * libgcc-s1-arm64-cross`; the program is in the npm package `@deno/linux-arm64-glibc`):
 *
 * `qemu-aarch64-static -L /usr/aarch64-linux-gnu path/to/deno run -A --no-check tools/build/golden/training_digest.ts`
 *
 * @module
 */
import {
  Adam,
  crossEntropyLoss,
  type DType,
  Linear,
  ReLU,
  RMSprop,
  Rng,
  Sequential,
  SGD,
  Tanh,
} from "backprop";

/** The runs, by the name of their optimizer. */
export const RUNS = ["Adam", "SGD", "RMSprop"] as const;
/** One of them. */
export type Run = typeof RUNS[number];

/** SHA-256 of all weights, after a few steps of a network that is large enough for every fast kernel and for threads. */
export async function trainingDigest(run: Run, dtype: DType): Promise<string> {
  const rng = new Rng(42);
  const model = new Sequential(
    new Linear(784, 128, { rng, dtype }),
    run === "Adam" ? new ReLU() : new Tanh(),
    new Linear(128, 10, { rng, dtype }),
  );
  const parameters = model.parameters();
  const optimizer = {
    Adam: () => new Adam(parameters),
    SGD: () => new SGD(parameters, { learningRate: 0.1, momentum: 0.9, nesterov: true, weightDecay: 1e-4 }),
    RMSprop: () => new RMSprop(parameters, { learningRate: 1e-3, momentum: 0.9 }),
  }[run]();
  for (let step = 0; step < 12; step++) {
    const x = rng.uniform([64, 784], 0, 1, { dtype });
    const labels = rng.integers(0, 10, 64);
    optimizer.zeroGrad();
    crossEntropyLoss(model.forward(x), labels).backward();
    optimizer.step();
  }
  const bytes = parameters.flatMap((
    { data },
  ) => [...new Uint8Array(data.buffer, data.byteOffset, data.byteLength)]);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from(bytes)));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

if (import.meta.main) {
  const digests: Record<string, string> = {};
  for (const run of RUNS) {
    for (const dtype of ["float64", "float32"] as const) {
      digests[`${run} ${dtype}`] = await trainingDigest(run, dtype);
    }
  }
  console.log(JSON.stringify(digests, null, 2));
}
