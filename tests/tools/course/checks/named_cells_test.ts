import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { checkNotebooks } from "../../../../tools/course/check_notebooks.ts";
import { describe } from "../../../../tools/checks/problem.ts";
import { committed } from "../../checks/notebook.ts";
import { withProject } from "../../checks/project.ts";

const deno = { "deno.json": "{}" };
const marked = (id: string, grade_id: string) => ({
  cell_type: "markdown",
  id,
  metadata: {
    nbgrader: { grade: false, grade_id, locked: true, schema_version: 3, solution: false, task: false },
  },
  source: ["Text"],
});

/** What a person reads of a project with one notebook, of the cells `here` and `there`, and some files beside it. */
async function said(files: Record<string, string>, ...cells: Record<string, unknown>[]): Promise<string> {
  let text = "";
  const text01 = committed(
    ...(cells.length > 0 ? cells : [marked("here", "here"), marked("there", "there")]),
  );
  await withProject({ ...deno, "notebooks/01_x.ipynb": text01, ...files }, async (root) => {
    text = describe(await checkNotebooks(root));
  });
  return text;
}

/** A tutor's script that sends to these cells. */
const sherpa = (evidence: string, section: string, named: string) =>
  `# Script\n\nSee \`01 ${named}\`.\n\n## 01 X\n\n[01](01_x.ipynb)\n\n### One\n\nCells \`here\` to \`${section}\`.\n\n` +
  "```json\n" +
  JSON.stringify({
    version: 1,
    criteria: [],
    pitfalls: [{
      id: "p",
      title: "t",
      says: "s",
      question: "q",
      good: "g",
      evidence: [{ notebook: "01_x", cell: evidence }],
    }],
    exercises: [],
  }) + "\n```\n";

Deno.test("nothing is said where every cell that is named is there", async () => {
  const files = {
    "notebooks/sherpa.md": sherpa("here", "there", "here"),
    "tools/course/curriculum/claims.ts":
      'export const CLAIMS = [{ claim: "So it is.", cells: ["here"] }, { claim: "No." }];',
    "tests/golden/notebooks/01_x.txt": "%% here\n1\n",
    "tests/golden/notebooks/01_x/there.2.svg": "<svg/>",
  };
  assertEquals(await said(files), "");
});

Deno.test("a cell under another name in the gradebook's metadata is named, with the command that mends it", async () => {
  assertEquals(
    await said({}, marked("here", "old-name")),
    `notebooks/01_x.ipynb, cell 1 (here)  nbgrader would know the cell as "old-name", and its id is "here". [stale-id]
    → deno task assignments --mark`,
  );
});

Deno.test("a cell that the tutor's script names and that is not there is named once, with its line", async () => {
  assertEquals(
    await said({ "notebooks/sherpa.md": sherpa("gone", "gone", "lost") }),
    `${
      join("notebooks", "sherpa.md")
    }:11:18  The text names the cell "gone" of 01_x, which is not there. [stale-id]
    → Give the cell its id back, or name another one.

${join("notebooks", "sherpa.md")}:3:9  The text names the cell "lost" of 01_x, which is not there. [stale-id]
    → Give the cell its id back, or name another one.`,
  );
});

Deno.test("a cell that the claim ledger names and that is not there is named, with its line", async () => {
  const claims = 'export const CLAIMS = [\n  { claim: "So it is.", cells: ["here", "gone"] },\n];\n';
  assertEquals(
    await said({ "tools/course/curriculum/claims.ts": claims }),
    `${
      join("tools", "course", "curriculum", "claims.ts")
    }:2:42  The ledger names the cell "gone", which is in no notebook, ` +
      "for the claim: So it is. [stale-id]\n    → Give the cell its id back, or name another one.",
  );
});

Deno.test("goldens of a cell that was renamed are named with its new id", async () => {
  const kept = {
    "tests/golden/notebooks/01_x.txt": "%% was\n1\n",
    "tests/golden/notebooks/01_x.cells.txt": "%% was markdown\nText\n",
  };
  assertStringIncludes(await said(kept, marked("here", "here")), "01_x.ipynb: was (renamed to here).");
});

Deno.test("goldens of cells and of notebooks that are gone are named, with the command that removes them", async () => {
  const golden = (name: string) => join("tests", "golden", "notebooks", name);
  assertEquals(
    await said({
      "tests/golden/notebooks/01_x.txt": "%% here\n1\n\n%% gone\n2\n",
      "tests/golden/notebooks/01_x/lost.svg": "<svg/>",
      "tests/golden/notebooks/02_y.txt": "%% here\n1\n",
    }),
    `${
      golden("01_x")
    }  It keeps what these cells show, which are not in notebooks/01_x.ipynb: gone, lost. [stale-id]
    → deno task check 01_x --update

${golden("02_y")}  It keeps what the notebook 02_y shows, which is not there. [stale-id]
    → deno task check --update`,
  );
});
