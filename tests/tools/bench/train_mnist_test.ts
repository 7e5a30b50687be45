import { loadMnist, Rng, split } from "backprop";
import { assert, assertEquals } from "@std/assert";
import { RECIPE, trainMnist } from "../../../tools/bench/train_mnist.ts";

/** A few hundred of the embedded digits. */
async function few() {
  const { train } = await loadMnist({ dtype: "float32", quiet: true });
  const rng = new Rng(1);
  const { validation } = split(train, { validation: 0.02, rng });
  const { train: learn, validation: test } = split(validation, { validation: 0.3, rng });
  return { train: learn, test };
}

Deno.test("trainMnist() learns to read, says each step, and gives the same share twice", async () => {
  const digits = await few();
  const recipe = { ...RECIPE, epochs: 8, hidden: 16, learningRate: 0.01 };
  const said: number[][] = [];
  const once = await trainMnist(digits, recipe, (done, total) => said.push([done, total]));
  const again = await trainMnist(digits, recipe, () => {});
  assert(once! > 0.8, `read ${once}`);
  assertEquals(again, once);
  const total = 8 * Math.ceil(digits.train.labels.length / 64);
  assertEquals(said, Array.from({ length: total }, (_, i) => [i + 1, total]));
});

Deno.test("trainMnist() that is stopped gives no share", async () => {
  const stop = new AbortController();
  const result = await trainMnist(await few(), { ...RECIPE, hidden: 8 }, () => stop.abort(), stop.signal);
  assertEquals(result, undefined);
});
