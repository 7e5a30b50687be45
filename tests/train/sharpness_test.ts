import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  crossEntropyLoss,
  Dropout,
  type Examples,
  exerciseLine,
  friedman,
  Linear,
  moons,
  mseLoss,
  numericalGradient,
  parameter,
  ReLU,
  Rng,
  Sequential,
  SGD,
  sharpness,
  symmetricEigenvalues,
  Tanh,
  type Tensor,
  tensor,
  xor,
} from "backprop";

Deno.test("the sharpness of a line is the larger eigenvalue of its matrix of second derivatives", () => {
  const { inputs } = exerciseLine();
  const [mean, square] = [inputs.mean().item(), inputs.square().mean().item()];
  const wanted = symmetricEigenvalues(tensor([[2 * square, 2 * mean], [2 * mean, 2]])).data[1];
  const line = new Linear(1, 1, { rng: new Rng(3) });
  assertAlmostEquals(sharpness(line, exerciseLine(), { loss: mseLoss }), wanted, 1e-3 * wanted);
});

Deno.test("the sharpness of a network is the eigenvalue of a Hessian made of differences, entry by entry", () => {
  const rng = new Rng(1);
  const model = new Sequential(new Linear(2, 3, { rng }), new Tanh(), new Linear(3, 2, { rng }));
  const data = moons({ count: 20 }), parameters = model.parameters();
  const slopes = parameters.map((_, p) => parameters[p].size).flatMap((size, p) =>
    Array.from({ length: size }, (_, i) => () => {
      model.zeroGrad();
      crossEntropyLoss(model.forward(data.inputs), data.targets).backward();
      return parameters[p].grad!.data[i];
    })
  );
  const rows = slopes.map((slope) => parameters.flatMap((p) => [...numericalGradient(slope, p).data]));
  const H = rows.map((row, i) => row.map((value, j) => (value + rows[j][i]) / 2)); // rounding apart, symmetric
  const eigenvalues = [...symmetricEigenvalues(tensor(H)).data];
  const largest = eigenvalues.reduce((a, b) => Math.abs(b) > Math.abs(a) ? b : a);
  assertAlmostEquals(sharpness(model, data), largest, 1e-2 * Math.abs(largest));
});

Deno.test("gradient descent on all data diverges above 2/sharpness and not below", () => {
  const end = (factor: number) => {
    const line = new Linear(1, 1, { rng: new Rng(3) }), { inputs, targets } = exerciseLine();
    const limit = 2 / sharpness(line, exerciseLine(), { loss: mseLoss });
    const optimizer = new SGD(line.parameters(), { learningRate: factor * limit });
    for (let step = 0; step < 2000; step++) {
      optimizer.zeroGrad();
      mseLoss(line.forward(inputs), targets).backward();
      optimizer.step();
    }
    return mseLoss(line.forward(inputs), targets).item();
  };
  assert(end(0.99) < 0.01);
  assert(end(1.01) > 1e6);
});

Deno.test("sharpness() leaves the model, its gradients and its mode as they were, and is the same twice", () => {
  const rng = new Rng(5);
  const model = new Sequential(
    new Linear(10, 8, { rng }),
    new ReLU(),
    new Dropout(0.5, { rng }),
    new Linear(8, 1, { rng }),
  );
  const data = friedman({ count: 30 });
  mseLoss(model.forward(data.inputs), data.targets).backward();
  const before = model.stateDict(), gradients = model.parameters().map(({ grad }) => grad);
  const first = sharpness(model, data, { loss: mseLoss });
  assertEquals(model.stateDict(), before);
  model.parameters().forEach(({ grad }, i) => assert(grad === gradients[i]));
  assertEquals(model.training, true);
  assertEquals(sharpness(model, data, { loss: mseLoss }), first);
});

Deno.test("sharpness() is negative where the loss curves down most", () => {
  const w = parameter([[0.1]]);
  const hill = { forward: (x: Tensor) => x.matmul(w), parameters: () => [w] };
  const data: Examples<Tensor> = { inputs: tensor([[1]]), targets: tensor([[0]]) };
  const loss = (prediction: Tensor) => prediction.square().neg().sum();
  assertAlmostEquals(sharpness(hill, data, { loss }), -2, 1e-6);
});

Deno.test("sharpness() of a loss that does not depend on the parameters is 0", () => {
  const w = parameter([[1]]);
  const flat = { forward: (x: Tensor) => x.add(w.mul(0)), parameters: () => [w] };
  const data: Examples<Tensor> = { inputs: tensor([[1]]), targets: tensor([[0]]) };
  assertEquals(sharpness(flat, data, { loss: mseLoss }), 0);
});

Deno.test("sharpness() says what it cannot do", () => {
  const small = new Linear(2, 2, { rng: new Rng(1), dtype: "float32" });
  assertThrows(() => sharpness(small, xor({ dtype: "float32" })), TypeError, "float64");
  const model = new Linear(2, 2, { rng: new Rng(1) });
  assertThrows(() => sharpness(model, xor(), { rounds: 0 }), RangeError, "rounds");
  // deno-lint-ignore no-explicit-any -- a misspelled option, as a learner may write it
  assertThrows(() => sharpness(model, xor(), { round: 3 } as any), TypeError, "round");
  model.weight.data[0] = NaN;
  assertThrows(() => sharpness(model, xor()), RangeError, "NaN");
});
