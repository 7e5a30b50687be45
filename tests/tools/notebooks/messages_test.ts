import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { join } from "@std/path";
import { NotebookClock } from "../../../tools/notebooks/board.ts";
import { describeError, excerpt, summary } from "../../../tools/notebooks/messages.ts";
import { addFailureOutput, cellSeconds, secondsLeft } from "../../../tools/notebooks/notebook_file.ts";
import { UsageError } from "../../../tools/shared/arguments.ts";
import { HELP, parseRunOptions, selectNotebooks } from "../../../tools/notebooks/options.ts";
import { emptyReport } from "../../../tools/notebooks/report.ts";

Deno.test("excerpt() shows the lines around the place and marks it", () => {
  const source = Array.from({ length: 9 }, (_, i) => `line${i + 1}();`).join("\n");
  assertEquals(
    excerpt(source, 5),
    "      3 | line3();\n      4 | line4();\n  >   5 | line5();\n      6 | line6();",
  );
  assertEquals(excerpt("one();", 1), "  >   1 | one();");
  assertStringIncludes(excerpt(source, undefined), "…");
});

Deno.test("describeError() names file, cell, id and line, and cuts a message without end", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "a.ipynb");
    const cells = [{ cell_type: "markdown", source: "#" }, { cell_type: "code", source: ["f();\n", "g();"] }];
    await Deno.writeTextFile(path, JSON.stringify({ cells }));
    const text = await describeError(path, { cell: 1, cellId: "abc", line: 2, message: "x".repeat(5000) });
    assertStringIncludes(text, `${path}, cell 2 (abc), line 2\n`);
    assertStringIncludes(text, ">   2 | g();");
    assertEquals(
      text.split("\n")[0],
      `${path}, cell 2 (abc), line 2`,
      "outside the project, the path as it is",
    );
    assert(text.length < 2500 && text.includes("(5000 characters)"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("summary() says what failed, the numbers, and where to look", () => {
  const good = { ...emptyReport("04"), results: { testAccuracy: 0.9791 } };
  const bad = { ...emptyReport("05"), errors: [{ cell: 1, cellId: "", message: "no" }] };
  const text = summary([good, bad], "build/site/index.html");
  assertEquals(text.split("\n"), [
    "1 of 2 notebooks ran to their end; failed: 05.",
    "  testAccuracy 97.9%",
    "Read them in build/site/index.html",
  ]);
  assertStringIncludes(summary([good], "x"), "1 of 1 notebooks ran to their end.");
});

Deno.test("parseRunOptions() reads names, a time limit and help, in any order", () => {
  assertEquals(parseRunOptions(["--", "05", "--cell-timeout=30", "--jobs", "3", "04"]), {
    kernel: "project",
    jobs: 3,
    names: ["05", "04"],
    cellTimeout: 30,
    help: false,
  });
  assertEquals(parseRunOptions(["-h"]).help, true);
  assertEquals(parseRunOptions(["--kernel", "stock"]).kernel, "stock");
  assertStringIncludes(HELP, "--cell-timeout");
});

Deno.test("parseRunOptions() refuses what it does not know", () => {
  for (
    const args of [["--fast"], ["--cell-timeout"], ["--cell-timeout", "0"], ["--cell-timeout=soon"], [
      "--jobs",
      "0",
    ], ["--jobs"]]
  ) {
    assertThrows(() => parseRunOptions(args), UsageError, args[0].split("=")[0]);
  }
});

Deno.test("selectNotebooks() finds notebooks by any part of a name, in the course's order", () => {
  const paths = ["/n/00_start.ipynb", "/n/04_chain.ipynb", "/n/05_digits.ipynb"];
  assertEquals(selectNotebooks(paths, []), paths);
  assertEquals(selectNotebooks(paths, ["notebooks/05_digits.ipynb", "00"]), [paths[0], paths[2]]);
  assertStringIncludes(assertThrows(() => selectNotebooks(paths, ["06"]), UsageError).message, "05_digits");
  assertThrows(() => selectNotebooks([], []), UsageError);
});

Deno.test("NotebookClock knows the time left from the last run, and says nothing without one", () => {
  let now = 0;
  const clock = new NotebookClock(new Map([[1, 2], [3, 60], [4, 1]]), () => now);
  assertEquals(clock.left(), 63);
  clock.hear({ event: "cellStart", cell: 1 });
  clock.hear({ event: "cellDone", cell: 1, seconds: 2, results: {} });
  clock.hear({ event: "cellStart", cell: 3 });
  now = 20_000;
  assertEquals([clock.done, clock.left()], [1, 41]);
  now = 140_000;
  assertEquals(
    clock.left(),
    undefined,
    "a cell that takes far longer than last time makes the guess worthless",
  );
  assertEquals(new NotebookClock(undefined).left(), undefined);
});

Deno.test("secondsLeft() does not go below zero when a cell takes longer than last time", () => {
  assertEquals(secondsLeft(new Map([[0, 5], [1, 2]]), 0, 9), 2);
});

Deno.test("cellSeconds() knows nothing of a notebook that is missing, broken or was never executed", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "a.ipynb");
    assertEquals(cellSeconds(path), undefined);
    for (const text of ["{", '{"cells": [{"cell_type": "code", "source": "", "metadata": {}}]}']) {
      await Deno.writeTextFile(path, text);
      assertEquals(cellSeconds(path), undefined);
    }
    const cells = [{ cell_type: "code", source: "", metadata: { backprop: { seconds: 1.5 } } }];
    await Deno.writeTextFile(path, JSON.stringify({ cells }));
    assertEquals(cellSeconds(path), new Map([[0, 1.5]]));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("addFailureOutput() shows a silent failure in the cell that failed, and nowhere else", () => {
  const cells = [{ cell_type: "code", source: "1" }, {
    cell_type: "code",
    source: "let x = (;",
    outputs: [],
  }];
  const failure = { cell: 1, id: "", source: "", name: "Error", message: "", traceback: [], reported: false };
  const explanation = { message: "SyntaxError: Expression expected", line: 1 };
  const notebook = addFailureOutput({ cells }, { event: "error", ...failure }, explanation);
  assertEquals(notebook.cells[0], cells[0]);
  assertEquals(notebook.cells[1].outputs, [{
    output_type: "error",
    ename: "SyntaxError",
    evalue: "Expression expected",
    traceback: ["SyntaxError: Expression expected", "    at line 1 of this cell"],
  }]);
});
