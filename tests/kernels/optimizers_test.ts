// The optimizers' steps in WebAssembly against their plain loops.
import { assert, assertEquals } from "@std/assert";
import { Adam, type DType, Rng, SGD, useKernels } from "backprop";
import { kernels, setKernels } from "../../lib/kernels/current.ts";
import type { Floats } from "../../lib/kernels/kernels.ts";
import { make, type OptimizerName, type Options, stepWith, weights } from "../optim/helpers.ts";
import { DTYPES, numbers, sameBits } from "./support.ts";

const CASES: [OptimizerName, Options][] = [
  ["SGD", { learningRate: 0.1 }],
  ["SGD", { learningRate: 0.1, weightDecay: 0.01 }],
  ["SGD", { learningRate: 0.1, momentum: 0.9 }],
  ["SGD", { learningRate: 0.1, momentum: 0.9, dampening: 0.3, weightDecay: 0.01 }],
  ["SGD", { learningRate: 0.1, momentum: 0.9, nesterov: true }],
  ["SGD", { learningRate: 0.1, momentum: 0.9, momentumForm: "classical", nesterov: true }],
  ["SGD", { learningRate: 0.1, momentum: 0.9, momentumForm: "average" }],
  ["RMSprop", {}],
  ["RMSprop", { momentum: 0.9, weightDecay: 0.01 }],
  ["RMSprop", { centered: true, epsilon: 0.01 }],
  ["RMSprop", { centered: true, momentum: 0.5, epsilon: 0.01 }],
  ["Adam", {}],
  ["Adam", { weightDecay: 0.01, amsgrad: true }],
  ["Adam", { biasCorrection: false, betas: [0.5, 0.9], epsilon: 1e-3 }],
  ["AdamW", { weightDecay: 0.1 }],
  ["AdamW", { amsgrad: true }],
];

/** Weights after some steps on the same gradients. Enough of them for several chunks, and no whole number of vectors. */
function train(name: OptimizerName, options: Options, dtype: DType, kernels: "reference" | "wasm") {
  const rng = new Rng(3), size = 40_003;
  const before = useKernels(kernels);
  try {
    const w = weights([...numbers(rng, dtype, size)], dtype);
    const optimizer = make(name, [w], options);
    for (let step = 0; step < 6; step++) {
      const gradient = numbers(rng, dtype, size);
      if (step === 3) gradient.set([0, NaN, Infinity, -Infinity, -0, 1e-40]);
      stepWith(optimizer, w, [...gradient]);
    }
    return { w: w.data, buffers: optimizer.stateDict().parameters[0].buffers };
  } finally {
    useKernels(before);
  }
}

/** In float64 the same bits; in float32 a few roundings a step, of numbers of the size of the weights. */
function assertAgrees(got: Floats, expected: Floats): void {
  if (got instanceof Float64Array) return void assert(sameBits(got, expected));
  const close = (x: number, y: number) => Object.is(x, y) || Math.abs(x - y) <= 1e-5 * (1 + Math.abs(y));
  const wrong = expected.findIndex((x, i) => !close(got[i], x));
  assert(wrong < 0, `entry ${wrong}: ${got[wrong]}, not ${expected[wrong]}`);
}

for (const [name, options] of CASES) {
  for (const dtype of DTYPES) {
    const exactly = dtype === "float64"
      ? "with the bits of its plain loop"
      : "as its plain loop, to float32's rounding";
    Deno.test(`${name}(${JSON.stringify(options)}) steps in ${dtype} ${exactly}`, () => {
      const plain = train(name, options, dtype, "reference"), fast = train(name, options, dtype, "wasm");
      assertAgrees(fast.w, plain.w);
      for (const key of Object.keys(plain.buffers)) {
        assertAgrees(fast.buffers[key] as Floats, plain.buffers[key] as Floats);
      }
    });
  }
}

Deno.test("the kernels take no step for a class that says itself how to update", () => {
  class Still extends Adam {
    protected override update(w: Floats): void {
      w[0] = 7;
    }
  }
  const w = weights(new Array(5000).fill(1));
  stepWith(new Still([w]), w, new Array(5000).fill(1));
  assertEquals([...w.data.slice(0, 2)], [7, 1]);
});

Deno.test("a step that the kernels decline is that of the plain loop, also the first one with momentum", () => {
  const inner = kernels, options = { learningRate: 0.1, momentum: 0.9, dampening: 0.5 };
  const gradient = new Array(5000).fill(1);
  const [declined, plain] = ["wasm", "reference"].map((name) => {
    const w = weights(gradient), optimizer = new SGD([w], options);
    if (name === "reference") useKernels("reference");
    else setKernels({ ...inner, optimizers: { ...inner.optimizers!, step: () => false } });
    for (let step = 0; step < 3; step++) stepWith(optimizer, w, gradient);
    useKernels("wasm");
    return w.data;
  });
  assert(sameBits(declined, plain));
});
