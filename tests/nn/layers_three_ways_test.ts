import { assertEquals, assertThrows } from "@std/assert";
import {
  BatchNorm1d,
  Dropout,
  LeakyReLU,
  Linear,
  LogSoftmax,
  Module,
  parameter,
  ReLU,
  Residual,
  Rng,
  Sequential,
  Sigmoid,
  Softmax,
  Tanh,
  type Tensor,
} from "backprop";
import * as backprop from "backprop";
import { assertThreeWays } from "./support.ts";

/** Each makes the same layer every time. */
const makers: [string, (rng: Rng) => Module][] = [
  ["Linear", (rng) => new Linear(4, 3, { rng })],
  ["Linear without bias", (rng) => new Linear(4, 3, { rng, bias: false })],
  ["ReLU", () => new ReLU()],
  ["LeakyReLU", () => new LeakyReLU(0.2)],
  ["Sigmoid", () => new Sigmoid()],
  ["Tanh", () => new Tanh()],
  ["Softmax", () => new Softmax()],
  ["Softmax along axis 0", () => new Softmax({ axis: 0 })],
  ["LogSoftmax", () => new LogSoftmax()],
  ["LogSoftmax along axis 0", () => new LogSoftmax({ axis: 0 })],
  ["Dropout", (rng) => new Dropout(0.3, { rng })],
  ["classic Dropout", (rng) => new Dropout(0.3, { rng, form: "classic" })],
  ["BatchNorm1d", () => used(new BatchNorm1d(4))],
  ["Residual", (rng) => new Residual(new Linear(4, 4, { rng }))],
  ["a Sequential of them all", everything],
];

function everything(rng: Rng): Module {
  return new Sequential(
    new Linear(4, 6, { rng }),
    used(new BatchNorm1d(6)),
    new ReLU(),
    new Residual(new Sequential(new Linear(6, 6, { rng }), new LeakyReLU(), new Dropout(0.25, { rng }))),
    new Linear(6, 5, { rng, bias: false }),
    new Sigmoid(),
    new Dropout(0.2, { rng, form: "classic" }),
    new Tanh(),
    new Softmax({ axis: 1 }),
    new Linear(5, 3, { rng }),
    new LogSoftmax(),
  );
}

/** Scale, shift and memory different from those of the beginning. */
function used(norm: BatchNorm1d): BatchNorm1d {
  const rng = new Rng(9);
  for (const t of [norm.weight, norm.bias, norm.runningMean, norm.runningVariance]) {
    t.data.set(rng.uniform(t.shape, 0.5, 1.5).data);
  }
  return norm;
}

for (const [name, make] of makers) {
  for (const mode of ["training", "prediction"] as const) {
    Deno.test(`${name}, in ${mode}: by hand = by backward() = by finite differences`, () => {
      const module = () => mode === "training" ? make(new Rng(3)).train() : make(new Rng(3)).eval();
      assertThreeWays(module, new Rng(4).randn([5, 4]));
    });
  }
}

Deno.test("every layer of the library goes the three ways above", () => {
  const all = Object.entries(backprop).filter(([, value]) =>
    typeof value === "function" && value.prototype instanceof Module
  ).map(([name]) => name).filter((name) => !["Layer", "ActivationLayer"].includes(name)); // bases
  const tested = makers.map(([, make]) => make(new Rng(0)).constructor.name);
  assertEquals(all.sort(), [...new Set(tested)].sort());
});

Deno.test("the three-way check notices a layer whose backward is wrong, in any of its parts", () => {
  class ForgetsWeight extends Linear {
    override backward(g: Tensor): Tensor {
      super.backward(g);
      return g.matmul(this.weight.detach().transpose()).mul(1.001);
    }
  }
  class HalvesBias extends Linear {
    override backward(g: Tensor): Tensor {
      const gradInput = super.backward(g);
      if (this.bias) this.bias.grad = this.bias.grad?.mul(0.5);
      return gradInput;
    }
  }
  class IgnoresMean extends BatchNorm1d {
    override backward(g: Tensor): Tensor {
      this.training = false;
      return super.backward(g).add(g.mean());
    }
  }
  const x = new Rng(4).randn([5, 4]);
  const wrong = [
    () => new ForgetsWeight(4, 3, { rng: new Rng(3) }),
    () => new HalvesBias(4, 3, { rng: new Rng(3) }),
    () => used(new IgnoresMean(4)),
  ];
  for (const make of wrong) assertThrows(() => assertThreeWays(make, x), Error, "expected");
});

Deno.test("gradients by hand add up over several passes, as those of backward() do", () => {
  const layer = new Linear(2, 2, { rng: new Rng(1) });
  const x = new Rng(2).randn([3, 2]), g = new Rng(3).randn([3, 2]);
  layer.forward(x);
  layer.backward(g);
  const once = layer.weight.grad as Tensor;
  layer.backward(g);
  assertEquals(layer.weight.grad?.toArray(), once.mul(2).toArray());
  layer.zeroGrad();
  assertEquals(layer.parameters().map((p) => p.grad), [undefined, undefined]);
});

Deno.test("a backward by hand records nothing, whatever it is given", () => {
  for (const [name, make] of makers) {
    const model = make(new Rng(1)), x = parameter(new Rng(2).randn([4, 4]));
    const g = parameter(model.forward(x));
    assertEquals(model.backward(g).requiresGrad, false, name);
    model.backward(g); // the second time gradients are added
    assertEquals(model.parameters().some((p) => p.grad?.requiresGrad), false, name);
  }
});
