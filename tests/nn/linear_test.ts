import { assertEquals, assertThrows } from "@std/assert";
import {
  DTypeError,
  Linear,
  type LinearOptions,
  Rng,
  ShapeError,
  tensor,
  xavierUniform,
  zeros,
} from "backprop";

Deno.test("Linear computes x·W + b", () => {
  const layer = new Linear(2, 3, { rng: new Rng(0) });
  layer.weight.data.set([1, 2, 3, 10, 20, 30]);
  layer.bias?.data.set([0.5, 0, -0.5]);
  assertEquals(layer.forward(tensor([[1, 1], [0, 2]])).toArray(), [[11.5, 22, 32.5], [20.5, 40, 59.5]]);
});

Deno.test("Linear starts with He's weights and biases 0 from its generator", () => {
  const layer = new Linear(50, 40, { rng: new Rng(0) });
  assertEquals(layer.weight.toArray(), new Rng(0).randn([50, 40]).mul(Math.sqrt(2 / 50)).toArray());
  assertEquals(layer.bias?.toArray(), zeros([40]).toArray());
  assertEquals(layer.parameters().every((p) => p.requiresGrad), true);
});

Deno.test("Linear takes another initialization, another dtype, and no bias", () => {
  const init = xavierUniform, dtype = "float32";
  const layer = new Linear(3, 2, { rng: new Rng(7), init, dtype, bias: false });
  assertEquals(layer.weight.toArray(), xavierUniform(3, 2, new Rng(7), { dtype }).toArray());
  assertEquals(layer.bias, undefined);
  assertEquals(layer.forward(zeros([1, 3], { dtype })).dtype, "float32");
  assertEquals(layer.backward(zeros([1, 2], { dtype })).dtype, "float32");
  assertThrows(() => layer.forward(zeros([1, 3])), DTypeError, "float64");
});

Deno.test("Linear names itself and both shapes when the input does not fit", () => {
  const layer = new Linear(64, 10, { rng: new Rng(0) });
  for (const wrong of [[32, 128], [64], [2, 2, 64], []]) {
    assertThrows(
      () => layer.forward(zeros(wrong)),
      ShapeError,
      `Linear(64 → 10): expected input [N, 64], got shape [${wrong.join(", ")}]`,
    );
  }
  assertEquals(layer.forward(zeros([0, 64])).shape, [0, 10]); // an empty batch gives an empty result
});

Deno.test("Linear says what it cannot be made of", () => {
  const rng = new Rng(0);
  for (const bad of [0, -3, 1.5, NaN]) {
    assertThrows(
      () => new Linear(bad, 3, { rng }),
      RangeError,
      `inputs must be a positive integer, got ${bad}`,
    );
    assertThrows(
      () => new Linear(3, bad, { rng }),
      RangeError,
      `outputs must be a positive integer, got ${bad}`,
    );
  }
  const turned = (fanIn: number, fanOut: number) => zeros([fanOut, fanIn]);
  assertThrows(
    () => new Linear(3, 2, { rng, init: turned }),
    ShapeError,
    "expected init to give weights [3, 2], got shape [2, 3]",
  );
  for (const options of [undefined, {}, { rng: 42 }]) {
    assertThrows(
      () => new Linear(3, 3, options as unknown as LinearOptions),
      TypeError,
      "expected a generator for the weights, as in { rng: new Rng(42) }",
    );
  }
});
