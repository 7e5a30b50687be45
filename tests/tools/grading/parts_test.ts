import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { join } from "@std/path";
import type { Assignment } from "../../../tools/grading/course.ts";
import { explain } from "../../../tools/grading/explain.ts";
import { feedbackPage } from "../../../tools/grading/feedback.ts";
import { fingerprint } from "../../../tools/grading/fingerprint.ts";
import type { Graded } from "../../../tools/grading/grade_one.ts";
import { hiddenTexts, withoutHidden } from "../../../tools/grading/hidden.ts";
import { insideConfig } from "../../../tools/grading/inside_config.ts";
import { parseGradeOptions } from "../../../tools/grading/options.ts";
import { reportPage } from "../../../tools/grading/report.ts";
import { csvOf, rowOf } from "../../../tools/grading/rows.ts";
import { findSandbox, sandboxed, SandboxMissingError } from "../../../tools/grading/sandbox.ts";
import { findSubmissions } from "../../../tools/grading/submissions.ts";
import { UsageError } from "../../../tools/shared/arguments.ts";

const ASSIGNMENT: Assignment = {
  name: "sample",
  checks: [
    { id: "check-slope", points: 40, exercise: "Exercise 1", answers: [] },
    { id: "check-mean", points: 60, exercise: "Exercise 2", answers: [] },
  ],
  namesOfChecks: [],
};

function graded(change: Partial<Graded> = {}): Graded {
  return {
    marks: { "check-slope": [0, 40], "check-mean": [60, 60] },
    notes: [],
    events: [],
    cells: [],
    peak: 0,
    seconds: 1,
    ...change,
  };
}

Deno.test("the rows of a class become a table that a spreadsheet takes for text", () => {
  const rows = [
    rowOf("=cmd()", ASSIGNMENT, graded()),
    rowOf("ben", ASSIGNMENT, undefined),
    rowOf("cleo", ASSIGNMENT, graded({ unreadable: 'no, "it" is not' })),
    rowOf("dan", ASSIGNMENT, graded({ events: [{ cell: "a", reason: "TamperError: check was replaced" }] })),
  ];
  assertEquals(csvOf(rows, [ASSIGNMENT]).split("\n"), [
    "student,assignment,total,of,status,note,check-slope,check-mean",
    "'=cmd(),sample,60,100,graded,,0,60",
    "ben,sample,0,100,not handed in,,0,0",
    'cleo,sample,0,100,unreadable,"no, ""it"" is not",0,0',
    "dan,sample,60,100,look,cell a: check was replaced,0,60",
    "",
  ]);
});

Deno.test("no text that a student chose is a formula for a spreadsheet, and numbers stay numbers", () => {
  const names = [
    "=1+1",
    "+49 170",
    "-cmd",
    "@sum(a1)",
    "\tx",
    "\rx",
    "-1",
    "-2.5",
    "1-2",
    "a=b",
    "-1-1",
    "--",
  ];
  const lines = csvOf(names.map((name) => rowOf(name, ASSIGNMENT, undefined)), [ASSIGNMENT]).split("\n");
  const fields = lines.slice(1, -1).map((line) => line.split(",sample,")[0]);
  assertEquals(fields, [
    ..."'=1+1 '+49·170 '-cmd '@sum(a1)".split(" ").map((field) => field.replace("·", " ")),
    "'\tx",
    '"\' x"',
    ..."-1 -2.5 1-2 a=b '-1-1 '--".split(" "),
  ]);
});

Deno.test("of a hidden test, its titles and advice may be said; nbgrader and the grader cut it out alike", () => {
  const source = [
    'await check("here", slope(3), 6);',
    "  // BEGIN HIDDEN TESTS",
    'await check("elsewhere", slope(-4), -8, { hint: `what of x < 0?`, slips: [{ value: 4, says: "no sign" }] });',
    "await check(`at ${1 + 1}`, slope(2), 4);",
    "  // END HIDDEN TESTS",
    'await check("there", slope(1), 2);',
  ];
  assertEquals(hiddenTexts(source.join("\n")), ["elsewhere", "what of x < 0?", "no sign"]);
  assertEquals(withoutHidden(source.join("\n")), [source[0], source[5]].join("\n"));
  assertEquals(withoutHidden(source.slice(0, 5).join("\n")), source[0]);
  assertEquals(withoutHidden("f();\n"), "f();\n");
});

Deno.test("inside the walls, a cell gets none of Node's modules but harmless ones; each of our files those that it names", () => {
  const files = new Map([
    ["lib/a.ts", 'import { resolve } from "node:path";\nimport process from "node:process";'],
    ["lib/b.ts", 'const name = "node:v8";'],
  ]);
  const { imports, scopes } = JSON.parse(
    insideConfig('{\n  // a remark\n  "imports": { "backprop": "./lib/mod.ts" }\n}', files),
  );
  assertEquals(imports.backprop, "./lib/mod.ts");
  for (
    const name of "v8 inspector inspector/promises vm worker_threads module fs child_process util process"
      .split(" ")
  ) {
    const refused = `./tools/grading/inside/refused.ts?node%3A${name.replace("/", "%2F")}`;
    assertEquals(imports[`node:${name}`], refused);
  }
  assertEquals([imports["node:assert"], imports["node:path"]], [undefined, undefined]);
  assertEquals(scopes, { "./lib/a.ts": { "node:path": "node:path", "node:process": "node:process" } });
});

Deno.test("the page for a student says first what to do, and runs nothing that a student wrote", async () => {
  const message = "✗ slope of x²\n  expected: 6\n  got: 3\n  likely slip: the 2 is missing";
  const page = await feedbackPage(
    "<b>ana</b>",
    ASSIGNMENT,
    graded({
      notes: ["<script>alert(1)</script>"],
      cells: [
        {
          id: "slope",
          type: "code",
          source: "function slope(x) { return x; } // <script>",
          from: "student",
          outputs: [{ picture: "image/svg+xml", data: "<svg onload='alert(1)'/>" }],
        },
        {
          id: "check-slope",
          type: "code",
          source: "await check();",
          from: "source",
          grade: "check-slope",
          outputs: [{ error: "CheckError", message, trace: "> 1 | __backprop_guard.check()" }],
        },
      ],
    }),
  );
  assertMatch(page, /<b>60<\/b> of 100 points/);
  assert(page.indexOf("the 2 is missing") < page.indexOf(">Right<"));
  assert(!page.includes("<script") && !page.includes("<svg") && !page.includes("__backprop_guard"));
  assertStringIncludes(page, "default-src 'none'");
});

Deno.test("a check that failed because of the cell before is explained by that cell", () => {
  const missing = { error: "ReferenceError", message: "slope is not defined", trace: "" };
  const bracket = { error: "SyntaxError", message: "Expected ')' at line 1", trace: "" };
  assertMatch(explain(missing, bracket).sentence, /Your cell did not work.*cannot be read: Expected '\)'/);
  assertMatch(explain({ ...missing, error: "Error", message: "Not implemented" }).sentence, /still empty/);
  assertMatch(explain(undefined).hint!, /instructor/);
  const message = "✗ slope\n  expected: 6\n  got: 3\n  likely slip: the 2 is missing\n  hint: draw it";
  assertEquals(explain({ error: "CheckError", message, trace: "" }), {
    sentence: "The check “slope” did not pass.",
    facts: [["expected", "6"], ["got", "3"]],
    slip: "the 2 is missing",
    hint: "draw it",
  });
});

Deno.test("the report names special cases first, with a link to each page", async () => {
  const rows = [
    rowOf("ana b", ASSIGNMENT, graded()),
    rowOf("ben", ASSIGNMENT, graded({ unreadable: "a link" })),
  ];
  const page = await reportPage(rows, { strange: ["x is a file"], walls: "walls", seconds: 3 });
  assert(page.indexOf("unreadable: a link") < page.indexOf("Median 30"));
  assertStringIncludes(page, 'href="feedback/ana%20b/sample.html"');
  assertStringIncludes(page, "x is a file");
});

Deno.test("submissions are found by student and assignment; links and strangers are named", async () => {
  const root = await Deno.makeTempDir();
  try {
    for (const path of ["ana/sample", "ben/other", ".git/sample"]) {
      await Deno.mkdir(join(root, path), { recursive: true });
    }
    await Deno.writeTextFile(join(root, "notes.txt"), "");
    await Deno.symlink(join(root, "ana", "sample"), join(root, "ben", "sample"));
    const { submissions, missing, strange } = await findSubmissions(root, [ASSIGNMENT]);
    assertEquals(submissions.map(({ student }) => student), ["ana"]);
    assertEquals(missing, [{
      student: "ben",
      assignment: "sample",
      note: "if other is meant, move it to ben/sample/",
    }]);
    assertEquals(strange, [
      "ben/other is no assignment of this course",
      "ben/sample is a link, not a folder",
      "notes.txt is a file, not a student's folder",
    ]);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("a fingerprint changes with a file's content and name, and with nothing else", async () => {
  const root = await Deno.makeTempDir();
  try {
    const file = join(root, "a.txt");
    await Deno.writeTextFile(file, "one");
    const first = await fingerprint([root]);
    await Deno.utime(file, 1, 1);
    assertEquals(await fingerprint([root]), first);
    await Deno.writeTextFile(file, "two");
    const second = await fingerprint([root]);
    await Deno.rename(file, join(root, "b.txt"));
    assertEquals(new Set([first, second, await fingerprint([root])]).size, 3);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("the walls show the library and the kernel, and nothing else of the repository", () => {
  const visible = { root: "/repo", deno: "/bin/deno", npm: "/npm", sockets: "/s", config: "/c" };
  const command = sandboxed({ program: "bwrap", version: "" }, visible, ["x"]);
  const shown = command.flatMap((word, i) => /^--(ro-)?bind$/.test(word) ? [command[i + 1]] : []);
  assertEquals(shown.filter((path) => path.startsWith("/repo")), [
    ..."deno.lock lib data tools/kernel tools/shared/std tools/checks/type_errors.ts tools/grading/inside"
      .split(" ")
      .map((part) => `/repo/${part}`),
  ]);
  assertEquals(command.filter((word) => word === "--bind").length, 1);
  for (const option of ["--unshare-all", "--clearenv", "--die-with-parent", "--disable-userns"]) {
    assert(command.includes(option), option);
  }
});

Deno.test("findSandbox() refuses a program that is not there or builds no walls", async () => {
  const env = { ...Deno.env.toObject(), BACKPROP_BWRAP: "no-such-program" };
  await assertRejects(
    () => findSandbox(env),
    SandboxMissingError,
    Deno.build.os === "linux" ? "not there" : "only Linux",
  );
});

Deno.test("parseGradeOptions() needs one folder and knows its options", () => {
  const machine = { processors: 8, memory: 8e9 };
  assertEquals(parseGradeOptions(["--", "in"], machine).jobs, 2);
  const options = parseGradeOptions(
    ["in", "--jobs=3", "--assignment", "a", "--timeout", "60", "--again"],
    machine,
  );
  assertEquals([options.jobs, options.assignments, options.limits.total, options.again], [
    3,
    ["a"],
    60,
    true,
  ]);
  for (const wrong of [[], ["a", "b"], ["a", "--x"], ["a", "--jobs", "0"]]) {
    assertThrows(() => parseGradeOptions(wrong, machine), UsageError);
  }
});
