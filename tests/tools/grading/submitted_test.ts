import { assertEquals } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import { ensureNbgrader } from "../../../tools/assignments/nbgrader.ts";
import { answered, SAMPLE, sampleNotebook, sampleRelease } from "../../../tools/grading/self_test/sample.ts";
import type { Notebook } from "../../../tools/notebooks/notebook_file.ts";
import { run } from "../../../tools/setup/process.ts";
import { ensureSetup } from "../../../tools/setup.ts";

/** The same notebook as another assignment: all of its cells have other names. */
function renamed({ cells, ...rest }: Notebook): Notebook {
  return {
    ...rest,
    cells: cells.map((cell) => {
      const nbgrader = cell.metadata?.nbgrader;
      const id = `other-${cell.id}`;
      return { ...cell, id, metadata: nbgrader ? { nbgrader: { ...nbgrader, grade_id: id } } : {} };
    }),
  };
}

const without = (id: string): Notebook => {
  const notebook = answered();
  return { ...notebook, cells: notebook.cells.filter((cell) => cell.id !== id) };
};

/** What the grader notes about folders with one file each. */
async function notesOn(files: Record<string, [name: string, notebook: Notebook]>) {
  const environment = await ensureSetup({ task: "test" });
  const env = await ensureNbgrader(environment);
  const root = await Deno.makeTempDir({ prefix: "submitted-" });
  try {
    const folders: Record<string, string> = {};
    for (const [student, [name, notebook]] of Object.entries(files)) {
      folders[student] = join(root, student);
      await Deno.mkdir(folders[student]);
      await Deno.writeTextFile(join(folders[student], name), JSON.stringify(notebook));
    }
    const sources = { [SAMPLE]: sampleNotebook(), other: renamed(sampleNotebook()) };
    const job = join(root, "job.json");
    await Deno.writeTextFile(
      job,
      JSON.stringify({ assignment: SAMPLE, sources, release: sampleRelease(), folders }),
    );
    const program = fromFileUrl(new URL("./submitted.py", import.meta.url));
    const { output } = await run(environment.python, { args: [program, job], env });
    return JSON.parse(output.split("\n").at(-1)!);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("what a student deleted is named: exercises, checks, and given cells that checks need", async () => {
  const file = `${SAMPLE}.ipynb`;
  const notes = await notesOn({
    whole: [file, answered()],
    exercise: [file, without("mean")],
    check: [file, without("check-mean")],
    given: [file, without("nudge")],
    text: [file, without("mean-text")],
  });
  assertEquals(notes, {
    whole: [],
    exercise: ["“mean” was deleted; the empty exercise was put back"],
    check: ["the check “check-mean” was deleted, and put back"],
    given: ["“nudge”, which checks need, was deleted, and put back"],
    text: [],
  });
});

Deno.test("the notebook of another assignment is recognised, and one sentence says which it is", async () => {
  const both = answered();
  both.cells.push(...renamed(answered()).cells);
  const notes = await notesOn({
    wrong: [`${SAMPLE}.ipynb`, renamed(answered())],
    elsewhere: ["homework.ipynb", renamed(answered())],
    // It has all that it needs, whatever else is in it.
    both: [`${SAMPLE}.ipynb`, both],
  });
  assertEquals(notes, {
    wrong: "unreadable: sample.ipynb looks like other: ask for the right file",
    elsewhere:
      "unreadable: there is no sample.ipynb, nor another notebook with its cells; homework.ipynb looks like other",
    both: [],
  });
});
