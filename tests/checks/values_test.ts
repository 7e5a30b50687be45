import { assertEquals, assertThrows } from "@std/assert";
import { formatValue } from "../../lib/checks/format.ts";
import { withDefaults } from "../../lib/checks/options.ts";
import { checkPositiveInteger, checkRange } from "../../lib/checks/ranges.ts";
import { checkFunctions, kindOf, text } from "../../lib/checks/values.ts";

Deno.test("kindOf() and text() say what was given", () => {
  assertEquals([null, [], {}, new Map(), 1].map(kindOf), [
    "null",
    "an array",
    "an object",
    "a Map",
    "a number",
  ]);
  assertEquals([null, ["a", 1], {}, "b"].map(text), ["null", '["a", 1]', "an object of Object", '"b"']);
});

Deno.test("formatValue() keeps as many digits as it is told", () => {
  assertEquals([1 / 3, NaN, -Infinity, 1e21].map((x) => formatValue(x, 3)), [
    "0.333",
    "NaN",
    "-Infinity",
    "1e+21",
  ]);
});

Deno.test("withDefaults() throws for an option that does not exist, and for a required one that is missing", () => {
  const defaults = { learningRate: 1, steps: 2 };
  assertEquals(withDefaults("f", defaults, { steps: 3 }), { learningRate: 1, steps: 3 });
  assertThrows(
    () => withDefaults("f", defaults, { lr: 3 } as object),
    TypeError,
    'Did you mean "learningRate"?',
  );
  assertThrows(() => withDefaults("f", defaults, {}, ["steps"]), TypeError, "steps is missing");
});

Deno.test("checks of numbers throw for what is out of range", () => {
  for (const count of [0, 1.5, NaN, "2", undefined]) {
    assertThrows(
      () => checkPositiveInteger("f", "count", count),
      RangeError,
      "count must be a positive integer",
    );
  }
  assertThrows(
    () => checkRange("f", "wRange", [2, 1]),
    RangeError,
    "expected wRange to be [low, high], got [2, 1]",
  );
});

Deno.test("a function that was called where it should be given is told apart", () => {
  assertThrows(() => checkFunctions("f", { loss: 3 }, ["loss"]), TypeError, "without calling it");
});
