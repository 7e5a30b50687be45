import { assert, assertEquals, assertThrows } from "@std/assert";
import { check, checkThat } from "../../lib/notebook/check.ts";
import { CheckError } from "../../lib/notebook/fault.ts";
import { withKernel } from "../../lib/notebook/jupyter.ts";
import { Tensor } from "../../lib/tensor/tensor.ts";
import { fakeKernel, printed } from "./fake_kernel.ts";

const message = (body: () => unknown) => assertThrows(body, CheckError).message;
const passes = async (got: unknown, expected: unknown, options = {}) =>
  assertEquals(await printed(() => check("it", got, expected, options)), ["✓ it"]);

Deno.test("check() prints one quiet line for numbers, arrays, typed arrays and tensors that are right", async () => {
  await passes(0.1 + 0.2, 0.3);
  await passes([[1, 2], [3, 4]], [[1, 2], [3, 4]]);
  await passes(new Float32Array([0.1, 0.2]), [0.1, 0.2]);
  await passes(new Tensor(new Float64Array([1, 2, 3, 4]), [2, 2]), [[1, 2], [3, 4]]);
  await passes([[1, 2], [3, 4]], new Tensor(new Float32Array([1, 2, 3, 4]), [2, 2]));
  await passes("relu", "relu");
  await passes(true, true);
});

Deno.test("check() says expected, got, where, the likely slip and the hint", () => {
  assertEquals(
    message(() => check("gradient of W", [[2, 4], [6, 9]], [[1, 2], [3, 4]], { hint: "dW = Xᵀ dZ" })),
    [
      "✗ gradient of W",
      "  expected: [[1, 2], [3, 4]], shape [2, 2]",
      "  got: [[2, 4], [6, 9]], shape [2, 2]",
      "  where: 4 of 4 entries differ, most at [1, 1]: got 9, expected 4",
      "  hint: dW = Xᵀ dZ",
    ].join("\n"),
  );
  assertEquals(
    message(() => check("loss", 3.2, 1.6)),
    "✗ loss\n  expected: 1.6\n  got: 3.2\n  likely slip: it is twice what is expected: is a ½ missing?",
  );
});

Deno.test("check() names both shapes", () => {
  const said = message(() => check("db", [[1], [2]], [1, 2, 3]));
  assert(
    said.includes("expected: [1, 2, 3], shape [3]") && said.includes("got: [[1], [2]], shape [2, 1]"),
    said,
  );
  assert(said.includes("likely slip: the shape is [2, 1], expected [3]"), said);
});

Deno.test("check() looks for the mean over the batch where it is told the batch size", () => {
  assert(
    message(() => check("dW", [64, 128], [1, 2], { batchSize: 64 })).includes(
      "mean over the batch (1/N) missing",
    ),
  );
});

Deno.test("check() prefers a slip that the exercise knows", () => {
  const slips = [{ value: [9, 9], says: "never" }, { value: [2, 4], says: "the bias was counted twice" }];
  assert(
    message(() => check("it", [2, 4], [1, 2], { slips })).includes("likely slip: the bias was counted twice"),
  );
});

Deno.test("check() shows all digits where six look alike", () => {
  const said = message(() => check("it", 0.123456789, 0.12345678, { tolerance: 1e-12 }));
  assert(said.includes("where: got 0.123456789, expected 0.12345678"), said);
});

Deno.test("check() shows the beginning of a large array, and where it is wrong", () => {
  const expected = new Float64Array(784 * 10).fill(0.5);
  const got = expected.slice();
  got[4321] = 0.75;
  const said = message(() => check("dW", new Tensor(got, [784, 10]), new Tensor(expected, [784, 10])));
  assert(said.includes("1 of 7840 entries differ, most at [432, 1]: got 0.75, expected 0.5"), said);
  assert(said.length < 400, said);
});

Deno.test("check() finds a NaN to be the worst entry of all", () => {
  assert(message(() => check("it", [5, NaN, 3], [1, 2, 3])).includes("most at [1]: got NaN, expected 2"));
});

Deno.test("check() compares small gradients too, and forgives noise where zero is expected", async () => {
  assert(message(() => check("it", [1e-9, 2e-9], [1.1e-9, 2e-9])).includes("most at [0]"));
  await passes([1, 1e-9], [1, 0]);
  await passes([0, 1e-9], [0, 0]);
});

Deno.test("check() takes a tolerance", async () => {
  await passes(1.009, 1, { tolerance: 0.01 });
  assertThrows(() => check("it", 1.011, 1, { tolerance: 0.01 }), CheckError);
});

Deno.test("check() says what came instead of numbers", () => {
  assert(
    message(() => check("it", undefined, 3)).includes(
      "got: undefined\n  likely slip: it is undefined: is a return missing",
    ),
  );
  assert(message(() => check("it", (x: number) => x, 3)).includes("call it"));
  assert(message(() => check("it", Promise.resolve(3), 3)).includes("write await"));
  assert(message(() => check("it", "softmax", "relu")).includes('expected: "relu"\n  got: "softmax"'));
});

Deno.test("check() says what the right numbers should be, where they must be a tensor or a number", async () => {
  const rows = [[1, 2], [3, 4]], tensorOf = new Tensor(new Float64Array([1, 2, 3, 4]), [2, 2]);
  await passes(tensorOf, rows, { kind: "Tensor" });
  await passes(3, new Tensor(new Float64Array([3]), []), { kind: "number" });
  const said = message(() => check("dW", rows, tensorOf, { kind: "Tensor", hint: "never" }));
  assertEquals(
    said,
    "✗ dW\n  kind: the numbers are right; expected a Tensor, got an array: tensor(…) makes one",
  );
  const scalar = new Tensor(new Float64Array([3]), []);
  assert(
    message(() => check("dw", scalar, 3, { kind: "number" })).includes(
      "expected a number, got a Tensor: .item() takes the number out",
    ),
  );
  assert(
    message(() => check("dW", [[9, 9], [9, 9]], rows, { kind: "Tensor" })).includes("got an array: tensor"),
  );
  assert(!message(() => check("dW", undefined, rows, { kind: "Tensor" })).includes("kind:"));
});

Deno.test("check() keeps the right answer to itself where it is secret", () => {
  const options = { secret: true, hint: "r = 2", slips: [{ value: [7, 3], says: "x is missing" }] };
  const said = [[7, 3], [7.25, 5], [1, 2], "12", undefined].map((got) =>
    message(() => check("by hand", got, [12.25, 5], options))
  );
  for (const text of said) assert(!text.includes("12.25") && !text.includes("expected:"), text);
  assert(said[0].includes("got: [7, 3]") && said[0].includes("likely slip: x is missing"), said[0]);
  assert(said[0].includes("hint: r = 2"), said[0]);
  assert(!message(() => check("name", "a", "relu", { secret: true })).includes("relu"));
});

Deno.test("check() throws at once, so that a forgotten await hides nothing", () => {
  let reached = false;
  assertThrows(() => {
    check("it", 1, 2);
    reached = true;
  }, CheckError);
  assert(!reached);
});

Deno.test("check() refuses to check against nothing", () => {
  assertThrows(() => check("it", 1, undefined), TypeError, 'check("it") has no expected value');
});

Deno.test("checkThat() passes on true alone", async () => {
  assertEquals(await printed(() => checkThat("rows sum to 1", true)), ["✓ rows sum to 1"]);
  assertEquals(message(() => checkThat("rows sum to 1", false, "divide")), "✗ rows sum to 1\n  hint: divide");
  assert(message(() => checkThat("x", undefined)).includes("got: undefined where true or false is expected"));
  assert(message(() => checkThat("x", 1)).includes("got: 1 where"));
});

Deno.test("a CheckError has no stack trace below the cell, only its sentences", () => {
  const error = assertThrows(() => check("it", 2, 1), CheckError);
  assertEquals(error.stack, `CheckError: ${error.message}`);
});

Deno.test("a passed check prints to standard output and lets the kernel send it", async () => {
  const events: string[] = [];
  const kernel = fakeKernel();
  const lines = await printed(() =>
    withKernel(kernel, async () => {
      setTimeout(() => events.push("event loop turned"), 0);
      await check("it", 1, 1);
      events.push("cell done");
    })
  );
  assertEquals(lines, ["✓ it"]);
  assertEquals(events, ["event loop turned", "cell done"]);
});
