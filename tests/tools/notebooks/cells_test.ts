import { assertEquals } from "@std/assert";
import { joinCells, locate, textAt } from "../../../tools/notebooks/cells.ts";
import type { Notebook } from "../../../tools/notebooks/notebook_file.ts";

const code = (source: string | string[]) => ({ cell_type: "code", source });
const prose = (source: string) => ({ cell_type: "markdown", source });

const notebook: Notebook = {
  cells: [
    prose("# Title\n\nText"),
    code("const a = 1;\na"),
    prose("more"),
    code(["[a]\n", "  .length"]),
    code(""),
    code("a // the end"),
  ],
};

Deno.test("joinCells() leads every line of the module back to its own line of the notebook", () => {
  const joined = joinCells(notebook);
  const lines = joined.text.split("\n");
  const ours = new Set(["export {};", "", lines[0]]);
  let seen = 0;
  lines.forEach((line, at) => {
    if (ours.has(line)) return; // between cells, and the empty cell
    seen++;
    assertEquals(textAt(notebook, locate(joined, at + 1)), line);
  });
  assertEquals(seen, 5);
});

Deno.test("joinCells() counts text cells too, and keeps text out of the module", () => {
  const joined = joinCells(notebook);
  assertEquals(joined.text.includes("Text"), false);
  const line = joined.text.split("\n").indexOf("  .length") + 1;
  assertEquals(locate(joined, line), { cell: 4, line: 2 });
});

Deno.test("joinCells() separates an expression without semicolon from a next cell that begins with a bracket", async () => {
  const { text } = joinCells({
    cells: [code("let a = [10, 20]\na"), code("[0]"), code("(1)"), code("a // end"), code("`t`")],
  });
  const module = text + "export { a };\n";
  const { a } = await import(`data:application/typescript,${encodeURIComponent(module)}`);
  assertEquals(a, [10, 20]);
});

Deno.test("joinCells() allows await in cells", async () => {
  const { text } = joinCells({
    cells: [code("const n = await Promise.resolve(5)"), code("globalThis.joined = n")],
  });
  await import(`data:application/javascript,${encodeURIComponent(text)}`);
  assertEquals(Reflect.get(globalThis, "joined"), 5);
  Reflect.deleteProperty(globalThis, "joined");
});

Deno.test("locate() leads what lies between or behind cells to the last line before it", () => {
  const joined = joinCells(notebook);
  const lines = joined.text.split("\n");
  assertEquals(locate(joined, lines.indexOf("export {};") + 1), { cell: 2, line: 2 });
  assertEquals(locate(joined, 10_000), { cell: 6, line: 1 });
});

Deno.test("joinCells() and locate() cope with a notebook without code", () => {
  assertEquals(locate(joinCells({ cells: [] }), 3), { cell: 1, line: 1 });
});
