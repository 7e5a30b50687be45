import { assert, assertEquals } from "@std/assert";
import { Dropout, Linear, parameter, Residual, Rng, Sequential, Tensor } from "backprop";
import { generatorsOf, keep } from "../../lib/train/snapshot.ts";

Deno.test("generatorsOf() finds those of nested layers, each once, in order", () => {
  const shared = new Rng(1), inner = new Rng(2);
  const model = new Sequential(
    new Dropout(0.1, { rng: shared }),
    new Residual(new Sequential(new Linear(2, 2, { rng: new Rng(9) }), new Dropout(0.1, { rng: inner }))),
    new Dropout(0.2, { rng: shared }),
  );
  const found = generatorsOf(model);
  assertEquals(found.length, 2); // a Linear layer needs its generator only to begin with
  assert(found[0] === shared && found[1] === inner);
});

Deno.test("generatorsOf() does not get lost: in circles, in tensors and the graphs behind them", () => {
  let w = parameter([1]);
  for (let i = 0; i < 20_000; i++) w = w.add(1);
  const model: Record<string, unknown> = { w, rngs: [new Rng(1)], nothing: null, text: "x" };
  model.self = model;
  assertEquals(generatorsOf(model).length, 1);
});

Deno.test("keep() puts back numbers, gradients, mode and generators", () => {
  const dropping = new Rng(3), rng = new Rng(4);
  const model = new Sequential(new Linear(2, 2, { rng }), new Dropout(0.5, { rng: dropping })).eval();
  const [weight] = model.parameters();
  const gradient = new Tensor(new Float64Array(4), [2, 2]);
  weight.grad = gradient;
  const before = [model.stateDict(), dropping.state, rng.state];

  const putBack = keep(model, { rng });
  model.train();
  weight.data.fill(NaN);
  weight.grad = undefined;
  dropping.random();
  rng.random();
  putBack();
  assertEquals([model.stateDict(), dropping.state, rng.state], before);
  assert(weight.grad === gradient);
  assertEquals([model.training, model.layers[1].training], [false, false]);
});
