/** Exercise 2: the gradients of a layer, in matrices. */

import { check, checkThat } from "../../notebook/check.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { exercise } from "../exercise.ts";
import { tinyPass } from "./tiny.ts";

/** What the learner writes. */
export type LayerGradients = (
  input: Tensor,
  W: Tensor,
  dz: Tensor,
) => { dW: Tensor; db: Tensor; dInput: Tensor };

/** All three, of the last layer, against finite differences. */
export const checkLayerGradients = exercise(
  "05",
  "the gradients of a layer",
  async (layerGradients: LayerGradients) => {
    const { a1, W2, b2, z2, fromLogits, fromHidden } = tinyPass();
    const yours = layerGradients(a1, W2, fromLogits(z2));
    const all = yours.dW && yours.db && yours.dInput;
    await checkThat("three gradients", all !== undefined, "return { dW, db, dInput }");
    const fits = { batchSize: 5, kind: "Tensor", hint: "only one way fits the shapes" } as const;
    await check("dW2", yours.dW, fromHidden(W2), fits);
    await check("db2", yours.db, fromHidden(b2), { ...fits, hint: "every row had the bias in it" });
    await check("da1", yours.dInput, fromHidden(a1), fits);
  },
);
