import {
  binaryCrossEntropyLoss,
  binaryCrossEntropyWithLogitsLoss,
  crossEntropyLoss,
  Dropout,
  LeakyReLU,
  Linear,
  type Module,
  mseLoss,
  Network,
  ReLU,
  Rng,
  Sequential,
  ShapeError,
  Sigmoid,
  Softmax,
  Tanh,
  Tensor,
  tensor,
  trace,
} from "backprop";
import { assert, assertAlmostEquals, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";

/** One input, one output, weight w and bias 0. */
function single(w: number, { bias = true } = {}): Linear {
  const layer = new Linear(1, 1, { rng: new Rng(0), bias });
  layer.weight.data[0] = w;
  return layer;
}

/** σ–σ–BCE with x = y = 1, w = ½, b = 0. */
const scalarNetwork = () => new Sequential(single(0.5), new Sigmoid(), single(0.5), new Sigmoid());

Deno.test("trace() gives the numbers of the scalar network with two sigmoids", () => {
  // Computed with NumPy when the curriculum was written.
  const t = trace(scalarNetwork(), 1, 1, { loss: binaryCrossEntropyLoss });
  const expected = { a1: 0.622459, yHat: 0.577185, L: 0.549592, dw2: -0.263185, dw1: -0.049682 };
  for (const [name, value] of Object.entries(expected)) assertAlmostEquals(t.value(name).item(), value, 5e-7);
});

Deno.test("trace() writes the five partials of that network, each from upstream times local", () => {
  const t = trace(scalarNetwork(), 1, 1);
  const [a1, yHat] = [t.value("a1").item(), t.value("yHat").item()];
  const partials: [string, string, string | undefined, number | undefined][] = [
    ["dyHat", "(ŷ − y) / (ŷ·(1 − ŷ))", undefined, undefined],
    ["dz2", "∂L/∂ŷ·ŷ·(1 − ŷ)", "dyHat", yHat * (1 - yHat)],
    ["dw2", "∂L/∂z₂·a₁", "dz2", a1],
    ["da1", "∂L/∂z₂·w₂", "dz2", 0.5],
    ["dz1", "∂L/∂a₁·a₁·(1 − a₁)", "da1", a1 * (1 - a1)],
    ["dw1", "∂L/∂z₁·x", "dz1", 1],
  ];
  for (const [name, formula, upstream, local] of partials) {
    const step = t.step(name);
    assertEquals([step.formula, step.upstream, step.phase], [formula, upstream, "backward"]);
    assertEquals(step.local?.value.item(), local);
    if (upstream !== undefined) {
      assertAlmostEquals(step.value.item(), t.value(upstream).item() * local!, 1e-15);
    }
  }
  assertAlmostEquals(t.value("dz2").item(), yHat - 1, 1e-15); // ŷ(1 − ŷ) cancels
});

Deno.test("trace() gives the update of the single weight: 0.8·0.5 = 0.4, gradient 0.03, 0.5 → 0.497", () => {
  const network = new Sequential(single(0.5, { bias: false }));
  const t = trace(network, 0.8, undefined, { gradOutput: 0.0375, learningRate: 0.1 });
  assertEquals(t.value("yHat").item(), 0.4);
  assertEquals(t.value("dw").item().toPrecision(12), "0.0300000000000");
  assertEquals(t.value("wNew").item(), 0.497);
  assertEquals(
    t.toString(),
    `Given x = 0.8, w = 0.5, ∂L/∂ŷ = 0.0375, η = 0.1
Forward
  ŷ   = x·w   = 0.8·0.5   = 0.4
Backward
  ∂L/∂w   = ∂L/∂ŷ·x   = 0.0375·0.8   = 0.03
Update
  w new   = w − η·∂L/∂w   = 0.5 − 0.1·0.03   = 0.497`,
  );
  assertEquals(network.parameters()[0].data[0], 0.5); // the network itself has not moved
});

const rng = new Rng(7);
const X = rng.randn([4, 3]);
const dense = (inputs: number, outputs: number) => {
  const layer = new Linear(inputs, outputs, { rng });
  layer.bias!.data.set(rng.randn([outputs]).data);
  return layer;
};
const yesOrNo = tensor([[1], [0], [0], [1]]);
const cases: [string, () => Module[], Tensor | Uint8Array, Parameters<typeof trace>[3]][] = [
  ["Tanh and mseLoss", () => [dense(3, 5), new Tanh(), dense(5, 2)], rng.randn([4, 2]), {}],
  ["ReLU and crossEntropyLoss", () => [dense(3, 5), new ReLU(), dense(5, 3)], Uint8Array.of(2, 0, 1, 2), {}],
  [
    "LeakyReLU, three layers",
    () => [dense(3, 4), new LeakyReLU(0.2), dense(4, 4), new Tanh(), dense(4, 1)],
    yesOrNo,
    {},
  ],
  [
    "Sigmoid and binaryCrossEntropyLoss",
    () => [dense(3, 4), new Sigmoid(), dense(4, 1), new Sigmoid()],
    yesOrNo,
    {},
  ],
  ["logits and binaryCrossEntropyWithLogitsLoss", () => [dense(3, 1)], yesOrNo, {
    loss: binaryCrossEntropyWithLogitsLoss,
  }],
  ["a squared error after a Sigmoid", () => [dense(3, 1), new Sigmoid()], yesOrNo, { loss: mseLoss }],
  ["classes as probabilities", () => [dense(3, 2)], tensor([[1, 0], [0.5, 0.5], [0, 1], [1, 0]]), {
    loss: crossEntropyLoss,
  }],
];

for (const [name, layers, y, options] of cases) {
  Deno.test(`trace() agrees with autograd: ${name}`, () => {
    const model = new Sequential(...layers());
    const t = trace(model, X, y, options);
    const classes = y instanceof Uint8Array;
    const isSigmoid = model.layers.at(-1) instanceof Sigmoid;
    // deno-lint-ignore no-explicit-any -- a loss for whichever target this case has
    const loss: any = options?.loss ??
      (classes ? crossEntropyLoss : isSigmoid ? binaryCrossEntropyLoss : mseLoss);
    const L = loss(model.forward(X), y);
    L.backward();
    assertAlmostEquals(t.value("L").item(), L.item(), 1e-13);
    const many = model.namedParameters().length > 2;
    model.namedParameters().forEach(([name, { grad }]) => {
      const layer = many ? 1 + Math.floor(Number(name.split(".")[0]) / 2) : "";
      const traced = t.value(`d${name.endsWith("weight") ? "w" : "b"}${layer}`);
      assertEquals(traced.shape, grad!.shape);
      grad!.data.forEach((g, i) => assertAlmostEquals(traced.data[i], g, 1e-14 + 1e-12 * Math.abs(g)));
    });
  });
}

Deno.test("every step of a trace can be computed again from the quantities that its formula names", () => {
  for (const [, layers, y, options] of cases) {
    const t = trace(new Sequential(...layers()), X, y, { ...options, learningRate: 0.3 });
    for (const step of t.steps) {
      const again = step.compute((name) => t.value(name));
      assertEquals([...again.data], [...step.value.data]);
      for (const name of step.from) assert(t.has(name), `${step.name} names ${name}`);
    }
  }
});

Deno.test("trace() takes a Network, and leaves it as it was", () => {
  const network = new Network([3, 4, 2], { rng: new Rng(3), hidden: "tanh" });
  const before = network.layers.map(({ weights }) => [...weights.data]);
  const t = trace(network, X, Uint8Array.of(0, 1, 1, 0));
  assertEquals([...t.value("z2").data], [...network.forward(X).data]);
  assertEquals(network.layers.map(({ weights }) => [...weights.data]), before);
  assertEquals(network.layers.map(({ weights }) => weights.grad), [undefined, undefined]);
});

Deno.test("trace() keeps the numbers that it saw when the weights move later", () => {
  const network = scalarNetwork();
  const t = trace(network, 1, 1);
  network.parameters()[0].data[0] = 9;
  assertEquals(t.value("w1").item(), 0.5);
});

Deno.test("trace() records nothing for backward(), and changes no gradient", () => {
  const network = scalarNetwork();
  const t = trace(network, 1, 1);
  assert(t.steps.every(({ value }) => !value.requiresGrad && value.parents.length === 0));
  assert(network.parameters().every(({ grad }) => grad === undefined));
});

Deno.test("a trace finds a quantity under every way to write its name", () => {
  const t = trace(scalarNetwork(), 1, 1);
  for (const name of ["dw2", "dW2", "dW_2", "∂w₂", "∂L/∂w₂", "dL/dw2"]) {
    assertEquals(t.step(name).name, "dw2");
  }
  for (const name of ["yHat", "yhat", "y_hat", "ŷ"]) assertEquals(t.step(name).name, "yHat");
  assertEquals(t.step("∂L/∂ŷ").name, "dyHat");
  assertThrows(() => t.value("dw3"), RangeError, 'no "dw3"; there are x, w1');
  assertThrows(() => t.step("w1"), RangeError, '"w1" is given, not computed');
});

Deno.test("a trace as Markdown has a row for each step, in LaTeX, with upstream and local", () => {
  const markdown = trace(scalarNetwork(), 1, 1).toMarkdown();
  assertEquals(markdown.split("\n").length, 4 + 5 + 8);
  assertStringIncludes(
    markdown,
    "| Backward | $\\frac{\\partial L}{\\partial w_{2}}$ | $\\frac{\\partial L}{\\partial z_{2}}\\cdot a_{1}$ " +
      "| −0.422815 | 0.622459 | −0.263185 |",
  );
});

Deno.test("the LaTeX of every formula can be typeset", async () => {
  const { default: katex } = await import("katex");
  for (const [, layers, y, options] of cases) {
    for (const { latex, formulaLatex } of trace(new Sequential(...layers()), X, y, options).steps) {
      katex.renderToString(latex, { throwOnError: true });
      katex.renderToString(formulaLatex, { throwOnError: true });
    }
  }
});

Deno.test("a trace says with numbers what can be said with numbers, and nothing where nothing is computed", () => {
  const t = trace(scalarNetwork(), 1, 1);
  assertEquals(t.step("z2").numbers, "0.622459·0.5 + 0");
  assertEquals(t.step("dz1").numbers, "(−0.211407)·0.622459·(1 − 0.622459)");
  assertEquals(t.step("db2").numbers, undefined);
  const wide = trace(new Sequential(dense(3, 5)), X, rng.randn([4, 5]));
  assertEquals(wide.step("yHat").numbers, undefined);
});

Deno.test("a trace shows itself in a console and in a notebook, and leaves out the middle of long rows", () => {
  const t = trace(new Sequential(dense(3, 9)), X, rng.randn([4, 9]));
  assertEquals(Deno.inspect(t), t.toString());
  const shown = (t as unknown as Record<symbol, () => object>)[Symbol.for("Jupyter.display")]();
  assertEquals(shown, { "text/plain": t.toString(), "text/markdown": t.toMarkdown() });
  const row = t.toString().split("\n").find((line) => line.includes("∂L/∂b"))!;
  assertEquals(row.split(", ").length, 6); // of nine: four, a gap, the last
  assertStringIncludes(row, ", …, ");
  const bias = t.value("db").data;
  assertEquals(row.split(", ").at(-1), `${String(Number(bias[8].toPrecision(6))).replace("-", "−")}]`);
});

Deno.test("trace() works in float32, and for targets written as a list", () => {
  const model = new Sequential(new Linear(2, 1, { rng: new Rng(1), dtype: "float32" }), new Tanh());
  const t = trace(model, [[1, 2], [3, 4]], [0.5, -0.5]);
  assertEquals(t.value("dw").dtype, "float32");
  assertEquals(t.value("y").shape, [2, 1]);
  assertEquals([t.step("L").formula, t.value("L").dtype], ["1/2·Σ (ŷ − Y)²", "float32"]); // already for two rows
  assertEquals(t.value("y").dtype, "float32");
  const doubles = trace(model, tensor([[1, 2]], { dtype: "float32" }), tensor([[0.5]])); // targets in float64
  assertEquals(doubles.value("L").dtype, "float32");
});

Deno.test("trace() refuses what it has no lines for", () => {
  const layer = single(1);
  // deno-lint-ignore no-explicit-any -- what a cell may hand over
  assertThrows(() => trace({} as any, 1, 1), TypeError, "expected a Sequential or a Network");
  const drop = new Sequential(layer, new Dropout(0.5, { rng: new Rng(0) }));
  assertThrows(() => trace(drop, 1, 1), TypeError, "layer 2 is Dropout(0.5)");
  assertThrows(
    () => trace(new Sequential(single(1), new Softmax()), 1, 1),
    TypeError,
    "Leave softmax to crossEntropyLoss",
  );
  assertThrows(() => trace(new Sequential(new Tanh()), 1, 1), RangeError, "no Linear layer");
  assertThrows(
    () => trace(scalarNetwork(), [1, 2], 1),
    ShapeError,
    "takes 1 numbers, and the inputs are [1, 2]",
  );
  assertThrows(
    () => trace(scalarNetwork(), 1, [1, 0]),
    ShapeError,
    "the output is [1, 1], and targets [1, 2]",
  );
  assertThrows(() => trace(scalarNetwork(), 1), TypeError, "expected targets");
  assertThrows(() => trace(scalarNetwork(), 1, 1, { learningRate: -1 }), RangeError, "from 0, got -1");
  assertThrows(
    () => trace(scalarNetwork(), 1, 1, { loss: ((a: Tensor) => a) as typeof mseLoss }),
    TypeError,
    "expected loss to be",
  );
});
