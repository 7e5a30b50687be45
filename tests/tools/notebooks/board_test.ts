import { assertEquals } from "@std/assert";
import { stripVTControlCharacters } from "node:util";
import { join } from "@std/path";
import { Board } from "../../../tools/notebooks/board.ts";
import { emptyReport } from "../../../tools/notebooks/report.ts";
import { withProject } from "../checks/project.ts";

/** A notebook whose cells took so long when it was executed last. */
const executed = (seconds: number[]) =>
  JSON.stringify({
    cells: seconds.map((seconds) => ({
      cell_type: "code",
      source: "f()",
      metadata: { backprop: { seconds } },
    })),
  });

Deno.test("Board shows all notebooks in one line, with the time left, and a line for each that has ended", async () => {
  const files = { "a.ipynb": executed([1, 2]), "b.ipynb": executed([4, 4]), "c.ipynb": executed([1]) };
  await withProject(files, (root) => {
    let now = 0;
    let written = "";
    const options = {
      write: (text: string) => written += text,
      isTerminal: true,
      columns: 100,
      now: () => now,
    };
    const paths = Object.keys(files).map((name) => join(root, name));
    const board = new Board(paths.map((path) => ({ path, executed: path })), 2, options);
    assertEquals(board.longestFirst(), [1, 0, 2]);
    for (const index of [1, 0]) board.hear(index, { event: "start", cells: 2 });
    board.hear(1, { event: "cellStart", cell: 0 });
    written = "";
    now = 1000;
    board.draw();
    assertEquals(
      stripVTControlCharacters(written).replaceAll("\r", ""),
      "Notebooks  0 of 5 cells  1.0 s so far  7.0 s left  a, b",
    );
    written = "";
    board.end(0, { ...emptyReport("a"), cells: 2, executed: 2, seconds: 3 });
    assertEquals(written, "\r\x1b[Ka  2 of 2 cells in 3.0 s\n");
    return Promise.resolve();
  });
});

Deno.test("Board begins with what nobody knows, and then says no time", async () => {
  await withProject({ "a.ipynb": executed([1]), "b.ipynb": executed([1]) }, (root) => {
    let written = "";
    const options = {
      write: (text: string) => written += text,
      isTerminal: true,
      columns: 100,
      now: () => 0,
    };
    const notebooks = ["a.ipynb", "b.ipynb"].map((name, at) => ({
      path: join(root, name),
      executed: at === 0 ? join(root, name) : join(root, "never"),
    }));
    const board = new Board(notebooks, 2, options);
    assertEquals(board.longestFirst(), [1, 0]);
    board.hear(1, { event: "start", cells: 1 });
    assertEquals(
      stripVTControlCharacters(written).replaceAll("\r", ""),
      "Notebooks  0 of 2 cells  0.0 s so far  b",
    );
    return Promise.resolve();
  });
});
