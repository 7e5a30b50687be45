import { assertEquals, assertThrows } from "@std/assert";
import { BatchNorm1d, heNormal, Linear, mlp, ReLU, Rng, Tanh, xavierNormal } from "backprop";

Deno.test("mlp() puts a ReLU between dense layers and nothing at the end", () => {
  const model = mlp([4, 3, 2, 5], { rng: new Rng(1) });
  const names = ["Linear(4 → 3)", "ReLU()", "Linear(3 → 2)", "ReLU()", "Linear(2 → 5)"];
  assertEquals(model.layers.map(String), names);
  assertEquals(mlp([4, 2], { rng: new Rng(1) }).layers.map(String), ["Linear(4 → 2)"]);
});

Deno.test("mlp() asks for what stands between, once for each place, with the width there", () => {
  const widths: number[] = [];
  const between = (width: number) => {
    widths.push(width);
    return [new BatchNorm1d(width), new Tanh()];
  };
  const { layers } = mlp([2, 3, 4, 1], { rng: new Rng(1), between });
  assertEquals(widths, [3, 4]);
  assertEquals(layers.map(String), [
    "Linear(2 → 3)",
    "BatchNorm1d(3)",
    "Tanh()",
    "Linear(3 → 4)",
    "BatchNorm1d(4)",
    "Tanh()",
    "Linear(4 → 1)",
  ]);
});

Deno.test("mlp() draws the weights of the layers in their order, He's unless told otherwise", () => {
  const { layers } = mlp([3, 4, 2], { rng: new Rng(7) });
  const rng = new Rng(7);
  for (const [layer, size] of [[layers[0], [3, 4]], [layers[2], [4, 2]]] as const) {
    assertEquals((layer as Linear).weight.equals(heNormal(size[0], size[1], rng)), true);
  }
  const xavier = mlp([3, 4], { rng: new Rng(7), init: xavierNormal, dtype: "float32" });
  const expected = xavierNormal(3, 4, new Rng(7), { dtype: "float32" });
  assertEquals((xavier.layers[0] as Linear).weight.equals(expected), true);
});

Deno.test("mlp() refuses a single size", () => {
  assertThrows(() => mlp([4], { rng: new Rng(1) }), RangeError, "got [4]");
  assertThrows(() => mlp([4, 0], { rng: new Rng(1) }), RangeError, "positive integer");
  assertEquals(mlp([1, 1], { rng: new Rng(1), between: () => [new ReLU()] }).layers.length, 1);
});
