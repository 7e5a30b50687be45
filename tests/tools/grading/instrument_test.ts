import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { GradedCell } from "../../../tools/grading/grade_one.ts";
import { instrument } from "../../../tools/grading/instrument.ts";
import { namesOfChecks, reachingNotes } from "../../../tools/grading/reaching.ts";
import { sampleNotebook, SECRET } from "../../../tools/grading/self_test/sample.ts";
import type { Notebook, NotebookCell } from "../../../tools/notebooks/notebook_file.ts";

const cell = (id: string, source: string, marks: object | undefined): NotebookCell => ({
  cell_type: "code",
  id,
  source,
  metadata: marks ? { nbgrader: { grade_id: id, ...marks } as never } : {},
});
const LOCKED = { locked: true, grade: false, solution: false };
const CHECK = { locked: true, grade: true, solution: false, points: 1 };
const notebook = (...cells: NotebookCell[]): Notebook => ({ cells });

Deno.test("a check is bound to what the instructor's cells made, not to the student's", () => {
  const { begin, cells } = instrument(sampleNotebook(), "file:///guard.ts");
  assertMatch(begin, /begin\("@@WORD@@"\)/);
  const { open, full } = cells["check-slope"];
  assertStringIncludes(
    open,
    'guard.check("@@WORD@@", { check: () => check, nudge: () => nudge });{const { check, nudge } =',
  );
  assertStringIncludes(open, 'guard.done("@@WORD@@", 1, {  });}');
  assertStringIncludes(full!, 'guard.done("@@WORD@@", 2, {  });}');
  assert(full!.includes(SECRET) && !open.includes(SECRET));
  assertEquals([cells["check-mean"].full, cells["slope"]], [undefined, undefined]);
});

Deno.test("functions are registered before a cell waits for anything, the last value stays the last, types are left out", () => {
  const source =
    "type Place = [number];\nclass A {}\nfunction f(x: A) { return x; }\nlet n = 1;\nconst a = await f(new A());\na";
  const { cells } = instrument(notebook(cell("help", source, LOCKED)), "g");
  assertEquals(
    cells.help.open,
    '__backprop_guard.register("@@WORD@@", { f: () => f });type Place = [number];\nclass A {}\n' +
      "function f(x: A) { return x; }\nlet n = 1;\nconst a = await f(new A());\n\n" +
      ';__backprop_guard.register("@@WORD@@", { A: () => A, a: () => a });a',
  );
});

Deno.test("what a check declares is known to later checks that use it, and to cells that are no check, but to nobody else", () => {
  const { cells } = instrument(
    notebook(
      cell("one", "const mine = f(1), gone = 2, shown = 3;", CHECK),
      cell("two", "g(mine);", CHECK),
      cell("picture", "draw(shown);", undefined),
    ),
    "g",
  );
  assertEquals(
    cells.one.open,
    '__backprop_guard.check("@@WORD@@", {  });{const mine = f(1), gone = 2, shown = 3;\n' +
      ';__backprop_guard.done("@@WORD@@", 0, { mine: () => mine, shown: () => shown });}' +
      'const { shown } = __backprop_guard.give("@@WORD@@", ["shown"]);',
  );
  assertStringIncludes(
    cells.two.open,
    '{const { mine } = __backprop_guard.names("@@WORD@@", ["mine"]);g(mine);',
  );
});

Deno.test("a check that imports runs outside of a block; one that cannot be parsed runs as it is, guarded", () => {
  const { cells } = instrument(
    notebook(cell("one", 'import { f } from "x";\nf();', CHECK), cell("two", "f(", CHECK)),
    "g",
  );
  for (const id of ["one", "two"]) {
    assertMatch(cells[id].open, /^__backprop_guard\.check\([^{]*\{ {2}\}\);[if]/);
  }
});

Deno.test("only calls of the library's check that certainly happen are counted", () => {
  const imports = cell("imports", 'import { check, checkThat } from "backprop";', LOCKED);
  const least = (source: string, before = imports) =>
    Number(
      instrument(notebook(before, cell("c", source, CHECK)), "g").cells.c.open.match(
        /done\("@@WORD@@", (\d+)/,
      )![1],
    );
  assertEquals(least('await check("a", 1, 1);\ncheckThat("b", true);'), 2);
  assertEquals(least('for (const x of []) await check("a", x, 1);\nif (f()) check("b", 1, 1);'), 0);
  assertEquals(least('{\n  const x = 1;\n  await check("a", x, 1);\n}'), 1);
  const exercises = cell("imports", 'import { checkMean } from "exercises/00";', LOCKED);
  assertEquals(least("await checkMean(mean);", exercises), 1);
  assertEquals(least("await checkMean(mean);"), 0);
  assertEquals(least("const check = f;\nawait check();"), 0);
  assertEquals(least("await check();", cell("imports", 'import { check } from "./mine.ts";', LOCKED)), 0);
});

Deno.test("an answer that takes a name of a check's is noted; names that other cells use are nobody's secret", () => {
  const names = namesOfChecks(
    notebook(
      cell("one", "const wanted = 3, shown = 4, close = 5;", CHECK),
      cell("picture", "draw(shown);", undefined),
    ),
  );
  assertEquals(names, ["wanted"]);
  const student = (id: string, source: string) => ({ id, type: "code", source, from: "student" as const });
  const noted = (...cells: GradedCell[]) => reachingNotes(names, cells);
  const sentence = "“a” uses wanted, which only a check makes, and cannot reach it";
  assertEquals(noted(student("a", "const f = () => ({ w: wanted, s: shown });")), [sentence]);
  assertEquals(noted(student("a", "const wanted = 1;"), student("b", "const f = () => wanted;")), []);
  assertEquals(noted(student("a", "const f = (wanted: number) => o.wanted;")), []);
  assertEquals(noted({ ...student("one", "check(wanted);"), from: "source" }), []);
});
