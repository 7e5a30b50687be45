import { assert, assertAlmostEquals } from "@std/assert";
import { activations, parameter, tensor, Value } from "backprop";
import { slope } from "../../lib/tensor/elementwise.ts";

const POINTS = [-3.7, -1, -0.1, 0, 0.3, 1.9, 12];

Deno.test("a Value, a tensor, a layer's backward and a trace round each derivative alike", () => {
  for (const name of ["relu", "tanh", "sigmoid"] as const) {
    for (const x of POINTS) {
      const value = new Value(x), w = parameter(tensor(x)), z = tensor(x);
      value[name]().mul(0.7).backward();
      w[name]().mul(0.7).backward();
      const byHand = activations[name].backward(z, tensor(0.7)).item();
      assert(Object.is(value.grad, w.grad!.item()), `${name} at ${x}: ${value.grad}, ${w.grad!.item()}`);
      assert(Object.is(byHand, w.grad!.item()), `${name} at ${x} by hand: ${byHand}`);
    }
  }
});

Deno.test("each rule is the slope of its function", () => {
  const h = 1e-5;
  for (const name of ["square", "sqrt", "exp", "log", "tanh", "sigmoid"] as const) {
    for (const x of [0.2, 1, 2.5]) {
      const f = (x: number) => tensor(x)[name]().item();
      const got = slope(name, tensor(x), tensor(x)[name]()).item();
      assertAlmostEquals(got, (f(x + h) - f(x - h)) / (2 * h), 1e-7, `${name} at ${x}`);
    }
  }
});
