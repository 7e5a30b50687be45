import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { DELIMITERS, isSolution, learnersNotebook, solutionOf } from "../../../tools/learner/edition.ts";
import { type Notebook, sourceOf } from "../../../tools/notebooks/notebook_file.ts";
import { listNotebooks } from "../../../tools/notebooks/execute_all.ts";
import { ROOT } from "../../../tools/setup/paths.ts";

const notebook: Notebook = {
  cells: [
    {
      cell_type: "markdown",
      id: "exercise-text",
      source:
        "### Exercise\n\nSay one.\n\n<details><summary>Hint 1</summary>\n\nIt is small.\n\n</details>\n\n" +
        "<details><summary>Why?</summary>\n\nTo begin.\n\n</details>",
    },
    {
      cell_type: "code",
      id: "exercise-one",
      source: "const one = () => {\n  // BEGIN SOLUTION\n  return 1;\n  // END SOLUTION\n};",
    },
    {
      cell_type: "code",
      id: "check-one",
      source:
        "await check('one', one(), 1);\n// BEGIN HIDDEN TESTS\nawait check('again', one(), 1);\n// END HIDDEN TESTS",
      metadata: { tags: ["check"] },
    },
    { cell_type: "markdown", id: "ask", source: "**Predict.** Does it fall?" },
    { cell_type: "code", id: "chart", source: "chart()" },
    { cell_type: "markdown", id: "told", source: "It falls.\n\nAnd rises.\n\n### Next\n\nNext." },
    {
      cell_type: "markdown",
      id: "ask-folded",
      source: "**Predict.** Why?\n\n<details><summary>Answer</summary>\n\nSo.\n\n</details>",
    },
    { cell_type: "code", id: "other", source: "other()" },
    { cell_type: "markdown", id: "after", source: "Plain." },
  ],
};
const byId = (cells: Notebook["cells"], id: string) => sourceOf(cells.find((cell) => cell.id === id)!);

Deno.test("a learner's notebook has empty exercises, and hints and one solution folded below the check", () => {
  const { cells } = learnersNotebook(notebook, { help: true });
  assertEquals(cells.map(({ id }) => id), [
    "exercise-text",
    "exercise-one",
    "check-one",
    "help-one",
    "ask",
    "chart",
    "told",
    "ask-folded",
    "other",
    "after",
  ]);
  assertEquals(byId(cells, "exercise-one"), 'const one = () => {\n  throw new Error("Not implemented");\n};');
  assertEquals(byId(cells, "check-one"), "await check('one', one(), 1);");
  const help = byId(cells, "help-one");
  assert(help.indexOf("It is small.") < help.indexOf("<summary>One solution."));
  assertStringIncludes(help, "```ts\nconst one = () => {\n  return 1;\n};\n```");
  assertEquals(byId(cells, "exercise-text").includes("Hint"), false);
  assertStringIncludes(byId(cells, "exercise-text"), "<summary>Why?</summary>");
  assertMatch(
    byId(cells, "told"),
    /^<details><summary>What happened\?.*It falls.\n\nAnd rises.\n\n<\/details>\n\n### Next\n\nNext.$/s,
  );
  assertEquals(byId(cells, "after"), "Plain.");
});

Deno.test("without help, as for marks, nothing of a solution is in it, and texts are as they were", () => {
  const { cells } = learnersNotebook(notebook, { help: false });
  assertEquals(cells.map(({ id }) => id), notebook.cells.map(({ id }) => id));
  assert(!JSON.stringify(cells).includes("return 1"));
  assertEquals(byId(cells, "exercise-text"), sourceOf(notebook.cells[0]));
  assertEquals(byId(cells, "told"), sourceOf(notebook.cells.find(({ id }) => id === "told")!));
});

Deno.test("of the course, no copy shows a solution outside a folded help, or a hidden test anywhere", async () => {
  for (const path of await listNotebooks(join(ROOT, "notebooks"))) {
    const author: Notebook = JSON.parse(await Deno.readTextFile(path));
    const solved = author.cells.filter(isSolution);
    for (const help of [true, false]) {
      const { cells } = learnersNotebook(author, { help });
      const shown = cells.filter(({ id }) => !id?.startsWith("help-")).map(sourceOf);
      for (const mark of Object.values(DELIMITERS)) {
        assert(!cells.some((cell) => sourceOf(cell).includes(mark)), `${path}: ${mark}`);
      }
      for (const cell of solved) {
        assert(!shown.some((text) => text.includes(solutionOf(sourceOf(cell)))), `${path}: ${cell.id}`);
      }
      const helps = cells.filter(({ id }) => id?.startsWith("help-"));
      assertEquals(helps.length, help ? solved.length : 0);
      assertEquals(new Set(cells.map(({ id }) => id)).size, cells.length);
    }
  }
});
