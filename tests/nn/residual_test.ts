import { assertEquals, assertThrows } from "@std/assert";
import { Linear, type Module, Residual, Rng, Sequential, ShapeError, Tanh, tensor, zeros } from "backprop";

const rng = new Rng(1);

Deno.test("Residual adds its input to what its body makes of it", () => {
  const body = new Linear(3, 3, { rng }), x = new Rng(2).randn([4, 3]);
  assertEquals(new Residual(body).forward(x).toArray(), x.add(body.forward(x)).toArray());
});

Deno.test("with a body that does nothing, a gradient passes ten residual layers unchanged", () => {
  const layers = Array.from({ length: 10 }, () => {
    const body = new Linear(2, 2, { rng });
    body.weight.data.fill(0);
    return new Residual(new Sequential(body, new Tanh()));
  });
  const deep = new Sequential(...layers);
  deep.forward(tensor([[1, 2]]));
  assertEquals(deep.backward(tensor([[3, 4]])).toArray(), [[3, 4]]);
});

Deno.test("Residual refuses a body that changes the shape, also where it could be broadcast", () => {
  for (const outputs of [1, 2]) {
    const layer = new Residual(new Linear(3, outputs, { rng }));
    assertThrows(
      () => layer.forward(zeros([4, 3])),
      ShapeError,
      `Residual(Linear(3 → ${outputs})): the body must keep the shape, or its output cannot be added to the input; ` +
        `[4, 3] went in, [4, ${outputs}] came out`,
    );
  }
});

Deno.test("Residual wants a Module", () => {
  assertThrows(() => new Residual(((x: number) => x) as unknown as Module), TypeError, "expected a Module");
});
