import { assert, assertEquals, assertThrows } from "@std/assert";
import { type Cases, checkCases } from "../../lib/notebook/check_cases.ts";
import { CheckError } from "../../lib/notebook/fault.ts";
import { printed } from "./fake_kernel.ts";

type Numbers = [values: number[]];
const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
const means: Cases<Numbers> = {
  cases: {
    "of three": { of: [[3, 5, 10]], is: 6 },
    "of one": { of: [[7]], is: 7 },
    "of two": { of: [[-4, 1]], is: -1.5 },
  },
  slips: {
    "that is the largest": (values) => Math.max(...values),
    "that is the first": [3, 7, -4],
  },
};
const message = (mine: (values: number[]) => unknown, options = means) =>
  assertThrows(() => checkCases("the mean", mine, options), CheckError).message;

Deno.test("checkCases() prints one quiet line where all cases come out right", async () => {
  assertEquals(await printed(() => checkCases("the mean", (v) => sum(v) / v.length, means)), ["✓ the mean"]);
});

Deno.test("checkCases() tells the first case that is wrong, by its name", () => {
  const said = message((values) => sum(values) / 3);
  assertEquals(said, "✗ the mean: of one\n  expected: 7\n  got: 2.33333");
});

Deno.test("checkCases() names a slip only if it explains every case", () => {
  assert(message((values) => Math.max(...values)).includes("likely slip: that is the largest"));
  assert(message(([first]) => first).includes("likely slip: that is the first"));
  // 10 for the first case, as the largest would be; not so for the others.
  assert(!message((values) => values.length === 1 ? 7 : 10).includes("likely slip"));
  assert(
    !message((values) => values.length === 3 ? 10 : sum(values) / values.length).includes("likely slip"),
  );
});

Deno.test("checkCases() guesses a slip from the numbers only if all cases tell of the same", () => {
  const batchSize = (values: number[]) => values.length;
  const lists: Cases<Numbers> = {
    ...means,
    cases: { a: { of: [[1.5, 2, 4]], is: 2.5 }, b: { of: [[0.25, 1]], is: 0.625 } },
    batchSize,
  };
  const said = message(sum, lists);
  assert(
    said.includes("✗ the mean: a") && said.includes("3 is the batch size: is the mean over the batch"),
    said,
  );
  const half = (values: number[]) => sum(values) / values.length * (values.length === 3 ? 2 : 1.7);
  assert(!message(half, lists).includes("likely slip"));
});

Deno.test("checkCases() says what came instead of numbers even if it is one case", () => {
  const said = message((values) => values.length === 3 ? undefined : sum(values) / values.length);
  assert(said.includes("it is undefined: is a return missing, an entry, or its name?"), said);
  const nan = message((values) => values.length === 3 ? NaN : sum(values) / values.length);
  assert(nan.includes("it is NaN"), nan);
});

Deno.test("checkCases() hands on kind and hint, and refuses to check nothing", () => {
  const kind = { ...means, kind: "Tensor", hint: "tensor(…)" } as const;
  assert(message((values) => sum(values) / values.length, kind).includes("expected a Tensor, got a number"));
  assert(message(sum, { ...means, hint: "divide" }).includes("hint: divide"));
  assertThrows(() => checkCases("it", sum, { ...means, cases: {} }), TypeError, "has no case to try");
});
