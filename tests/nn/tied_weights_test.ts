import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import {
  Adam,
  BatchNorm1d,
  Linear,
  loadCheckpoint,
  mseLoss,
  parameter,
  ReLU,
  Residual,
  Rng,
  saveCheckpoint,
  Sequential,
  Tanh,
  type Tensor,
} from "backprop";

const rng = new Rng(8);
const make = () => {
  const shared = new Linear(3, 3, { rng }), norm = new BatchNorm1d(3);
  const model = new Sequential(
    new Linear(2, 3, { rng }),
    shared,
    new Tanh(),
    norm,
    shared,
    new Residual(shared),
    norm,
  );
  return { model, shared };
};

Deno.test("a layer that is used in several places has its parameters once, in the model and its state", () => {
  const { model } = make();
  const names = model.namedParameters().map(([name]) => name);
  assertEquals(names, ["0.weight", "0.bias", "1.weight", "1.bias", "3.weight", "3.bias"]);
  assertEquals(model.parameters().length, new Set(model.parameters()).size);
  assertEquals(Object.keys(model.stateDict()), [...names, "3.runningMean", "3.runningVariance"]);
  // 2·3 + 3, 3·3 + 3 and 3 + 3, each counted once
  assertStringIncludes(model.summary().split("\n").at(-1)!.replace(/ +/g, " "), "total 27 18 9");
});

Deno.test("tied weights are trained as one: the optimizer takes them, and both uses add to the gradient", () => {
  const shared = new Linear(1, 1, { rng, bias: false }), model = new Sequential(shared, shared);
  shared.weight.data[0] = 3;
  const optimizer = new Adam(model.parameters());
  const x = parameter([[2]]);
  model.forward(x).sum().backward(); // L = w²·x, ∂L/∂w = 2wx = 12
  assertEquals([shared.weight.grad!.item(), x.grad!.item()], [12, 9]);
  optimizer.step();
  assertEquals(shared.weight.item().toFixed(3), "2.999");
});

Deno.test("the state of a model with tied weights survives stateDict and a checkpoint", async () => {
  const [one, other] = [make(), make()];
  const x = rng.randn([4, 2]);
  one.model.eval();
  other.model.eval();
  const said = (model: Sequential) => model.forward(x).toArray();
  other.model.loadStateDict(one.model.stateDict());
  assertEquals(said(other.model), said(one.model));

  const path = await Deno.makeTempFile();
  try {
    const third = make();
    third.model.eval();
    await saveCheckpoint(path, { model: one.model, optimizer: new Adam(one.model.parameters()) });
    await loadCheckpoint(path, { model: third.model, optimizer: new Adam(third.model.parameters()) });
    assertEquals(said(third.model), said(one.model));
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("the layer-wise backward() refuses a layer that is used twice, since it remembers one pass only", () => {
  for (const model of [make().model, new Sequential(...[new ReLU()].flatMap((relu) => [relu, relu]))]) {
    const y: Tensor = model.forward(rng.randn([4, 2]));
    assertThrows(
      () => model.backward(y.detach()),
      TypeError,
      "is used more than once, and a layer remembers only its last",
    );
  }
  const { model } = make();
  const loss = mseLoss(model.forward(rng.randn([4, 2])), rng.randn([4, 3]));
  loss.backward(); // the graph knows every pass
  assertEquals(model.parameters().every(({ grad }) => grad !== undefined), true);
});

Deno.test("two parameters on the same numbers are still refused by the optimizer", () => {
  const w = parameter([1]), again = w.detach();
  again.requiresGrad = true;
  assertThrows(() => new Adam([w, again]), RangeError, "is there twice");
});
