import { assertEquals, assertRejects } from "@std/assert";
import { withKernel } from "../../lib/notebook/jupyter.ts";
import { results, ResultsError } from "../../lib/notebook/results.ts";
import { fakeKernel, printed } from "./fake_kernel.ts";

Deno.test("results() sends the exact numbers for programs and a table for people", async () => {
  const kernel = fakeKernel();
  await withKernel(kernel, () => results({ testAccuracy: 0.97812345678901, n: 5139 }));
  assertEquals(kernel.sent, [{
    type: "display_data",
    data: {
      "text/plain": "testAccuracy  0.978123\nn             5139",
    },
    displayId: undefined,
    metadata: { backprop: { results: { testAccuracy: 0.97812345678901, n: 5139 } } },
  }]);
});

Deno.test("results() prints the table outside a notebook", async () => {
  assertEquals(await printed(() => withKernel(undefined, () => results({ loss: 0.5 }))), ["loss  0.5"]);
});

Deno.test("results() refuses what is not a set of finite numbers, and sends nothing", async () => {
  const kernel = fakeKernel();
  const fails = (values: unknown, says: string) =>
    assertRejects(
      () => withKernel(kernel, () => results(values as Record<string, number>)),
      ResultsError,
      says,
    );
  await fails({}, "got no named number");
  await fails({ a: 1, testLoss: NaN }, "testLoss is NaN");
  await fails({ testLoss: Infinity }, "testLoss is Infinity");
  await fails({ testLoss: "0.5" }, "testLoss is 0.5");
  await fails({ testLoss: { data: [1] } }, "testLoss is an object; take .item() of a tensor");
  await fails(0.978, "expects an object of named numbers such as { testAccuracy: 0.978 }, got 0.978");
  await fails([1], "got [ 1 ]");
  await fails(null, "got null");
  assertEquals(kernel.sent, []);
});
