import { assertEquals } from "@std/assert";
import { findLeaks, isNoLeak, secretsOf } from "../../../../tools/grading/assignments/solutions.ts";
import { CHECK, code, graded, notebookOf } from "./notebooks.ts";

const SOLUTION = `function slope(s: number, xs: number[]): number {
  // BEGIN SOLUTION
  const total = xs.reduce((sum, x) => sum + x); // of all
  for (const x of xs) s += x;
  const spread = Math.max(...xs) - Math.min(...xs);
  return 4 * s * (1 - s);
  // END SOLUTION
}`;
const secrets = secretsOf(
  "x",
  notebookOf(code("exercise-slope", SOLUTION), graded("check-double", CHECK, 100)),
);

const leaksIn = (text: string, explains = true) =>
  findLeaks(secrets, [{ place: "here", text, explains }]).map(({ secret }) =>
    `${secret.kind} of ${secret.cell}`
  );

Deno.test("secretsOf() gives what is taken out: solutions without remarks, and hidden tests", () => {
  assertEquals(secrets.map(({ kind, cell }) => [kind, cell]), [
    ["solution", "exercise-slope"],
    ["hidden test", "check-double"],
  ]);
  assertEquals(secrets[0].lines, [
    "consttotal=xs.reduce((sum,x)=>sum+x)",
    "for(constxofxs)s+=x",
    "constspread=Math.max(...xs)-Math.min(...xs)",
    "return4*s*(1-s)",
  ]);
});

Deno.test("a line of a solution leaks from any cell or text, however it is laid out", () => {
  assertEquals(leaksIn("const total = xs\n  .reduce((sum, x) => sum + x);"), ["solution of exercise-slope"]);
  assertEquals(leaksIn("By the chain rule it is $4 s (1 - s)$."), ["solution of exercise-slope"]);
  assertEquals(leaksIn("By the chain rule it is $4 \\cdot s (1 - s)$."), ["solution of exercise-slope"]);
});

Deno.test("a hidden test leaks too", () => {
  const line = 'if (double(-4.25) !== -8.5) throw new Error("negative numbers");';
  assertEquals(leaksIn(line), ["hidden test of check-double"]);
});

Deno.test("what stands in any program is no leak: heads of loops, short lines, the visible part of a check", () => {
  assertEquals(leaksIn("for (const x of xs) s += x;"), []);
  assertEquals(leaksIn("return s;"), []);
  assertEquals(leaksIn("const got = double(base);"), []);
});

Deno.test("in a program one line may be the same, most of a solution may not", () => {
  const [, , total, loop, spread] = SOLUTION.split("\n");
  assertEquals(leaksIn(`${total}\nsomething(else);`, false), []);
  assertEquals(leaksIn(`${total}\n${loop}\n${spread}`, false), ["solution of exercise-slope"]);
});

const CUBE = code(
  "exercise-cube",
  "function cubeSlope(x: number): number {\n  // BEGIN SOLUTION\n  return 3 * x * x;\n  // END SOLUTION\n}",
);
const mean = "  const all = values.reduce((sum, value) => sum + value, 0);\n  return all / values.length;";
const AVERAGE = code(
  "exercise-average",
  `function average(values: number[]) {\n  // BEGIN SOLUTION\n${mean}\n  // END SOLUTION\n}`,
);
const mine = secretsOf("mine", notebookOf(CUBE, AVERAGE));

/** The exercises that leak from a cell with this code. */
const fromCode = (text: string, notebook = "other") =>
  findLeaks(mine, [{ place: "", text, explains: true, isCode: true, notebook }]).map(({ secret }) =>
    secret.cell
  );

Deno.test("one line that another exercise's code has too is no leak; a second one is, or the exercise's name", () => {
  const unrelated = "function dropSlope(x: number) {\n  return 3 * x * x;\n}";
  assertEquals([fromCode(unrelated), fromCode(unrelated, "mine")], [[], []]);
  assertEquals(fromCode(unrelated.replace("dropSlope", "cubeSlope")), ["exercise-cube"]);
  assertEquals(fromCode("const slope = (x: number) => 3 * x * x; // as cubeSlope"), ["exercise-cube"]);
  const [first, second] = mean.split("\n");
  assertEquals(fromCode(`function lossOf(values: number[]) {\n${first}\n  return all;\n}`), []);
  assertEquals(fromCode(`function lossOf(values: number[]) {\n${first}\n${second}\n}`), ["exercise-average"]);
  // In the exercise's own notebook a long line is enough.
  assertEquals(fromCode(first, "mine"), ["exercise-average"]);
  // And in a text a formula is.
  assertEquals(
    findLeaks(mine, [{ place: "", text: "The slope is `3 * x * x`.", explains: true, notebook: "mine" }])
      .length,
    1,
  );
});

Deno.test("a cell with the tag not-a-leak keeps no secret", () => {
  const free = { ...CUBE, metadata: { tags: ["not-a-leak"] } };
  assertEquals(secretsOf("mine", notebookOf(free)), []);
  const place = { place: "", text: "cubeSlope: return 3 * x * x;", explains: true, notebook: "mine" };
  assertEquals(
    findLeaks(mine, [{ ...place, isFree: isNoLeak(free) }, { ...place, isFree: false }]).length,
    1,
  );
});
