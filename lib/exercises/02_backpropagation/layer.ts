/** Exercise 5: the backward pass of a sigmoid layer in matrices. */

import { numericalGradient } from "../../gradients/numerical_gradient.ts";
import { check, checkThat } from "../../notebook/check.ts";
import { Rng } from "../../tensor/random.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { exercise } from "../exercise.ts";

type LayerBackward = (X: Tensor, W: Tensor, A: Tensor, dA: Tensor) => { dX: Tensor; dW: Tensor; db: Tensor };

/** A layer with four examples, three inputs and three units; R is what arrives at its outputs. */
function example() {
  const rng = new Rng(42);
  const [X, W, b, R] = [[4, 3], [3, 3], [3], [4, 3]].map((shape) => rng.randn(shape));
  const forward = () => X.matmul(W).add(b).sigmoid();
  const A = forward(), dZ = R.mul(A).mul(A.neg().add(1));
  const measured = (x: Tensor) => numericalGradient(() => forward().mul(R).sum().item(), x);
  return { X, W, b, R, A, dZ, measured };
}

const NO_SLOPE = "the slope of the sigmoid is missing: dZ first";
const OPTIONS = { batchSize: 4, kind: "Tensor" } as const;

/** dW and db against finite differences. */
export const checkLayerWeights = exercise(
  "02",
  "a layer's gradients by its parameters",
  async (layerBackward: LayerBackward) => {
    const { X, W, b, R, A, dZ, measured } = example();
    const mine = layerBackward(X, W, A, R);
    const isComplete = [mine.dX, mine.dW, mine.db].every((gradient) => gradient !== undefined);
    await checkThat("dX, dW and db", isComplete, "return { dX, dW, db }");
    await check("dW", mine.dW, measured(W), {
      ...OPTIONS,
      slips: [
        { value: X.transpose().matmul(R), says: NO_SLOPE },
        { value: A.transpose().matmul(dZ), says: "A came out; what went in is X" },
      ],
    });
    await check("db", mine.db, measured(b), {
      ...OPTIONS,
      slips: [{ value: R.sum({ axis: 0 }), says: NO_SLOPE }],
    });
  },
);

/** dX against finite differences, and the shape of dW where a layer is wider than it has inputs. */
export const checkLayerInput = exercise(
  "02",
  "a layer's gradient by its input",
  async (layerBackward: LayerBackward) => {
    const { X, W, R, A, dZ, measured } = example();
    await check("dX", layerBackward(X, W, A, R).dX, measured(X), {
      ...OPTIONS,
      slips: [
        { value: R.matmul(W.transpose()), says: NO_SLOPE },
        { value: dZ.matmul(W), says: "dZ goes through Wᵀ, not through W" },
        { value: dZ, says: "on its way to X the gradient goes through the weights, too" },
      ],
    });
    const rng = new Rng(7), wideX = rng.randn([6, 4]), wideW = rng.randn([4, 5]);
    const wide = layerBackward(wideX, wideW, wideX.matmul(wideW).sigmoid(), rng.randn([6, 5]));
    await check("shape of dW", wide.dW.shape, [4, 5], { hint: "dW has the shape of W" });
  },
);
