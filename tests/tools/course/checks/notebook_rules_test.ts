import { assert, assertEquals, assertMatch } from "@std/assert";
import { notebookProblems, parseNotebook } from "../../../../tools/course/checks/notebook_rules.ts";
import { describe, type Problem } from "../../../../tools/checks/problem.ts";
import { cellWith, committed } from "../../checks/notebook.ts";

/** What is wrong with the file notebooks/a.ipynb, if this is in it. */
function problemsOf(text: string): Problem[] {
  const parsed = parseNotebook("notebooks/a.ipynb", text);
  if ("problem" in parsed) return [parsed.problem];
  return notebookProblems("notebooks/a.ipynb", text, parsed.notebook);
}

/** [what, notebook file, where, rule, what the message or hint must say] */
const unclean: [string, string, string, string, RegExp][] = [
  [
    "outputs",
    committed("1;", cellWith({ outputs: [{ output_type: "stream", name: "stdout", text: ["1"] }] })),
    "cell 2 (special)",
    "no-outputs",
    /deno task clean notebooks\/a\.ipynb/,
  ],
  [
    "an execution count",
    committed(cellWith({ execution_count: 7 })),
    "cell 1 (special)",
    "no-execution-count",
    /\[7\]/,
  ],
  ["a missing cell id", committed(cellWith({ id: undefined })), "cell 1", "cell-id", /no id/],
  [
    "an id that the format does not allow",
    committed(cellWith({ id: "a b" })),
    "cell 1 (a b)",
    "cell-id",
    /"a b"/,
  ],
  [
    "two cells with one id",
    committed("1;", cellWith({ id: "cell-0" })),
    "cell 2 (cell-0)",
    "cell-id",
    /of cell 1/,
  ],
  [
    "an absolute path",
    committed('console.log("x");\nDeno.cwd() === "/home/me/x";'),
    "cell 1 (cell-0), line 2",
    "no-absolute-path",
    /relative/,
  ],
  [
    "a Windows path",
    committed('Deno.cwd() === "C:\\\\Users\\\\me";'),
    "cell 1 (cell-0), line 1",
    "no-absolute-path",
    /relative/,
  ],
  [
    "an absolute path in text",
    committed({ cell_type: "markdown", id: "t", metadata: {}, source: ["See `/Users/me/x`."] }),
    "cell 1 (t), line 1",
    "no-absolute-path",
    /relative/,
  ],
  [
    "13 lines of code",
    committed("console.log(1);\n\n// why\n".repeat(13)),
    "cell 1 (cell-0)",
    "cell-length",
    /13 lines/,
  ],
  [
    "a title that answers a prediction",
    committed(
      { cell_type: "markdown", id: "ask", metadata: {}, source: ["**Predict** the slope."] },
      'lineChart(rows, { title: "The slope is six, as it must be" });',
    ),
    "cell 2 (cell-0)",
    "prediction-spoiler",
    /"The slope is six/,
  ],
  [
    "another kernel",
    committed("1;").replace('"display_name": "Deno"', '"display_name": "Python 3"'),
    "",
    "kernelspec",
    /Python 3/,
  ],
  [
    "a kernel's version",
    committed("1;").replace('"name": "typescript",', '"name": "typescript", "version": "6.0.3",'),
    "",
    "language-info",
    /version/,
  ],
  [
    "an old format",
    committed("1;").replace('"nbformat_minor": 5', '"nbformat_minor": 4'),
    "",
    "notebook-format",
    /4\.4/,
  ],
  [
    "metadata of a front end",
    committed(cellWith({ metadata: { scrolled: true } })),
    "",
    "notebook-clean",
    /deno task clean/,
  ],
  ["another layout", JSON.stringify(JSON.parse(committed("1;"))), "", "notebook-clean", /deno task clean/],
  ["a file with marks of a merge", "<<<<<<< HEAD", "", "notebook-format", /mark of a merge/],
  ["a file that is no notebook", "[]", "", "notebook-format", /no cells/],
];

for (const [what, text, at, rule, says] of unclean) {
  Deno.test(`notebookProblems() refuses ${what} and says how to mend it`, () => {
    const problems = problemsOf(text);
    assertEquals(problems.map((problem) => [problem.at, problem.rule]), [[at, rule]]);
    assertMatch(`${problems[0].message} ${problems[0].hint}`, says);
    assert(problems[0].hint);
  });
}

for (const path of ["/home/me/x", "/Users/me/x", "C:\\\\Users\\\\me", "c:\\\\Users\\\\me", "file:///tmp/x"]) {
  Deno.test(`notebookProblems() refuses the path ${path}`, () => {
    assertEquals(problemsOf(committed(`open("${path}");`)).map(({ rule }) => rule), ["no-absolute-path"]);
  });
}

Deno.test("what is said of a notebook that was committed as it ran names the cell, and the command that mends it", () => {
  const stream = { output_type: "stream", name: "stdout", text: ["1"] };
  const ran = cellWith({ execution_count: 7, outputs: [stream], source: ['open("/home/me/x");'] });
  assertEquals(
    describe(problemsOf(committed("1;", ran, cellWith({ id: undefined })))),
    `notebooks/a.ipynb, cell 2 (special)  The cell was committed with its output. [no-outputs]
    → deno task clean notebooks/a.ipynb

notebooks/a.ipynb, cell 2 (special)  The cell was committed with its execution count [7]. [no-execution-count]
    → deno task clean notebooks/a.ipynb

notebooks/a.ipynb, cell 2 (special), line 1  The cell has an absolute path, which exists on no other machine. [no-absolute-path]
    open("/home/me/x");
    → Load data with the library's functions, or give a path relative to the notebook's folder.

notebooks/a.ipynb, cell 3  The cell has no id. [cell-id]
    → deno task clean notebooks/a.ipynb`,
  );
});

Deno.test("notebookProblems() accepts 12 lines with comments, hidden tests below them, a longer solution, and addresses that look like paths", () => {
  const problems = problemsOf(committed(
    "/* a\nb\nc */\n" + "console.log(1); // why\n\n// a comment\n".repeat(12),
    "// BEGIN SOLUTION\n" + "console.log(1);\n".repeat(20) + "// END SOLUTION",
    "console.log(1);\n".repeat(12) + "// BEGIN HIDDEN TESTS\nconsole.log(2);\n// END HIDDEN TESTS",
    'console.log("https://example.org/home/me", "a/tmp/b", 6 /2);',
  ));
  assertEquals(problems, []);
});

Deno.test("below a prediction, titles may ask, name what is drawn, or be made from data", () => {
  const ask = { cell_type: "markdown", id: "ask", metadata: {}, source: ["**Predict** the slope."] };
  const answered = {
    ...ask,
    source: "**Predict.** How many?\n\n<details><summary>Answer</summary>\n\nSix.\n\n</details>".split(
      /(?<=\n)/,
    ),
  };
  const told = { ...ask, id: "told", source: ["Six."] };
  const chart = (title: string) => `lineChart(rows, { title: ${title} });`;
  for (
    const title of [
      '"How steep is it?"',
      '"Training loss"',
      "`${slope} is the slope there`",
      "findings.join()",
    ]
  ) {
    assertEquals(problemsOf(committed(ask, chart(title))), []);
  }
  assertEquals(problemsOf(committed(answered, chart('"Six, as everybody has seen"'))), []);
  assertEquals(problemsOf(committed(ask, "1;", told, chart('"Six, as everybody has seen"'))), []);
});
