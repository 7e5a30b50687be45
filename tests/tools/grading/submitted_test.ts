import { assertEquals } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import { ensureNbgrader } from "../../../tools/grading/assignments/nbgrader.ts";
import { answered, SAMPLE, sampleNotebook, sampleRelease } from "../../../tools/grading/self_test/sample.ts";
import { type Notebook, sourceOf } from "../../../tools/notebooks/notebook_file.ts";
import { run } from "../../../tools/setup/process.ts";
import { ensureSetup } from "../../../tools/setup/setup.ts";

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

/** What the grader notes about folders with one file each: a notebook, or what a file holds. */
async function notesOn(files: Record<string, [name: string, content: Notebook | Uint8Array]>) {
  return Object.fromEntries(
    Object.entries(await readBack(files)).map(([name, { notes }]) => [name, notes]),
  );
}

/** The same, and the answers that it found. */
async function readBack(
  files: Record<string, [name: string, content: Notebook | Uint8Array]>,
): Promise<Record<string, { notes: string[] | string; answers: Record<string, string> }>> {
  const environment = await ensureSetup({ task: "test" });
  const env = await ensureNbgrader(environment);
  const root = await Deno.makeTempDir({ prefix: "submitted-" });
  try {
    const folders: Record<string, string> = {};
    for (const [student, [name, content]] of Object.entries(files)) {
      folders[student] = join(root, student);
      await Deno.mkdir(folders[student]);
      const bytes = content instanceof Uint8Array
        ? content
        : new TextEncoder().encode(JSON.stringify(content));
      await Deno.writeFile(join(folders[student], name), bytes);
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

const FILE = `${SAMPLE}.ipynb`;
const MEAN =
  "function meanOf(v: number[]) {\n  let all = 0;\n  for (const x of v) all += x;\n  return all / v.length;\n}";

/** Each cell as a program saves it. */
function saved(change: (cell: Notebook["cells"][number]) => void, answers = {}): Notebook {
  const notebook = answered({ mean: MEAN, ...answers });
  for (const cell of notebook.cells) change(cell);
  return notebook;
}

const bytesOf = (notebook: Notebook, unit: 1 | 2, mark: number[], isBig = false): Uint8Array => {
  const text = JSON.stringify(notebook);
  const body = unit === 1 ? [...new TextEncoder().encode(text)] : [...text].flatMap((_, i) => {
    const code = text.charCodeAt(i);
    return isBig ? [code >> 8, code & 255] : [code & 255, code >> 8];
  });
  return Uint8Array.from([...mark, ...body]);
};

Deno.test("a notebook is read in whatever encoding it was saved", async () => {
  const notebook = answered({ mean: `// π ≈ 3.14, ½\n${MEAN}` });
  const found = await readBack({
    mark: [FILE, bytesOf(notebook, 1, [0xEF, 0xBB, 0xBF])],
    utf16: [FILE, bytesOf(notebook, 2, [0xFF, 0xFE])],
    big: [FILE, bytesOf(notebook, 2, [0xFE, 0xFF], true)],
    unmarked: [FILE, bytesOf(notebook, 2, [])],
    windows: [
      FILE,
      Uint8Array.from(JSON.stringify(answered({ mean: `// \u00bd\n${MEAN}` })), (c) => c.charCodeAt(0)),
    ],
  });
  const notes = Object.fromEntries(Object.entries(found).map(([name, { notes }]) => [name, notes]));
  const as = (name: string) => [`the file was saved in ${name}, and read as that`];
  assertEquals(notes, {
    mark: [],
    utf16: as("UTF-16"),
    big: as("UTF-16"),
    unmarked: as("UTF-16"),
    windows: as("Windows-1252"),
  });
  for (const name of ["mark", "utf16", "big", "unmarked"]) {
    assertEquals(found[name].answers.mean, `// π ≈ 3.14, ½\n${MEAN}`, name);
  }
  assertEquals(found.windows.answers.mean, `// ½\n${MEAN}`);
});

Deno.test("one cause gives one note: Windows line ends, spaces at line ends, formatting, lost metadata", async () => {
  const windows = (cell: Notebook["cells"][number]) => cell.source = sourceOf(cell).replaceAll("\n", "\r\n");
  const notes = await notesOn({
    windows: [FILE, saved(windows)],
    macintosh: [FILE, saved((cell) => cell.source = sourceOf(cell).replaceAll("\n", "\r"))],
    both: [FILE, { ...saved(windows), cells: saved(windows).cells.filter(({ id }) => id !== "nudge") }],
    spaces: [FILE, saved((cell) => cell.source = sourceOf(cell).replaceAll("\n", "  \n") + "\n")],
    formatted: [
      FILE,
      saved((cell) => cell.source = sourceOf(cell).replaceAll("  ", "    ").replaceAll('"', "'")),
    ],
    metadata: [FILE, saved((cell) => cell.metadata = {})],
  });
  assertEquals(notes, {
    windows: ["Windows line ends, nothing else differs"],
    macintosh: ["Windows line ends, nothing else differs"],
    both: ["Windows line ends", "“nudge”, which checks need, was deleted, and put back"],
    spaces: [],
    formatted: [
      "“imports”, “half”, “check-slope”, “check-mean” and “check-step” were formatted anew; the originals were used",
    ],
    metadata: ["“imports”, “nudge”, “half” and 6 other cells had lost their nbgrader metadata"],
  });
});

Deno.test("answers whose cells have lost ids and metadata are found by content and place", async () => {
  const bare = (cell: Notebook["cells"][number]) => {
    delete cell.id;
    cell.metadata = {};
  };
  const scratch = { cell_type: "code", source: "1 + 1", metadata: {}, outputs: [], execution_count: null };
  const withScratch = saved(bare, { slope: "const slope = (x: number) => x + x;" });
  withScratch.cells.splice(5, 0, { ...scratch }, { ...scratch, source: "const average = meanOf([1, 2]);" });
  const unlike = saved(bare, { mean: "var m = 17\nm" });
  const found = await readBack({
    bare: [FILE, saved(bare)],
    scratch: [FILE, withScratch],
    renamed: ["homework.ipynb", saved(bare)],
    unlike: [FILE, unlike],
  });
  const placed =
    "the cells have lost their ids and metadata; “slope”, “mean” and “step” were found by their content and place";
  assertEquals(found.bare.notes, [placed]);
  assertEquals(found.renamed.notes, ["found under the name homework.ipynb", placed]);
  assertEquals([found.bare.answers.mean, found.scratch.answers.mean], [MEAN, MEAN]);
  assertEquals(found.scratch.answers.slope, "const slope = (x: number) => x + x;");
  // What is not found is not called empty.
  assertEquals(found.unlike.notes[0].slice(0, 40), "“mean” could not be found in the file, w");
  assertEquals(found.unlike.answers.mean, 'throw new Error("This answer could not be found in the file");');
});

Deno.test("an exercise that is there twice is named; the first counts", async () => {
  const notebook = answered({ mean: "function meanOf() { return 1; }" });
  const again = structuredClone(notebook.cells.find(({ id }) => id === "mean")!);
  notebook.cells.push({ ...again, id: "copy", source: MEAN });
  const { twice } = await readBack({ twice: [FILE, notebook] });
  assertEquals(twice.notes, ["“mean” is there twice; the first counts"]);
  assertEquals(twice.answers.mean, "function meanOf() { return 1; }");
});
