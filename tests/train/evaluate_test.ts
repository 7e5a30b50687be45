import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  BatchNorm1d,
  crossEntropyLoss,
  Dropout,
  evaluate,
  Linear,
  mseLoss,
  Network,
  parameter,
  Rng,
  Sequential,
  ShapeError,
  tensor,
} from "backprop";

const images = new Rng(1).randn([6, 3]);
const labels = Uint8Array.of(0, 1, 1, 0, 1, 0);

Deno.test("evaluate() gives the loss and accuracy of the model's logits", () => {
  const network = new Network([3, 4, 2], { rng: new Rng(2) });
  const { loss, accuracy } = evaluate(network, { images, labels });
  assertEquals(loss, crossEntropyLoss(network.forward(images), labels).item());
  const right = network.forward(images).argmax().filter((digit, n) => digit === labels[n]).length;
  assertAlmostEquals(accuracy, right / 6, 1e-15);
});

Deno.test("evaluate() records nothing", () => {
  const W = parameter(new Rng(3).randn([3, 2]));
  let recorded = true;
  const model = {
    forward: (X: typeof images) => {
      const logits = X.matmul(W);
      recorded = logits.requiresGrad;
      return logits;
    },
  };
  evaluate(model, { images, labels });
  assertEquals(recorded, false);
});

Deno.test("evaluate() refuses images that the model does not take, and no images at all", () => {
  const network = new Network([3, 2]);
  assertThrows(() => evaluate(network, { images: tensor([[1, 2]]), labels: Uint8Array.of(0) }), ShapeError);
  assertThrows(
    () => evaluate(network, { images: images.slice(0, 0), labels: labels.slice(0, 0) }),
    ShapeError,
  );
});

Deno.test("evaluate() predicts in prediction mode, and goes back to the mode before", () => {
  const rng = new Rng(4);
  const model = new Sequential(
    new Linear(3, 8, { rng }),
    new BatchNorm1d(8),
    new Dropout(0.5, { rng }),
    new Linear(8, 2, { rng }),
  );
  const before = [model.stateDict(), rng.state];
  const first = evaluate(model, { images, labels });
  assertEquals(evaluate(model, { images, labels }), first); // no dice
  assertEquals([model.stateDict(), rng.state], before); // no running statistics moved
  assertEquals(model.training, true);
  evaluate(model.eval(), { images, labels });
  assertEquals(model.training, false);
});

Deno.test("evaluate() goes back to training mode also if the model throws", () => {
  const model = new Sequential(new Linear(2, 2, { rng: new Rng(0) }));
  assertThrows(() => evaluate(model, { images, labels }), ShapeError);
  assertEquals([model.training, model.layers[0].training], [true, true]);
});

Deno.test("evaluate() takes inputs and targets, another loss and other metrics", () => {
  const model = { forward: (x: typeof images) => x.mul(2) };
  const data = { inputs: tensor([[1], [2]]), targets: tensor([[2], [5]]) };
  const metrics = {
    worst: (prediction: typeof images, target: typeof images) => prediction.sub(target).abs().max().item(),
  };
  assertEquals({ ...evaluate(model, data, { loss: mseLoss, metrics }) }, { loss: 0.5, worst: 1 });
  assertEquals({ ...evaluate(model, data, { loss: mseLoss }) }, { loss: 0.5 });
  const network = new Network([3, 2]);
  assertEquals(evaluate(network, { inputs: images, targets: labels }), evaluate(network, { images, labels }));
});

Deno.test("evaluate() does not take a method that trains for a switch of modes", () => {
  let calls = 0;
  class Learners extends Network {
    train(_data: unknown, _epochs: number) {
      calls++;
    }
    eval() {
      calls++;
    }
  }
  evaluate(new Learners([3, 2]), { images, labels });
  class Half extends Network {
    train() {
      calls++;
    }
  }
  evaluate(new Half([3, 2]), { images, labels });
  assertEquals(calls, 0);
});
