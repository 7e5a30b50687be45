import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import {
  BatchNorm1d,
  crossEntropyLoss,
  Dropout,
  DTypeError,
  Linear,
  Module,
  parameter,
  ReLU,
  Residual,
  Rng,
  Sequential,
  ShapeError,
  type Tensor,
  tensor,
  zeros,
} from "backprop";

function model(seed = 1): Sequential {
  const rng = new Rng(seed);
  return new Sequential(
    new Linear(4, 6, { rng }),
    new BatchNorm1d(6),
    new ReLU(),
    new Residual(new Sequential(new Linear(6, 6, { rng }), new Dropout(0.5, { rng }))),
    new Linear(6, 3, { rng, bias: false }),
  );
}
const x = new Rng(2).randn([5, 4]), labels = [0, 1, 2, 1, 0];

Deno.test("parameters have the names of their places, and running statistics are no parameters", () => {
  const names = ["0.weight", "0.bias", "1.weight", "1.bias", "3.body.0.weight", "3.body.0.bias", "4.weight"];
  const m: Module = model();
  assertEquals(m.namedParameters().map(([name]) => name), names);
  assertEquals(m.parameters().length, names.length);
  m.parameters().forEach((p, i) => assertStrictEquals(p, m.namedParameters()[i][1]));
  assertEquals(Object.keys(m.stateDict()), [...names, "1.runningMean", "1.runningVariance"]);
});

Deno.test("train() and eval() reach every layer, however deep, and return the model", () => {
  const m = model();
  const inner = (m.layers[3] as Residual).body as Sequential;
  const modes = () => [m, ...m.layers, inner, ...inner.layers].map((module) => module.training);
  assertStrictEquals(m.eval(), m);
  assertEquals(new Set(modes()), new Set([false]));
  assertStrictEquals(m.train(), m);
  assertEquals(new Set(modes()), new Set([true]));
});

Deno.test("frozen parameters get no gradient in either way, and forget the one they had", () => {
  const m = model();
  const step = () => crossEntropyLoss(m.forward(x), labels).backward();
  step();
  assertStrictEquals(m.layers[0].freeze(), m.layers[0]);
  const [frozen] = m.layers[0].parameters(), [free] = m.layers[4].parameters();
  assertEquals([frozen.grad, frozen.requiresGrad], [undefined, false]);
  m.zeroGrad();
  step();
  assertEquals([frozen.grad, free.grad?.shape], [undefined, [6, 3]]);
  m.zeroGrad();
  m.backward(zeros([5, 3]).add(1));
  assertEquals([frozen.grad, free.grad?.shape], [undefined, [6, 3]]);
  m.layers[0].unfreeze();
  step();
  assertEquals(frozen.grad?.shape, [4, 6]);
});

Deno.test("a frozen layer still lets gradients through to the layers before it", () => {
  const m = model();
  m.layers[4].freeze();
  crossEntropyLoss(m.forward(x), labels).backward();
  assertEquals(m.parameters()[0].grad?.shape, [4, 6]);
});

Deno.test("stateDict() is a copy, and loadStateDict() brings back every number in place", () => {
  const m = model();
  m.forward(x); // moves the running statistics
  const saved = m.stateDict(), objects = m.parameters();
  const before = m.eval().forward(x).toArray();
  for (const t of m.parameters()) t.data.fill(7);
  m.train().forward(x);
  m.loadStateDict(saved);
  assertEquals(m.eval().forward(x).toArray(), before);
  m.parameters().forEach((p, i) => assertStrictEquals(p, objects[i]));
  assertEquals(m.parameters().every((p) => p.requiresGrad), true);

  const other = model(99).eval();
  other.loadStateDict(saved);
  assertEquals(other.forward(x).toArray(), before);
  saved["0.weight"].data.fill(0); // belongs to nobody
  assertEquals(m.forward(x).toArray(), before);
  assertEquals(other.forward(x).toArray(), before);
});

Deno.test("loadStateDict() names what does not fit, and then changes nothing", () => {
  const m = model();
  const before = JSON.stringify(m.parameters());
  const good = m.stateDict();
  good["0.weight"].data.fill(7);
  const refuses = (change: Record<string, Tensor>, error: new (message?: string) => Error, says: string) => {
    assertThrows(() => m.loadStateDict({ ...good, ...change }), error, says);
    assertEquals(JSON.stringify(m.parameters()), before);
  };
  refuses(
    { "4.weight": zeros([3, 6]) },
    ShapeError,
    'loadStateDict: "4.weight" of Sequential(5 layers) has shape [6, 3], the saved one [3, 6]',
  );
  refuses(
    { "1.runningMean": zeros([5]) },
    ShapeError,
    '"1.runningMean" of Sequential(5 layers) has shape [6]',
  );
  refuses(
    { "4.bias": zeros([3]) },
    TypeError,
    'Sequential(5 layers) has no "4.bias"; it has 0.weight, 0.bias',
  );
  refuses(
    { "4.weight": zeros([6, 3], { dtype: "float32" }) },
    DTypeError,
    "is float64, the saved one float32",
  );
  refuses(
    { "4.weight": 3 as unknown as Tensor },
    TypeError,
    'expected "4.weight" to be a Tensor [6, 3], got number',
  );
  const { "1.runningVariance": _, ...lacking } = good;
  assertThrows(
    () => m.loadStateDict(lacking),
    TypeError,
    '"1.runningVariance" [6] of Sequential(5 layers) is missing in the saved state',
  );
  assertEquals(JSON.stringify(m.parameters()), before);
});

Deno.test("a module without parameters has an empty state, and takes nothing else", () => {
  const relu = new ReLU();
  assertEquals([relu.parameters(), relu.stateDict()], [[], {}]);
  relu.loadStateDict({});
  assertThrows(
    () => relu.loadStateDict({ w: tensor([1]) }),
    TypeError,
    'ReLU() has no "w"; it has no state at all',
  );
});

Deno.test("every layer says when backward() comes before forward()", () => {
  const rng = new Rng(1);
  for (
    const layer of [new Linear(2, 2, { rng }), new ReLU(), new BatchNorm1d(2), new Dropout(0.5, { rng })]
  ) {
    assertThrows(
      () => layer.backward(zeros([2, 2])),
      TypeError,
      `${layer}: backward() came before forward()`,
    );
  }
});

Deno.test("backward() refuses a gradient that is not in the shape of the output, rather than broadcast it", () => {
  const rng = new Rng(1), two = zeros([3, 2]);
  for (
    const layer of [new Linear(2, 2, { rng }), new ReLU(), new BatchNorm1d(2), new Dropout(0.5, { rng })]
  ) {
    layer.forward(two);
    for (const wrong of [[1, 2], [3, 1], [2], [], [2, 3]]) {
      assertThrows(
        () => layer.backward(zeros(wrong)),
        ShapeError,
        `${layer}: backward() expected ∂L/∂output in the shape of the last output, [3, 2], got [${
          wrong.join(", ")
        }]`,
      );
    }
  }
});

Deno.test("a layer of one's own may compute its gradients carelessly: they are kept without a graph", () => {
  class Scale extends Module {
    factor = parameter([3]);
    seen = zeros([1]);
    protected override ownParameters() {
      return { factor: this.factor };
    }
    forward(x: Tensor): Tensor {
      return (this.seen = x).mul(this.factor);
    }
    backward(g: Tensor): Tensor {
      this.accumulate(this.factor, g.mul(this.seen));
      return g.mul(this.factor); // recorded, since the factor wants a gradient
    }
  }
  const scale = new Scale();
  for (const times of [1, 2]) {
    scale.forward(parameter([5]));
    scale.backward(parameter([2]));
    assertEquals([scale.factor.grad?.toArray(), scale.factor.grad?.requiresGrad], [[10 * times], false]);
  }
});

Deno.test("a module prints as its description", () => {
  assertEquals(String(new Linear(64, 10, { rng: new Rng(0) })), "Linear(64 → 10)");
  assertEquals(
    Deno.inspect(new Linear(64, 10, { rng: new Rng(0), bias: false })),
    "Linear(64 → 10, no bias)",
  );
  assertEquals(Deno.inspect(new ReLU()), "ReLU()");
});
