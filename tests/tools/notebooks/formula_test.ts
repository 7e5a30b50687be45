import { assertEquals, assertStringIncludes } from "@std/assert";
import { readExpression } from "../../../tools/notebooks/formula.ts";
import { claimsOf } from "../../../tools/notebooks/formula_claims.ts";
import { proseProblems } from "../../../tools/notebooks/prose_numbers.ts";

/** What a side of a formula is, with a = 2 and everything else 3; `undefined` if it cannot be read. */
const value = (text: string) =>
  readExpression(text)?.at((name) => name === "a" ? 2 : 3).map((value) => Number(value.toFixed(6)));
const wrong = (text: string) => claimsOf(text).flatMap(({ wrong }) => wrong ?? []);
const notebook = (text: string, code = "") => ({
  cells: [{ cell_type: "code", source: code }, { cell_type: "markdown", id: "t", source: text }],
});
const said = (text: string, code = "", results = {}) =>
  proseProblems(notebook(text, code), results).map(({ message }) => message);

Deno.test("readExpression() computes what TeX writes as arithmetic", () => {
  const cases: [string, number[]][] = [
    ["1 \\cdot 1 + 2 \\times 3 - 4", [3]],
    ["\\frac24 (-14)", [-7]],
    ["\\tfrac12 a^2 + 2a", [6]],
    ["2^{10} - 10^{-1}", [1023.9]],
    ["(1 - a)(1 + a)", [-3]],
    ["\\sqrt{a^4} + |{-}3|".replace("{-}", "-"), [7]],
    ["60{,}000 / 100", [600]],
    ["50\\%", [0.5]],
    ["-\\ln\\Bigl( e^{-a} \\Bigr)", [2]],
    ["(a, -4) / 2", [1, -2]],
    ["\\max(a, 0) + \\sigma(0)", [2.5]],
    ["\\hat y (1 - \\hat y)", [-6]],
    ["\\ln 2\\pi", [1.837877]],
  ];
  assertEquals(cases.map(([text]) => [text, value(text)]), cases);
});

Deno.test("readExpression() leaves alone what it does not know, and what could be read in two ways", () => {
  const unknown = [
    "\\nabla f",
    "f(x)",
    "f'",
    "\\sum_i x_i",
    "1/2a",
    "[3, 5]",
    "a +",
    "",
    "W^\\top",
    "(1, 2) + 3",
  ];
  assertEquals(unknown.filter((text) => value(text) !== undefined), []);
});

Deno.test("claimsOf() finds an equation that is not so, whichever of its digits is wrong", () => {
  for (
    const sound of [
      "$1 \\cdot 1 + 2 \\cdot 4 + 3 \\cdot 2 = 15$",
      "$$ z = (1 \\cdot 2 + 4,\\;\\; 3 \\cdot (-1)) = (6, -3) $$",
      "$(4 + 1 + 9)/3 = 14/3$",
      "$\\ln 5 = 1.609$",
      "$\\sqrt{1000} \\approx 32$",
      "$2 \\cdot 0.01\\,w = 0.02\\,w$",
    ]
  ) {
    assertEquals(wrong(sound), [], sound);
    for (const { index, 0: digit } of sound.matchAll(/(?<!10)[1-9](?!00)/g)) {
      const changed = sound.slice(0, index) + (Number(digit) + 1) % 10 + sound.slice(index + 1);
      assertEquals(wrong(changed).length, 1, changed);
    }
  }
});

Deno.test("claimsOf() uses the values that the same text gives to letters", () => {
  assertEquals(wrong("$2u = 10$ with $u = 5$"), []);
  assertStringIncludes(wrong("$2u = 11$ with $u = 5$")[0], "the left side is 10 and the right side 11");
  assertEquals(wrong("First $u = 4$, then $u = 5$: $2u = 10$"), []);
  assertEquals(wrong("$1 - \\eta\\lambda = 0.999$"), [], "nobody says what η is");
});

Deno.test("claimsOf() takes an equation with the same letters on both sides for said of all values", () => {
  assertEquals(wrong("$\\frac{1}{1-p} - 1 = \\frac{p}{1-p}$"), []);
  assertEquals(wrong("$\\frac{1}{1-p} - 2 = \\frac{p}{1-p}$").length, 1);
  assertEquals(wrong("$L = (2a)^2 = 4a^2$"), []);
  assertEquals(wrong("$L = (2a)^2 = 2a^2$").length, 1);
  assertEquals(wrong("$f(x) = x^2$ and $y = 2x + 1$ and $w \\leftarrow w - 2$ and $x = x^2 + c$"), []);
});

Deno.test("a number alone on one side of a formula is held, however small it is", () => {
  assertEquals(said("$z = 7$", "f(7)"), []);
  assertStringIncludes(said("$z = 8$", "f(7)")[0], "the number 8 in the formula");
  assertEquals(said("$z = 8$<!--=z-->", "f(7)", { z: 8.2 }), []);
  assertEquals(said("$z = 8$<!--=z-->", "f(7)", { z: 9 }).length, 1);
  assertEquals(said("$z = 2 \\cdot 4 = 8$. So $z = 8$."), []);
  assertEquals(said("The layer gives $(7, -3)$", "f(7)").length, 1);
});

Deno.test("exponents, indices and factors are mathematics, and need nothing", () => {
  assertEquals(said("$L = \\frac12 w_2^3 - \\frac{2}{N} \\sum_{i=1}^N 3 x_i^4$"), []);
});

Deno.test("a number is not given by a cell far away, under another heading", () => {
  const cells = (between: number) => ({
    cells: [
      { cell_type: "code", source: "f(7)" },
      ...Array.from({ length: between }, () => ({ cell_type: "markdown", source: "# Heading" })),
      { cell_type: "markdown", source: "$z = 7$" },
    ],
  });
  assertEquals([0, 3, 4].map((between) => proseProblems(cells(between), {}).length), [0, 0, 1]);
});

Deno.test("a wrong formula is named with its cell and line", () => {
  const [{ cell, cellId, line, message }] = proseProblems(notebook("a\n\n$$\n2 \\cdot 3\n= 7\n$$"), {});
  assertEquals([cell, cellId, line], [1, "t", 4]);
  assertStringIncludes(message, "2 \\cdot 3 = 7, where the left side is 6");
});
