import { assertEquals } from "@std/assert";
import { isTouched, merge } from "../../../tools/learner/merge.ts";
import { type Notebook, sourceOf } from "../../../tools/notebooks/notebook_file.ts";

/** A notebook of code cells: id and text, or a text without an id. */
const notebook = (...cells: ([id: string, text: string] | string)[]): Notebook => ({
  cells: cells.map((cell) =>
    typeof cell === "string"
      ? { cell_type: "code", source: cell }
      : { cell_type: "code", id: cell[0], source: cell[1] }
  ),
});
const texts = ({ cells }: Notebook) => cells.map(sourceOf);

const base = notebook(["a", "1"], ["b", "2"], ["c", "3"]);

Deno.test("what only the course changed is taken, what only the learner changed is kept", () => {
  const { notebook: merged, changes } = merge(
    base,
    notebook(["a", "1"], ["b", "mine"], ["c", "3"]),
    notebook(["a", "1 better"], ["b", "2"], ["c", "3"]),
  );
  assertEquals(texts(merged), ["1 better", "mine", "3"]);
  assertEquals(changes, [{ id: "a", what: "changed" }]);
});

Deno.test("where both changed a cell, the learner's stays, and is listed", () => {
  const { notebook: merged, changes } = merge(
    base,
    notebook(["a", "mine"], ["b", "2"]),
    notebook(["a", "theirs"], ["b", "2"]),
  );
  assertEquals(texts(merged), ["mine", "2"]);
  assertEquals(changes.map(({ id, what }) => `${id}: ${what}`), [
    "a: yours, though the course has another now",
  ]);
});

Deno.test("cells that the learner added stay behind the cell that they stood behind, cells deleted stay away", () => {
  const mine = notebook("note at the top", ["a", "1"], ["x1", "an attempt"], ["c", "3"], "last note");
  const { notebook: merged } = merge(base, mine, notebook(["a", "1"], ["new", "0"], ["b", "2"], ["c", "3"]));
  assertEquals(texts(merged), ["note at the top", "1", "an attempt", "0", "3", "last note"]);
});

Deno.test("a cell that the course dropped goes, unless the learner worked in it", () => {
  const mine = notebook(["a", "1"], ["b", "worked here"], ["c", "3"]);
  const { notebook: merged, changes } = merge(base, mine, notebook(["c", "3"]));
  assertEquals(texts(merged), ["worked here", "3"]);
  assertEquals(changes.map(({ id, what }) => [id, what]), [
    ["a", "gone"],
    ["b", "yours, though the course has it no more"],
  ]);
});

Deno.test("cells that lost their ids are known by their text", () => {
  const mine = notebook("1", "2 mine", "3");
  assertEquals(texts(merge(base, mine, notebook(["a", "1 new"], ["b", "2"], ["c", "3"])).notebook), [
    "1 new",
    "2 mine",
    "3",
  ]);
  assertEquals([isTouched(base, notebook("1", "2", "3")), isTouched(base, mine)], [false, true]);
});

Deno.test("line ends and outputs are no work of the learner's", () => {
  const ran: Notebook = {
    cells: base.cells.map((cell) => ({ ...cell, source: `${sourceOf(cell)}\r\n`, outputs: [1] })),
  };
  assertEquals(isTouched(base, ran), false);
});
