import { assertEquals } from "@std/assert";
import { findLeaks, secretsOf } from "../../../tools/assignments/solutions.ts";
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
