import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  Adam,
  BatchNorm1d,
  binaryCrossEntropyLoss,
  crossEntropyLoss,
  l2Penalty,
  Linear,
  logSoftmax,
  mseLoss,
  ones,
  parameter,
  ReLU,
  RMSprop,
  Rng,
  Sequential,
  SGD,
  sharpness,
  softmax,
  StaleGraphError,
  Tanh,
  Tensor,
  tensor,
  where,
} from "backprop";

const wide = { learningRate: 0.5 };

Deno.test("a loss that was built before step() is refused after it, naming the tensor and what changed it", () => {
  const w = parameter([4], { label: "w" }), optimizer = new SGD([w], wide);
  const first = w.square().sum(), second = w.square().mul(5).sum(); // ∂ = 10w = 40
  first.backward();
  optimizer.step(); // w = 0
  const error = assertThrows(() => second.backward(), StaleGraphError);
  for (const said of ["square", '"w"', "[1]", "changed by SGD.step()", "backward() before"]) {
    assert(error.message.includes(said), `${said}: ${error.message}`);
  }
  assertEquals(w.grad!.toArray(), [8]); // that of the first loss, and nothing else
});

Deno.test("a hidden layer's weights are needed on the way back, so a step between is refused", () => {
  const rng = new Rng(1), x = rng.randn([4, 2]), y = rng.randn([4, 1]);
  for (const make of [SGD, Adam, RMSprop]) {
    const model = new Sequential(new Linear(2, 3, { rng }), new Tanh(), new Linear(3, 1, { rng }));
    const optimizer = new make(model.parameters(), wide);
    const losses = [mseLoss(model.forward(x), y), mseLoss(model.forward(x), y)];
    losses[0].backward();
    optimizer.step();
    assertThrows(() => losses[1].backward(), StaleGraphError, `changed by ${make.name}.step()`);
  }
});

/** Each operation on a parameter, and whether its backward reads the numbers that it had. */
const OPERATIONS: [string, (w: Tensor, x: Tensor) => Tensor, boolean][] = [
  ["add", (w, x) => w.add(x), false],
  ["sub", (w, x) => x.sub(w), false],
  ["neg", (w) => w.neg(), false],
  ["sum", (w) => w.sum({ axis: 0 }), false],
  ["mean", (w) => w.mean(), false],
  ["reshape", (w) => w.reshape([4]), false],
  ["transpose", (w) => w.transpose(), false],
  ["slice", (w) => w.slice(0, 1), false],
  ["indexSelect", (w) => w.indexSelect([1, 1]), false],
  ["mul by a constant", (w, x) => w.mul(x), false],
  ["matmul by a constant", (w, x) => x.matmul(w), false],
  ["variance", (w) => w.variance(), false], // reads what it made itself
  ["exp", (w) => w.exp(), false], // reads its result
  ["tanh", (w) => w.tanh(), false],
  ["sigmoid", (w) => w.sigmoid(), false],
  ["sqrt", (w) => w.sqrt(), false],
  ["softmax", (w) => softmax(w), false],
  ["mul by itself", (w) => w.mul(w), true],
  ["div", (w, x) => x.div(w), true],
  ["pow", (w) => w.pow(3), true],
  ["square", (w) => w.square(), true],
  ["abs", (w) => w.abs(), true],
  ["log", (w) => w.log(), true],
  ["log1p", (w) => w.log1p(), true],
  ["relu", (w) => w.relu(), true],
  ["softplus", (w) => w.softplus(), true],
  ["clip", (w) => w.clip(0, 1), true],
  ["maximum", (w, x) => w.maximum(x), true],
  ["max", (w) => w.max({ axis: 0 }), true],
  ["logSumExp", (w) => w.logSumExp(), true],
  ["logSoftmax", (w) => logSoftmax(w), true],
  ["where", (w, x) => where(w, w, x), true],
  ["mseLoss", (w, x) => mseLoss(w, x), true],
  ["binaryCrossEntropyLoss", (w) => binaryCrossEntropyLoss(w.sigmoid(), ones([2, 2])), false],
  ["crossEntropyLoss", (w) => crossEntropyLoss(w, [0, 1]), false],
  ["l2Penalty", (w) => l2Penalty(w, 0.1), true],
  ["through a reshape", (w) => w.reshape([4]).square(), true],
  ["through a detach", (w) => w.mul(w.detach()), true],
];

for (const [name, f, reads] of OPERATIONS) {
  Deno.test(`${name}: a step between forward and backward is ${reads ? "refused" : "no matter"}`, () => {
    const start = tensor([[0.5, 1.5], [0.25, 3]]), x = tensor([[1, 2], [3, 0.5]]);
    const gradient = (step: boolean) => {
      const w = parameter(start), optimizer = new SGD([w], wide);
      const loss = f(w, x).sum();
      if (step) {
        w.grad = ones([2, 2]);
        optimizer.step();
        w.grad = undefined;
      }
      loss.backward();
      return w.grad!;
    };
    const right = gradient(false);
    if (reads) assertThrows(() => gradient(true), StaleGraphError);
    else assertEquals(gradient(true).toArray(), right.toArray());
  });
}

Deno.test("whatever else changes numbers in place is seen: loading a state, and running statistics", () => {
  const layer = new Linear(2, 1, { rng: new Rng(0) }), state = layer.stateDict();
  let loss = layer.weight.square().sum();
  layer.loadStateDict(state);
  assertThrows(() => loss.backward(), StaleGraphError, "changed by loadStateDict()");

  const norm = new BatchNorm1d(2), w = parameter([1, 2]);
  loss = w.mul(norm.runningMean).sum();
  norm.forward(tensor([[1, 2], [3, 4]]));
  assertThrows(() => loss.backward(), StaleGraphError, "BatchNorm1d");
});

Deno.test("what training does lawfully stays lawful", () => {
  const rng = new Rng(3), x = rng.randn([4, 2]), y = rng.randn([4, 1]);
  const model = new Sequential(
    new Linear(2, 3, { rng }),
    new BatchNorm1d(3),
    new ReLU(),
    new Linear(3, 1, { rng }),
  );
  const optimizer = new Adam(model.parameters());
  const lossOf = () => mseLoss(model.forward(x), y);
  for (let step = 0; step < 3; step++) {
    optimizer.zeroGrad();
    for (let part = 0; part < 2; part++) lossOf().backward(); // gradients of several batches add up
    const losses = [lossOf(), lossOf().add(l2Penalty(model.parameters(), 0.1))]; // two graphs before one step
    for (const loss of losses) loss.backward();
    losses[1].backward(); // again, as long as nothing changed
    optimizer.step();
  }
  const frozen = lossOf().detach(); // a number, not a graph
  optimizer.step();
  assertEquals(Number.isFinite(frozen.item()), true);

  const other = parameter([1]), loss = lossOf();
  other.square().sum().backward();
  new SGD([other], wide).step(); // another model's parameters
  loss.backward();
});

Deno.test("what is put back exactly as it was counts as unchanged", () => {
  const rng = new Rng(4), data = { inputs: rng.randn([6, 2]), targets: rng.randn([6, 1]) };
  const model = new Sequential(new Linear(2, 3, { rng }), new Tanh(), new Linear(3, 1, { rng }));
  const loss = mseLoss(model.forward(data.inputs), data.targets);
  const alone = model.stateDict();
  sharpness(model, data, { loss: mseLoss, rounds: 2 });
  assertEquals(model.stateDict(), alone);
  loss.backward();

  new SGD(model.parameters(), wide).step();
  const stale = mseLoss(model.forward(data.inputs), data.targets);
  new SGD(model.parameters(), wide).step();
  sharpness(model, data, { loss: mseLoss, rounds: 2 });
  assertThrows(() => stale.backward(), StaleGraphError, "SGD.step()");
});

Deno.test("a layer's own backward() is refused after a step, too", () => {
  const rng = new Rng(5),
    model = new Sequential(new Linear(2, 3, { rng }), new ReLU(), new Linear(3, 1, { rng }));
  const optimizer = new SGD(model.parameters(), wide);
  model.forward(ones([4, 2]));
  model.backward(ones([4, 1]));
  optimizer.step();
  assertThrows(
    () => model.backward(ones([4, 1])),
    StaleGraphError,
    "layer 3, Linear(3 → 1): backward() needs",
  );
  model.forward(ones([4, 2]));
  model.backward(ones([4, 1]));
});
