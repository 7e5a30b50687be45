import { assert, assertEquals } from "@std/assert";
import { isSolution } from "../../tools/learner/edition.ts";
import { type Attempt, tryAttempts } from "./attempts.ts";
import { ATTEMPTS } from "./answers/all.ts";
import { readNotebooks } from "./course.ts";
import { testAttempts } from "./test_attempts.ts";

for (const name of ["00_start_here", "01_loss_functions", "02_backpropagation"]) testAttempts(name);

Deno.test("every exercise has six wrong answers or more", async () => {
  for (const [name, { cells }] of await readNotebooks()) {
    for (const { id } of cells.filter(isSolution)) {
      const wrong = (ATTEMPTS[name]?.[id!] ?? []).filter(({ passes }) => passes === undefined);
      assert(wrong.length >= 6, `${name}: ${id} has ${wrong.length}`);
    }
  }
});

Deno.test("tryAttempts() says what a check said, or that none refused", async () => {
  const cell = (id: string, source: string, grade = false) => ({
    cell_type: "code",
    id,
    source,
    metadata: { nbgrader: { grade, solution: !grade, locked: grade } },
  });
  const notebook = {
    cells: [
      cell("imports", 'import { check } from "backprop";'),
      cell(
        "double",
        "function double(x: number): number {\n// BEGIN SOLUTION\nreturn 2 * x;\n// END SOLUTION\n}",
      ),
      cell(
        "check-double",
        'await check("of 2", double(2), 4);\n// BEGIN HIDDEN TESTS\nawait check("of 3", double(3), 6);\n// END HIDDEN TESTS',
        true,
      ),
      cell(
        "halve",
        "function halve(x: number): number {\n// BEGIN SOLUTION\nreturn double(x) / 4;\n// END SOLUTION\n}",
      ),
      cell("check-halve", 'await check("of 4", halve(4), 2);', true),
    ],
  };
  const tried: Attempt[] = [
    { did: "added", answer: "return x + 2;" },
    { did: "0", answer: "return 0;" },
    { did: "the same", answer: [["2 * x", "x + x"]] },
    { did: "fails", answer: "throw new RangeError('no');" },
  ];
  const outcomes = await tryAttempts(notebook, { double: tried });
  const [added, zero, same, fails] = tried.map((attempt) => outcomes.get(attempt)!);
  assertEquals([added.visible, added.all?.message.split("\n")[0]], [undefined, "✗ of 3"]);
  assertEquals(zero.visible, { cell: "check-double", message: "✗ of 2\n  expected: 4\n  got: 0" });
  assertEquals(same, { all: undefined });
  assertEquals(fails.visible?.message, "RangeError: no");
});
