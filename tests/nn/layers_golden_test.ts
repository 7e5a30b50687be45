import { assertEquals } from "@std/assert";
import {
  BatchNorm1d,
  Dropout,
  LeakyReLU,
  Linear,
  LogSoftmax,
  type Module,
  type NestedNumbers,
  parameter,
  ReLU,
  Residual,
  Rng,
  Sequential,
  Sigmoid,
  Softmax,
  Tanh,
  tensor,
} from "backprop";
import { assertNear, golden, Scripted } from "./support.ts";

interface Pass {
  train: boolean;
  x: NestedNumbers;
  output: NestedNumbers;
  kept: number[];
  r: NestedNumbers;
  gradInput: NestedNumbers;
  gradients: Record<string, NestedNumbers>;
}
interface Case {
  name: string;
  before: Record<string, NestedNumbers>;
  passes: Pass[];
  after: Record<string, NestedNumbers>;
}

const rng = new Rng(0);
const makers: Record<string, (dropRng: Rng) => Module> = {
  linear: () => new Linear(4, 3, { rng }),
  "linear without bias": () => new Linear(4, 3, { rng, bias: false }),
  relu: () => new ReLU(),
  "leakyRelu 0.01": () => new LeakyReLU(),
  "leakyRelu 0.3": () => new LeakyReLU(0.3),
  sigmoid: () => new Sigmoid(),
  tanh: () => new Tanh(),
  softmax: () => new Softmax(),
  "softmax axis 0": () => new Softmax({ axis: 0 }),
  logSoftmax: () => new LogSoftmax(),
  "logSoftmax axis 0": () => new LogSoftmax({ axis: 0 }),
  "dropout 0.4": (dropRng) => new Dropout(0.4, { rng: dropRng }),
  batchNorm: () => new BatchNorm1d(4),
  "batchNorm, used": () => new BatchNorm1d(4, { momentum: 0.3, epsilon: 1e-3 }),
  residual: () => new Residual(new Sequential(new Linear(4, 4, { rng }), new Tanh())),
  everything: (dropRng) =>
    new Sequential(
      new Linear(4, 6, { rng }),
      new BatchNorm1d(6),
      new ReLU(),
      new Residual(
        new Sequential(new Linear(6, 6, { rng }), new LeakyReLU(0.1), new Dropout(0.25, { rng: dropRng })),
      ),
      new Linear(6, 5, { rng, bias: false }),
      new Sigmoid(),
      new Linear(5, 5, { rng }),
      new Tanh(),
      new Softmax(),
      new Linear(5, 3, { rng }),
      new LogSoftmax(),
    ),
};

const { cases } = await golden<{ cases: Case[] }>("pytorch_layers.json");

Deno.test("every layer has golden values", () => {
  assertEquals(cases.map((c) => c.name).sort(), Object.keys(makers).sort());
});

for (const { name, before, passes, after } of cases) {
  Deno.test(`${name}: output, gradients and running statistics agree with PyTorch, in training and prediction`, () => {
    const module = makers[name](new Scripted(passes.flatMap((pass) => pass.kept)));
    module.loadStateDict(Object.fromEntries(Object.entries(before).map(([key, t]) => [key, tensor(t)])));
    for (const [i, pass] of passes.entries()) {
      const what = (part: string) => `${part} of pass ${i + 1}`;
      if (pass.train) module.train();
      else module.eval();
      module.zeroGrad();
      const x = parameter(pass.x), r = tensor(pass.r);
      const output = module.forward(x);
      assertNear(output, pass.output, what("output"));

      output.mul(r).sum().backward();
      assertNear(x.grad, pass.gradInput, what("gradInput by backward()"));
      const compareParameters = (how: string) => {
        assertEquals(module.namedParameters().map(([key]) => key).sort(), Object.keys(pass.gradients).sort());
        for (const [key, p] of module.namedParameters()) {
          assertNear(p.grad, pass.gradients[key], what(`gradient of ${key} ${how}`));
        }
      };
      compareParameters("by backward()");

      module.zeroGrad();
      assertNear(module.backward(r), pass.gradInput, what("gradInput by hand"));
      compareParameters("by hand");
    }
    const state = module.stateDict();
    assertEquals(Object.keys(state).sort(), Object.keys(after).sort());
    for (const [key, t] of Object.entries(after)) assertNear(state[key], t, `${key} afterwards`);
  });
}
