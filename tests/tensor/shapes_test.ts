import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  concatenate,
  fromArray,
  full,
  type NestedNumbers,
  Network,
  ones,
  parameter,
  Rng,
  ShapeError,
  Softmax,
  softmax,
  Tensor,
  tensor,
  where,
  zeros,
} from "backprop";

/** Every way to a tensor from a shape that the caller keeps. */
const FROM_SHAPE: Record<string, (shape: number[]) => Tensor> = {
  Tensor: (shape) => new Tensor(new Float64Array(6), shape),
  zeros,
  ones,
  full: (shape) => full(shape, 3),
  fromArray: (shape) => fromArray([1, 2, 3, 4, 5, 6], shape),
  randn: (shape) => new Rng(0).randn(shape),
  uniform: (shape) => new Rng(0).uniform(shape),
  reshape: (shape) => zeros([6]).reshape(shape),
  broadcastTo: (shape) => zeros([3]).broadcastTo(shape),
};

for (const [name, make] of Object.entries(FROM_SHAPE)) {
  Deno.test(`${name}: the tensor keeps its shape when the caller's array changes`, () => {
    const shape = [2, 3];
    const x = make(shape);
    shape[0] = 7;
    shape.push(1);
    assertEquals(x.shape, [2, 3]);
    assertEquals((x.toArray() as NestedNumbers[]).length, 2);
  });
}

Deno.test("nobody can change the shape of a tensor, nor through it that of another", () => {
  const x = tensor([[1, 2, 3], [4, 5, 6]]);
  const results = [
    x,
    x.relu(),
    x.add(1),
    x.add(tensor([[1], [2]])),
    x.matmul(ones([3, 2])),
    x.transpose(),
    x.sum({ axis: 0 }),
    x.sum({ axis: 0, keepDims: true }),
    x.sum(),
    x.max({ axis: 1 }),
    x.variance({ axis: 1 }),
    x.slice(0, 1),
    x.reshape([3, 2]),
    x.unsqueeze(0),
    x.squeeze(),
    x.indexSelect([0]),
    x.detach(),
    x.argmax({ axis: 1, keepDims: true }),
    parameter(x),
    softmax(x),
    concatenate([x, x]),
    where(x.greater(2), x, 0),
  ];
  for (const { shape } of results) {
    const before = [...shape];
    assert(Object.isFrozen(shape));
    const open = shape as number[];
    assertThrows(() => open.push(1), TypeError);
    assertThrows(() => open.reverse().push(1), TypeError);
    assertThrows(() => open[0] = 7, TypeError);
    assertEquals([...shape], before);
  }
  assertEquals(x.shape, [2, 3]);
});

Deno.test("a shape is checked even if it begins like one that is known", () => {
  zeros([2, 3]);
  for (const shape of [[2, -3], [2, 1.5], [2, NaN], ["2", 3], [2, , 3], "23", { 0: 2, length: 1 }, null]) {
    assertThrows(() => new Tensor(new Float64Array(6), shape as number[]), ShapeError);
  }
  assertEquals(zeros([-0, 3]).shape, [0, 3]);
});

Deno.test("shapes that were met long ago are still right after thousands of others", () => {
  const first = zeros([3, 5]);
  for (let n = 0; n < 12_000; n++) assertEquals(new Tensor(new Float64Array(n), [n, 1]).size, n);
  assertEquals(first.shape, [3, 5]);
  assertEquals(first.add(zeros([3, 5])).shape, [3, 5]);
});

Deno.test("a list of axes may be changed between the forward and the backward pass", () => {
  for (const reduce of ["sum", "mean", "variance", "max", "min", "logSumExp"] as const) {
    const gradient = (change: (axis: number[]) => void) => {
      const x = parameter([[1, 2, 4], [3, 9, 7]]), axis = [1];
      const y = x[reduce]({ axis });
      change(axis);
      y.mul(tensor([1, 10])).sum().backward();
      return x.grad!.toArray();
    };
    assertEquals(gradient((axis) => axis[0] = 0), gradient(() => {}), reduce);
  }
});

Deno.test("sizes and options that a network was made with are its own", () => {
  const sizes = [2, 3, 1], options = { axis: 0 };
  const network = new Network(sizes), layer = new Softmax(options);
  sizes[0] = 5;
  options.axis = 1;
  assertEquals(network.sizes, [2, 3, 1]);
  assertEquals(network.forward(ones([4, 2])).shape, [4, 1]);
  assertEquals(layer.forward(tensor([[0, 0], [0, 0]])).toArray(), [[0.5, 0.5], [0.5, 0.5]]);
  assertEquals(layer.options.axis, 0);
});
