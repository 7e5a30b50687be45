import { assertEquals, assertStringIncludes } from "@std/assert";
import { readProse } from "../../../tools/notebooks/prose.ts";
import { proseProblems } from "../../../tools/notebooks/prose_numbers.ts";

const values = (text: string) => readProse(text).numbers.map(({ value }) => value);
const notebook = (...cells: [kind: "markdown" | "code", source: string][]) => ({
  cells: cells.map(([cell_type, source], i) => ({ cell_type, source, id: `c${i}` })),
});
/** What is said of one text cell beside one code cell. */
function said(text: string, results: Record<string, number> = {}, code = ""): string[] {
  return proseProblems(notebook(["code", code], ["markdown", text]), results).map(({ message }) => message);
}

Deno.test("readProse() reads numbers as people, formulas and tables write them", () => {
  assertEquals(values("101,632 weights, 60{,}000 images, 1, 2 and 3"), [101632, 60000, 1, 2, 3]);
  assertEquals(values("9.54e-7, $9.54 \\times 10^{-7}$, 9.54 × 10⁻⁷, 2·10³"), [
    9.54e-7,
    9.54e-7,
    9.54e-7,
    2000,
  ]);
  assertEquals(values("99.1%, 80 %, $50\\%$"), [0.991, 0.8, 0.5]);
  assertEquals(values("−0.38, -2, (−3); 784-128-10"), [-0.38, -2, -3, 784, 128, 10]);
  assertEquals(values("| 1.5 | 2.5 |"), [1.5, 2.5]);
});

Deno.test("readProse() passes over code, links, tags, sections of books and versions", () => {
  assertEquals(values("`0.1` [a 7](x/0.25.html) <a href='9.5'> §4.3.4 Deno 2.9.6 W1 a₁ ```\n0.3\n```"), [7]);
});

Deno.test("readProse() binds names to the numbers before them, in their order", () => {
  const named = (text: string) => readProse(text).numbers.map(({ text, name }) => [text, name]);
  assertEquals(named("from 3.3<!--=a--> to $x = 0.1 + 0.25$<!--=b,c-->"), [["3.3", "a"], ["0.1", "b"], [
    "0.25",
    "c",
  ]]);
  assertEquals(named("0.1 and 0.2<!--=b-->"), [["0.1", undefined], ["0.2", "b"]]);
  assertEquals(readProse("words<!--=a-->").loose, [{ name: "a", line: 1 }]);
  assertEquals(readProse("0.5\n\nwords<!--=a-->").loose, [{ name: "a", line: 3 }]);
});

Deno.test("proseProblems() accepts a value rounded to the digits that are written", () => {
  assertEquals(said("0.417<!--=loss-->", { loss: 0.41703 }), []);
  assertEquals(said("99.1%<!--=share-->", { share: 0.99105 }), []);
  assertEquals(said("9.54 × 10⁻⁷<!--=tiny-->", { tiny: 0.25 ** 10 }), []);
  assertEquals(said("−0.38<!--=slope-->", { slope: -0.38 }), []);
});

Deno.test("proseProblems() takes a number without decimals for rounded to a whole one", () => {
  assertEquals(said("43<!--=n--> and 1,204<!--=m-->", { n: 43.4, m: 1203.6 }), []);
  assertEquals(said("43<!--=n-->", { n: 43.6 }).length, 1);
  assertEquals(said("43.0<!--=n-->", { n: 43.4 }).length, 1);
});

Deno.test("proseProblems() finds a wrong digit, a wrong sign and a wrong power of ten", () => {
  assertStringIncludes(said("0.418<!--=loss-->", { loss: 0.41703 })[0], "where loss is 0.41703");
  assertEquals(said("0.38<!--=slope-->", { slope: -0.38 }).length, 1);
  assertEquals(said("0.0000095<!--=tiny-->", { tiny: 0.25 ** 10 }).length, 1);
});

Deno.test("proseProblems() wants a name for what only a cell can know, and none for what is given", () => {
  assertEquals(said("The loss is 0.417, the accuracy 99%, of 30,596 images.").length, 3);
  assertEquals(
    said("rate 0.1, 784 pixels, 60,000 images, by 1986, in three or 12 steps", {}, "f(0.1, 784, 60_000)"),
    [],
  );
  assertEquals(said("rate 0.1", {}, "// 0.1 is said in a comment only").length, 1);
  assertEquals(said("### Where to read more\n\nChapter 4.25"), []);
  assertEquals(said("## What to try next\n\nA learning rate of 0.03."), []);
});

Deno.test("proseProblems() names the cell, the line and what no cell reports", () => {
  const [problem] = proseProblems(notebook(["markdown", "a\n\n0.5<!--=half-->"]), {});
  assertEquals([problem.cell, problem.cellId, problem.line], [0, "c0", 3]);
  assertStringIncludes(problem.message, "results({ half })");
});
