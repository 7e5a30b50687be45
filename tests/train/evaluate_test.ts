import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { crossEntropyLoss, evaluate, Network, parameter, Rng, ShapeError, tensor } from "backprop";

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
