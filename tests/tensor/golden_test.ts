import { assertAlmostEquals, assertEquals } from "@std/assert";
import { concatenate, fromArray, parameter, stack, type Tensor, where } from "backprop";
import golden from "../golden/pytorch_tensor.json" with { type: "json" };

/** The operation behind each name in the golden file. */
const operations: Record<string, (a: Tensor, b: Tensor, c: Tensor) => Tensor> = {
  "variance": (a) => a.variance(),
  "variance over axis 0, correction 0": (a) => a.variance({ axis: 0, correction: 0 }),
  "variance over axes 0 and 2, keepDims": (a) => a.variance({ axis: [0, 2], keepDims: true }),
  "logSumExp over axis 1": (a) => a.logSumExp({ axis: 1 }),
  "logSumExp over axes 0 and 2, keepDims": (a) => a.logSumExp({ axis: [0, 2], keepDims: true }),
  "logSumExp of large numbers": (a) => a.logSumExp(),
  "mean over axes 0 and 2": (a) => a.mean({ axis: [0, 2] }),
  "max with ties": (a) => a.max(),
  "min with ties over axis 1": (a) => a.min({ axis: 1 }),
  "matmul of vectors": (a, b) => a.matmul(b),
  "matmul of a vector and a matrix": (a, b) => a.matmul(b),
  "matmul of a matrix and a vector": (a, b) => a.matmul(b),
  "matmul of batches": (a, b) => a.matmul(b),
  "matmul of a batch and a matrix": (a, b) => a.matmul(b),
  "matmul of a matrix and a batch": (a, b) => a.matmul(b),
  "matmul of broadcast batches": (a, b) => a.matmul(b),
  "matmul of a vector and a batch": (a, b) => a.matmul(b),
  "matmul of a batch and a vector": (a, b) => a.matmul(b),
  "concatenate along axis 1": (a, b, c) => concatenate([a, b, c], { axis: 1 }),
  "concatenate a tensor with itself": (a) => concatenate([a, a]),
  "stack along axis 1": (a, b) => stack([a, b], { axis: 1 }),
  "transpose of three axes": (a) => a.transpose([2, 0, 1]),
  "slice of two axes": (a) => a.slice([[1, 3], [2, 4]]),
  "indexSelect with repeated rows": (a) => a.indexSelect([2, 0, 2, 2]),
  "indexSelect along axis 1": (a) => a.indexSelect(Int32Array.of(3, 3, 0), 1),
  "broadcastTo": (a) => a.broadcastTo([2, 3, 4]),
  "where": (a, b) => where(a.greater(b), a.square(), b),
  "clip, also on its bounds": (a) => a.clip(-1, 0.5),
  "maximum with ties": (a, b) => a.maximum(b),
  "minimum with ties": (a, b) => a.minimum(b),
  "pow with a number": (a) => a.pow(3),
  "pow with a fraction": (a) => a.pow(-1.7),
  "pow of zero": (a, b) => a.pow(b),
  "pow with a tensor": (a, b) => a.pow(b),
  "log1p": (a) => a.log1p(),
  "softplus": (a) => a.softplus(),
  "abs and sign": (a) => a.abs().mul(a.sign()),
};

interface Numbers {
  shape: number[];
  data: number[];
}
const asTensor = ({ shape, data }: Numbers) => fromArray(data, shape);
function assertAgrees(got: Tensor | undefined, want: Numbers) {
  assertEquals(got?.shape, want.shape);
  want.data.forEach((x, i) => assertAlmostEquals(got?.data[i] ?? NaN, x, 1e-10 * Math.max(1, Math.abs(x))));
}

for (const { name, inputs, output, r, gradients } of golden.cases) {
  Deno.test(`${name}: value and gradient are PyTorch's`, () => {
    const [a, b, c] = inputs.map((x) => parameter(asTensor(x)));
    const out = operations[name](a, b, c);
    assertAgrees(out, output);
    out.mul(asTensor(r)).sum().backward();
    [a, b, c].slice(0, gradients.length).forEach((x, i) => assertAgrees(x.grad, gradients[i]));
  });
}

Deno.test("every operation of this file has a golden case", () => {
  assertEquals(golden.cases.map(({ name }) => name).sort(), Object.keys(operations).sort());
});
