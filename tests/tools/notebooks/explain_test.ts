import { assertEquals, assertStringIncludes } from "@std/assert";
import type { CellFailure } from "../../../tools/notebooks/events.ts";
import { explainFailure, framePosition, mapLine, readDenoError } from "../../../tools/notebooks/explain.ts";

const silent: CellFailure = {
  event: "error",
  cell: 3,
  id: "abc",
  source: "",
  name: "Error",
  message: "Execution failed",
  traceback: [],
  reported: false,
};

/** Explain in a folder of its own, with the Deno that runs the tests. */
async function explain(failure: CellFailure) {
  const folder = await Deno.makeTempDir();
  try {
    const explanation = await explainFailure(failure, {
      deno: Deno.execPath(),
      env: Deno.env.toObject(),
      folder,
    });
    assertEquals([...Deno.readDirSync(folder)], [], "no file is left behind");
    return explanation;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("framePosition() finds the line of the cell itself, not that of a function in it or in the library", () => {
  const traceback = [
    "ShapeError: no",
    "    at matmul (file:///w/lib/tensor/matmul.ts:10:5)",
    "    at f (<anonymous>:2:14)",
    "    at async <anonymous>:6:1",
  ];
  assertEquals(framePosition(traceback), { line: 6, column: 1 });
  assertEquals(framePosition(["Error: no"]), undefined);
});

Deno.test("explainFailure() finds the syntax error that the kernel keeps to itself", async () => {
  const { message, line, picture } = await explain({ ...silent, source: "const a = 1;\nlet x = (;\n" });
  assertEquals([message, line], ["SyntaxError: Expression expected", 2]);
  assertStringIncludes(picture!.join("\n"), "let x = (;");
});

Deno.test("explainFailure() does not run the cell", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const mark = JSON.stringify(`${folder}/mark`);
    const source = `Deno.writeTextFileSync(${mark}, "ran");\nthrow new Error("no");`;
    await explain({ ...silent, reported: true, traceback: ["Error: no", "    at <anonymous>:2:7"], source });
    assertEquals([...Deno.readDirSync(folder)], []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("explainFailure() counts lines as the learner wrote them, blank ones and types included", async () => {
  const source = "interface Point {\n  x: number;\n}\n\nconst p: Point = { x: 1 };\n\n\n(p as any).y.z;\n";
  // The types are gone from the JavaScript and the object takes three lines there, so line 8 of the cell is its line 4.
  const traceback = ["TypeError: no", "    at <anonymous>:4:5"];
  const failure = { ...silent, name: "TypeError", message: "no", reported: true, source, traceback };
  assertEquals(await explain(failure), { message: "TypeError: no", line: 8 });
});

Deno.test("explainFailure() has nothing to add to a cell that ran too long or took the kernel with it", async () => {
  const late = { ...silent, name: "Timeout", message: "the cell ran for 5 seconds and was stopped" };
  assertEquals(await explain(late), { message: `Timeout: ${late.message}` });
});

Deno.test("readDenoError() takes sentence and line out of Deno's words, without the picture between them", () => {
  const output = [
    "error: SyntaxError: Expression expected",
    "  |",
    "2 | let x = (;",
    "  |          ~",
    "    at file:///w/build/cell_1.ts:2:10",
    "",
    "Stack backtrace:",
  ].join("\n");
  assertEquals(readDenoError(output, "cell_1.ts"), {
    message: "SyntaxError: Expression expected",
    picture: ["2 | let x = (;", "  |          ~"],
    line: 2,
  });
  const missing = "error: npm package 'nope' does not exist.\n    at file:///w/build/cell_1.ts:4:20";
  assertEquals(readDenoError(missing, "cell_1.ts").line, 4);
});

Deno.test("mapLine() knows no line where there is no source map", () => {
  assertEquals(mapLine("const a = 1;", { line: 1, column: 1 }), undefined);
});
