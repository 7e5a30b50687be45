import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { heNormal, Network, Rng, ShapeError, zeros } from "backprop";

Deno.test("Network.forward() is x·W + b, ReLU, and again without the last ReLU", () => {
  const network = new Network([3, 4, 2], { rng: new Rng(1) });
  const [first, second] = network.layers;
  const X = new Rng(2).randn([5, 3]);
  const byHand = X.matmul(first.weights).add(first.biases).relu().matmul(second.weights).add(second.biases);
  assertEquals(network.forward(X).toArray(), byHand.toArray());
});

Deno.test("Network uses the hidden activation that it was given", () => {
  const make = (hidden: "tanh" | "relu") => new Network([2, 3, 1], { hidden, rng: new Rng(1) });
  assertEquals(make("tanh").layers.map((layer) => layer.activation), ["tanh", "identity"]);
  const X = new Rng(2).randn([4, 2]);
  assertEquals(make("tanh").forward(X).toArray() === make("relu").forward(X).toArray(), false);
});

Deno.test("Network is the same for the same seed, and follows the dtype", () => {
  const weights = (seed: number) => new Network([2, 2], { rng: new Rng(seed) }).layers[0].weights.toArray();
  assertEquals(weights(5), weights(5));
  assertEquals(JSON.stringify(weights(5)) === JSON.stringify(weights(6)), false);
  const small = new Network([2, 2], { dtype: "float32" });
  assertEquals(small.forward(zeros([1, 2], { dtype: "float32" })).dtype, "float32");
});

Deno.test("summary() counts 101,632 weights and 138 biases for 784-128-10", () => {
  const lines = new Network([784, 128, 10]).summary().split("\n");
  assertEquals(lines.at(-1)?.split(/\s+/), ["total", "101,770", "101,632", "138"]);
  assertEquals(lines.length, 4);
  assertEquals(new Set(lines.map((line) => line.length)).size, 1); // numbers end in one column
});

Deno.test("Network says what it cannot use", () => {
  assertThrows(() => new Network([784]), RangeError, "at least two positive integers");
  assertThrows(() => new Network([784, 0, 5]), RangeError, "[784, 0, 5]");
  const misspelt = "softplus" as "relu"; // cells are not type-checked
  assertThrows(
    () => new Network([2, 2], { hidden: misspelt }),
    RangeError,
    'unknown activation "softplus"',
  );
  assertThrows(
    () => new Network([2, 2]).forward(zeros([4, 3])),
    ShapeError,
    "expected inputs [N, 2], got shape [4, 3]",
  );
});

Deno.test("heNormal() has mean 0 and standard deviation √(2/fanIn)", () => {
  const W = heNormal(50, 400, new Rng(0));
  assertAlmostEquals(Math.sqrt(W.square().mean().item()), Math.sqrt(2 / 50), 0.004);
  assertAlmostEquals(W.mean().item(), 0, 0.005);
  assertThrows(() => heNormal(0, 3, new Rng(0)), RangeError, "fanIn must be a positive integer");
});
