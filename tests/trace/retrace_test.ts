import {
  binaryCrossEntropyWithLogitsLoss,
  checkTrace,
  crossEntropyLoss,
  LeakyReLU,
  Linear,
  ReLU,
  Rng,
  Sequential,
  Sigmoid,
  Tanh,
  type Trace,
  trace,
  traceFunction,
  type TraceRecipe,
} from "backprop";
import { retrace } from "../../lib/trace/retrace.ts";
import { assertEquals, assertThrows } from "@std/assert";

const rng = new Rng(3);
const network = (...activations: ConstructorParameters<typeof Sequential>) =>
  new Sequential(...activations.flatMap((layer) => [new Linear(2, 2, { rng }), layer]));
const x = [[0.3, -1.2], [2, 0.5], [-0.7, 0.1]];

const traces: Record<string, Trace> = {
  "sigmoid and tanh with MSE": trace(network(new Sigmoid(), new Tanh()), x, x),
  "ReLU and LeakyReLU, and updates": trace(network(new ReLU(), new LeakyReLU(0.2)), x, x, {
    learningRate: 0.1,
  }),
  "binary cross-entropy": trace(network(new Sigmoid()), x, [[1, 0], [0, 1], [1, 1]]),
  "binary cross-entropy of logits": trace(linear2(), [1, 2], [1, 0], {
    loss: binaryCrossEntropyWithLogitsLoss,
  }),
  "cross-entropy": trace(linear2(), x, Uint8Array.of(0, 1, 1), { loss: crossEntropyLoss }),
  "a layer without bias, in float32": trace(
    new Sequential(new Linear(2, 1, { rng, bias: false, dtype: "float32" })),
    [0.1, 0.2],
    0.3,
  ),
  "a given gradient": trace(network(new Tanh()), x, undefined, { gradOutput: x }),
  "a formula": traceFunction(
    ({ a, b }) => {
      const s = a.mul(b).sub(b.pow(3)).tanh();
      s.label = "s";
      return s.exp().add(1).log().div(a).add(s.sigmoid().neg()).add(a.relu().mul(-2)).pow(2);
    },
    { a: 0.7, b: -0.4 },
  ),
};

function linear2() {
  return new Sequential(new Linear(2, 2, { rng }));
}

for (const [what, once] of Object.entries(traces)) {
  Deno.test(`retrace() makes the same trace from JSON: ${what}`, () => {
    const again = retrace(JSON.parse(JSON.stringify(once.recipe)));
    assertEquals(again.toString(), once.toString());
    assertEquals(again.toMarkdown(), once.toMarkdown());
    for (const { name, value } of once.steps) assertEquals(again.value(name).data, value.data, name);
    assertEquals(again.recipe, once.recipe);
  });
}

Deno.test("retrace() keeps what checkTrace() needs to explain a slip", () => {
  const once = traces["sigmoid and tanh with MSE"];
  const typed = { dz1: once.value("da1") };
  const slip = (t: Trace) => checkTrace(t, typed).entries[0].slip;
  assertEquals(slip(once), "the slope σ′ is missing (forgot σ′)");
  assertEquals(slip(retrace(once.recipe!)), slip(once));
});

Deno.test("retrace() refuses what is no recipe", () => {
  for (const recipe of [undefined, { kind: "story" }]) {
    assertThrows(() => retrace(recipe as TraceRecipe), TypeError, "expected the recipe of a trace");
  }
});
