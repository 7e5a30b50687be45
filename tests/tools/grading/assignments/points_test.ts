import { assertEquals, assertThrows } from "@std/assert";
import { gradedCells, mark } from "../../../../tools/grading/assignments/marks.ts";
import { movePoints, PointsError } from "../../../../tools/grading/assignments/points.ts";
import { assignmentProblems } from "../../../../tools/grading/assignments/rules.ts";
import type { Notebook } from "../../../../tools/notebooks/notebook_file.ts";
import { code, good, graded, notebookOf, text } from "./notebooks.ts";

const pointsOf = (notebook: Notebook) =>
  Object.fromEntries(gradedCells(notebook).map(({ id, metadata }) => [id, metadata?.nbgrader?.points]));

/** What an instructor adds in JupyterLab: two cells, with the ids that it gives them. */
const added = (): Notebook => {
  const exercise =
    "function cubeSlope(x: number): number {\n  // BEGIN SOLUTION\n  return 3 * x * x;\n  // END SOLUTION\n}";
  return {
    ...good(),
    cells: [
      ...good().cells,
      text("0a1b2c3d", "## Exercise: the slope of x³"),
      code("deadbeef", exercise),
      code("4f2d9c11-0b1c-4b52-9d3e-2f8a7c1e5b60", 'await check("at 2", cubeSlope(2), 12);'),
    ],
  };
};

Deno.test("a new exercise and its check need no more than their two cells, and points", () => {
  const marked = mark(added());
  assertEquals(marked.cells.slice(-2).map(({ id }) => id), ["exercise-cube-slope", "check-cube-slope"]);
  assertEquals(pointsOf(marked), { "check-double": 100, "check-cube-slope": undefined });
  const done = movePoints(marked, { "check-cube-slope": 10 });
  assertEquals(pointsOf(done), { "check-double": 90, "check-cube-slope": 10 });
  assertEquals(assignmentProblems("x.ipynb", done), []);
  assertEquals(mark(done), done, "doing it twice changes nothing");
});

Deno.test("a new exercise's check is the cell that tests it, not any that stands below; names that are given stay", () => {
  const exercise = "function f(): number {\n  // BEGIN SOLUTION\n  return 1;\n  // END SOLUTION\n}";
  const marked = mark(notebookOf(
    ...good().cells,
    code("mine", exercise),
    code("play", "f();"),
    code("other-check", "checkThat('other', double(1) === 2);"),
    code("my-check", "checkThat('one', f() === 1);"),
  ));
  assertEquals(Object.keys(pointsOf(marked)), ["check-double", "my-check"]);
});

Deno.test("points that are moved come to 100, in whole points, in proportion", () => {
  const notebook = mark({
    cells: [10, 20, 30, 40].map((points, i) => graded(`c${i}`, `check(${i});`, points)),
  });
  assertEquals(pointsOf(movePoints(notebook, { c0: 1 })), { c0: 1, c1: 22, c2: 33, c3: 44 });
  assertEquals(pointsOf(movePoints(notebook, { c0: 97 })), { c0: 97, c1: 1, c2: 1, c3: 1 });
  assertEquals(pointsOf(movePoints(notebook, { c0: 7, c1: 7 })), { c0: 7, c1: 7, c2: 37, c3: 49 });
  for (
    const [wanted, says] of [
      [{ c9: 1 }, "There is no check c9. There are: c0, c1, c2, c3."],
      [{ c0: 98 }, "leaves 2 for 3 other checks"],
      [{ c0: 0 }, "a whole number of points"],
      [{ c0: 2.5 }, "a whole number of points"],
    ] as const
  ) assertThrows(() => movePoints(notebook, wanted), PointsError, says);
  const another = mark({ cells: [...notebook.cells, graded("new", "check(5);")] });
  assertThrows(() => movePoints(another, { c0: 5 }), PointsError, "Without points yet: new");
});
