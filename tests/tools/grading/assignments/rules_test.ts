import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { basename } from "@std/path";
import { STUB } from "../../../../tools/learner/edition.ts";
import { gradedCells, mark, TOTAL_POINTS } from "../../../../tools/grading/assignments/marks.ts";
import { NBGRADER_CONFIG } from "../../../../tools/grading/assignments/nbgrader.ts";
import { neededCells } from "../../../../tools/grading/assignments/needs.ts";
import { DELIMITERS } from "../../../../tools/learner/edition.ts";
import { assignmentProblems } from "../../../../tools/grading/assignments/rules.ts";
import type { Notebook } from "../../../../tools/notebooks/notebook_file.ts";
import { readNotebooks } from "../../../notebooks/course.ts";
import { change, CHECK, code, DOUBLE, good, graded, notebookOf, text } from "./notebooks.ts";

/** The one thing that is wrong. */
function theProblem(notebook: Notebook) {
  const problems = assignmentProblems("notebooks/x.ipynb", notebook);
  assertEquals(problems.length, 1, JSON.stringify(problems, null, 1));
  return problems[0];
}

/** It is refused by this rule, in a message that names the cell and says so much. */
function refused(notebook: Notebook, rule: string, id: string, says: string) {
  const problem = theProblem(notebook);
  assertEquals([problem.file, problem.rule], ["notebooks/x.ipynb", rule]);
  assertStringIncludes(problem.at, id);
  assertStringIncludes(problem.message, says);
}

Deno.test("a notebook with nothing wrong is not refused", () => {
  assertEquals(assignmentProblems("notebooks/x.ipynb", good()), []);
});

Deno.test("every notebook of the course is fit to be handed out", async () => {
  for (const [name, notebook] of await readNotebooks()) {
    assertEquals(assignmentProblems(`notebooks/${name}.ipynb`, notebook), []);
    assertEquals(
      gradedCells(notebook).reduce((sum, cell) => sum + cell.metadata!.nbgrader!.points!, 0),
      TOTAL_POINTS,
    );
  }
});

Deno.test("missing points, and points that do not come to 100, are refused", () => {
  const without = notebookOf(
    code("data", "const base = 3;"),
    code("exercise-double", DOUBLE),
    graded("check-double", CHECK, 100),
    graded("check-more", "double(1);"),
  );
  refused(without, "points", "check-more", "no points");
  const few = change(good(), "check-double", (cell) => graded("check-double", cell.source as string, 99));
  refused(mark(few), "points", "", "99 in all");
});

Deno.test("a missing id and one that is there twice are refused", () => {
  const nameless = good();
  delete nameless.cells[3].id;
  refused(nameless, "ids", "cell 4", "no id");
  refused(
    change(good(), "play", (cell) => ({ ...cell, id: "data" })),
    "ids",
    "cell 4 (data)",
    'Cell 1 has the id "data"',
  );
});

Deno.test("marks that are missing or say something else are refused, with the command that mends them", () => {
  const bare = change(good(), "exercise-double", (cell) => ({ ...cell, metadata: {} }));
  refused(bare, "marks", "exercise-double", '"solution":true');
  assertEquals(theProblem(bare).hint, "deno task assignments --mark");
  assertEquals(assignmentProblems("x", mark(bare)), []);
  const open = change(good(), "data", (cell) => ({ ...cell, metadata: {} }));
  refused(open, "marks", "data", '"locked":true');
  const renamed = change(good(), "data", (cell) => {
    return { ...cell, metadata: { nbgrader: { ...cell.metadata!.nbgrader!, grade_id: "other" } } };
  });
  refused(renamed, "marks", "data", '"grade_id":"other"');
});

Deno.test("a check that needs a later cell is refused, and so is an exercise that does", () => {
  const late = notebookOf(
    code("exercise-double", DOUBLE),
    graded("check-double", CHECK, 100),
    code("data", "const base = 3;"),
  );
  refused(late, "later-section", "check-double", '"base", which only cell 3 (data)');
  const helper = DOUBLE.replace("x + x", "x * factor");
  const indirect = notebookOf(
    code("data", "const base = 3;"),
    code("exercise-double", helper),
    graded("check-double", CHECK, 100),
    code("factor", "const factor = 2;"),
  );
  refused(indirect, "later-section", "exercise-double", '"factor"');
});

Deno.test("an exercise without a graded check is refused", () => {
  const untested = notebookOf(...good().cells, code("exercise-more", DOUBLE.replaceAll("double", "more")));
  refused(untested, "untested", "exercise-more", "No graded cell");
});

Deno.test("a check that writes to standard error is refused: nbgrader would give 0 for a right answer", () => {
  for (const loud of ['console.warn("close")', "console.error(1)", "console.assert(got === 6)"]) {
    const notebook = change(
      good(),
      "check-double",
      (cell) => ({ ...cell, source: `${cell.source}\n${loud};` }),
    );
    refused(notebook, "standard-error", "check-double", "0 points");
  }
});

Deno.test("marks around solutions and tests that nbgrader would misread are refused", () => {
  const unclosed = DOUBLE.replace("  // END SOLUTION\n", "");
  refused(
    change(good(), "exercise-double", (c) => ({ ...c, source: unclosed })),
    "delimiters",
    "exercise",
    "pairs",
  );
  const trailing = DOUBLE.replace("// BEGIN SOLUTION", "return 2 * x; // BEGIN SOLUTION");
  refused(
    change(good(), "exercise-double", (c) => ({ ...c, source: trailing })),
    "delimiters",
    "exercise",
    "alone",
  );
  const prose = notebookOf(...good().cells, text("how", "Write between `// BEGIN SOLUTION` and the end."));
  refused(prose, "delimiters", "how", "in a text too");
  const hidden = "// BEGIN HIDDEN TESTS\nbase;\n// END HIDDEN TESTS";
  refused(notebookOf(...good().cells, code("aside", hidden)), "hidden-tests", "aside", "no points");
});

Deno.test("cells are needed through others, and those nobody needs are not", () => {
  const { cells } = good();
  const notebook = notebookOf(
    code("first", "const seed = 3;"),
    code("data", "const base = seed;"),
    ...cells.slice(1),
  );
  const ids = [...neededCells(notebook)].sort().map((index) => notebook.cells[index].id);
  assertEquals(ids, ["first", "data", "exercise-double", "check-double"]);
});

Deno.test("marking twice gives the same, and leaves tags and points alone", () => {
  const tagged = change(good(), "check-double", (cell) => {
    return { ...cell, metadata: { ...cell.metadata, tags: ["check"] } };
  });
  const marked = mark(tagged);
  assertEquals(mark(marked), marked);
  const { tags, nbgrader } = marked.cells[2].metadata!;
  assertEquals([tags, nbgrader!.points, nbgrader!.grade_id], [["check"], 100, "check-double"]);
});

Deno.test(`${basename(NBGRADER_CONFIG)} tells nbgrader of the same marks and the same stub`, async () => {
  const config = await Deno.readTextFile(NBGRADER_CONFIG);
  for (const delimiter of Object.values(DELIMITERS)) assert(config.includes(`"${delimiter}"`), delimiter);
  assertStringIncludes(config, `{"typescript": '${STUB}'}`);
});

Deno.test("a name that a cell above defines may be defined again below; one that is defined only below may not", () => {
  const again = notebookOf(...good().cells, code("again", "const base = 4;"));
  assertEquals(assignmentProblems("notebooks/x.ipynb", again), []);
  const [data, ...others] = good().cells;
  const late = assignmentProblems("notebooks/x.ipynb", notebookOf(...others, data));
  assertEquals(late.map(({ at }) => at), ["cell 2 (check-double)"]);
});
