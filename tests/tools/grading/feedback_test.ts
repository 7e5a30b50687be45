import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { answersOf } from "../../../tools/grading/answers.ts";
import { assignmentOf } from "../../../tools/grading/course.ts";
import { feedbackPage } from "../../../tools/grading/feedback.ts";
import type { GradedCell, Output } from "../../../tools/grading/grade_one.ts";
import { SAMPLE, sampleNotebook, sampleRelease } from "../../../tools/grading/self_test/sample.ts";
import { type Notebook, sourceOf } from "../../../tools/notebooks/notebook_file.ts";

/** The sample with both of its first exercises before their checks. */
function reordered(notebook: Notebook): Notebook {
  const ids = ["imports", "nudge", "slope", "mean", "check-slope", "check-mean", "step", "check-step"];
  return { ...notebook, cells: ids.map((id) => notebook.cells.find((cell) => cell.id === id)!) };
}

/** What is in a cell and how it ended; for a new id, a cell of the student's own before the check that is named. */
type Written = Record<string, { source?: string; error?: Output; before?: string }>;

const failed = (error: string, message: string): Output => ({ error, message, trace: "" });
const SLOPE = "function slope(x) { return 2 * x; }";

/** The part of the page that is about one check: all points are lost. */
async function aboutCheck(id: string, written: Written): Promise<string> {
  const cells: GradedCell[] = reordered(sampleRelease()).cells.map((cell) => {
    const { grade, solution } = cell.metadata!.nbgrader!;
    const name = cell.id!, { source = sourceOf(cell), error } = written[name] ?? {};
    return {
      id: name,
      type: "code",
      source,
      from: solution ? "student" : "source",
      outputs: error ? [error] : [],
      ...(grade ? { grade: name } : {}),
    };
  });
  for (const [name, { source = "", error, before }] of Object.entries(written)) {
    if (!before) continue;
    const at = cells.findIndex((cell) => cell.id === before);
    cells.splice(at, 0, { id: name, type: "code", source, from: "student", outputs: error ? [error] : [] });
  }
  const page = await feedbackPage("ana", assignmentOf(SAMPLE, reordered(sampleNotebook())), {
    marks: {},
    notes: [],
    events: [],
    cells,
    peak: 0,
    seconds: 1,
  });
  return page.split(/<\/?article/).find((part) => part.includes(`· ${id}<`))!;
}

const yourCode = (part: string) => part.match(/Your code<\/summary>(.*?)<\/details>/s)?.[1] ?? "";

Deno.test("two exercises before two checks: each check shows its own answer, and blames no other", async () => {
  const bracket = failed("SyntaxError", "Expected ')'");
  const written = {
    slope: { source: SLOPE },
    mean: { source: "function meanOf(", error: bracket },
    "check-slope": { error: failed("TypeError", "x is no number") },
    "check-mean": { error: failed("ReferenceError", "meanOf is not defined") },
  };
  const slope = await aboutCheck("check-slope", written);
  assertStringIncludes(yourCode(slope), "function slope");
  assert(!yourCode(slope).includes("meanOf"));
  assertStringIncludes(slope, "x is no number");
  assert(!slope.includes("Expected"), slope);
  const mean = await aboutCheck("check-mean", written);
  // It cannot be parsed, and so names nothing; it is found all the same.
  assertStringIncludes(yourCode(mean), "function meanOf(");
  assert(!yourCode(mean).includes("slope"));
  assertStringIncludes(mean, "cannot be read: Expected");
});

Deno.test("a scratch cell before a check is not shown as the answer, and its error is not the cause", async () => {
  const scratch = {
    source: "const tried = slope(1); throw new Error('scratch');",
    error: failed("Error", "scratch"),
    before: "check-slope",
  };
  const part = await aboutCheck("check-slope", {
    slope: { source: SLOPE },
    scratch,
    "check-slope": { error: failed("TypeError", "x is no number") },
  });
  assertStringIncludes(yourCode(part), "function slope");
  assert(!part.includes("scratch"), part);
  // One that defines the name anew is what the check met.
  const again = { ...scratch, source: "const slope = () => { throw 1; }; slope();" };
  const anew = await aboutCheck("check-slope", {
    slope: { source: SLOPE },
    again,
    "check-slope": { error: failed("TypeError", "x is no number") },
  });
  assertStringIncludes(yourCode(anew), "function slope");
  assertStringIncludes(yourCode(anew), "const slope");
  assertStringIncludes(anew, "Your cell did not work, so nothing could be checked. Error: scratch");
});

Deno.test("where an answer calls an earlier exercise that is empty or broken, that one is named and shown", async () => {
  const step = { source: "const step = (x, rate) => x - rate * slope(x);" };
  const empty = await aboutCheck("check-step", {
    step,
    "check-step": { error: failed("Error", "Not implemented") },
  });
  assertStringIncludes(empty, "an earlier exercise, and that one is still empty");
  assertStringIncludes(yourCode(empty), "function slope");
  const broken = await aboutCheck("check-step", {
    step,
    slope: { source: "function slope(", error: failed("SyntaxError", "Expected ')'") },
    "check-step": { error: failed("ReferenceError", "slope is not defined") },
  });
  assertStringIncludes(broken, "cannot be read: Expected");
  // A mistake of its own is not put on the other one.
  const own = await aboutCheck("check-step", {
    step,
    slope: { source: "function slope(", error: failed("SyntaxError", "Expected ')'") },
    "check-step": { error: failed("TypeError", "rate is no number") },
  });
  assertStringIncludes(own, "rate is no number");
  assert(!own.includes("Expected") && !yourCode(own).includes("function slope"), own);
});

Deno.test("every check of the course is about an exercise that stands before it", async () => {
  const folder = new URL("../../../notebooks/", import.meta.url);
  let checks = 0;
  for await (const { name } of Deno.readDir(folder)) {
    if (!name.endsWith(".ipynb")) continue;
    const notebook: Notebook = JSON.parse(await Deno.readTextFile(new URL(name, folder)));
    for (const [index, { id, metadata }] of notebook.cells.entries()) {
      if (metadata?.nbgrader?.grade !== true) continue;
      checks++;
      assert(answersOf(notebook, index).some(({ direct }) => direct), `${name}, ${id}`);
    }
    if (!name.startsWith("01")) continue;
    const at = notebook.cells.findIndex(({ id }) => id === "check-mse");
    assertEquals(answersOf(notebook, at).map(({ id }) => id), ["exercise-mse"]);
  }
  assert(checks > 50);
});
