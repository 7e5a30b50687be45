import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { basename, fromFileUrl, join } from "@std/path";
import { AssignmentError, buildAssignments } from "../../../../tools/grading/assignments/build.ts";
import { isSolution, STUB } from "../../../../tools/learner/edition.ts";
import { gradedCells } from "../../../../tools/grading/assignments/marks.ts";
import { ensureNbgrader } from "../../../../tools/grading/assignments/nbgrader.ts";
import { deno } from "../../../../tools/checks/deno.ts";
import { executeNotebook } from "../../../../tools/notebooks/execute.ts";
import { type Notebook, sourceOf } from "../../../../tools/notebooks/notebook_file.ts";
import { PythonTooOldError } from "../../../../tools/setup/errors.ts";
import { childEnvironment, type Places, places } from "../../../../tools/setup/paths.ts";
import { run } from "../../../../tools/setup/process.ts";
import { ensureSetup } from "../../../../tools/setup/setup.ts";
import { change, good, notebookOf, text } from "./notebooks.ts";

const root = fromFileUrl(new URL("../../../..", import.meta.url));
const environment = await ensureSetup();
const scratch = await Deno.makeTempDir({ prefix: "assignments " });
globalThis.addEventListener("unload", () => Deno.removeSync(scratch, { recursive: true }));

const read = async (path: string): Promise<Notebook> => JSON.parse(await Deno.readTextFile(path));
const names = async (folder: string) =>
  (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();

/** Build from one notebook, into a folder of its own. */
async function build(notebook: Notebook, name: string): Promise<string> {
  const path = join(scratch, `${name}.ipynb`);
  await Deno.writeTextFile(path, JSON.stringify(notebook));
  return await buildAssignments(environment, { paths: [path], target: join(scratch, "made", name) });
}

/** nbgrader does not run on Python 3.10, and set-up does. */
const isTooOld = await ensureNbgrader(environment).then(() => false, (error) => {
  if (error instanceof PythonTooOldError) return true;
  throw error;
});
const test = (name: string, fn: (t: Deno.TestContext) => Promise<void>) =>
  Deno.test({ name, ignore: isTooOld, fn });

const refusal = (notebook: Notebook, name: string) =>
  assertRejects(() => build(notebook, name), AssignmentError);

test("a leak is refused, with the cell that it stands in and the cell that it gives away", async () => {
  const answer = "<details><summary>Answer</summary>\n\n`const twice = x + x; return twice;`\n\n</details>";
  const { message } = await refusal(notebookOf(...good().cells, text("after", answer)), "leak");
  for (const part of ["notebooks/leak.ipynb, cell after", "leak.ipynb, cell exercise-double", '"answer"']) {
    assertStringIncludes(message, part);
  }
  assertEquals(await names(join(scratch, "made")).catch(() => []), [], "nothing half-made stays");
});

test("folded answers go from tagged cells; a stub that passes is refused, and what was made stays", async () => {
  const folded = (title: string, says: string) =>
    `<details><summary>${title}</summary>\n\n${says}\n\n</details>`;
  const secret = folded("Answer", "const twice = x + x;\nreturn twice;");
  const answer = text("after", `${folded("Hint 1", "Add.")}\n${secret}\n\nGo on.`, ["answer"]);
  const tagged = notebookOf(...good().cells, answer);
  const made = await build(tagged, "little");
  const handed = async () => (await read(join(made, "release", "notebooks", "little.ipynb"))).cells;
  const cells = await handed();
  const expected = `${folded("Hint 1", "Add.")}\n_The answer comes with your marks._\n\nGo on.`;
  assertEquals(cells.filter(({ id }) => id === "after").map(sourceOf), [expected]);
  assertEquals(cells.filter(({ id }) => id === "play").map(sourceOf), ["double(2);"]);

  const source = "try {\n  double(base);\n} catch {\n  // whatever\n}";
  const lax = change(tagged, "check-double", (cell) => ({ ...cell, source }));
  const { message } = await refusal(lax, "little");
  assertStringIncludes(
    message,
    "notebooks/little.ipynb, cell check-double  It passes in the release version",
  );
  assertEquals(await names(join(scratch, "made")), ["little"]);
  assertEquals(await handed(), cells);
});

test("what only nbgrader refuses is refused with its reason", async () => {
  const odd = notebookOf(...good().cells);
  odd.metadata = { kernelspec: { name: "deno", display_name: "Deno", language: "klingon" } };
  assertStringIncludes((await refusal(odd, "odd")).message, "klingon");
});

test("the release of a notebook of the course keeps its promises, and runs where there is nothing else", async (t) => {
  const path = join(root, "notebooks", "00_start_here.ipynb");
  const made = await buildAssignments(environment, { paths: [path], target: join(scratch, "course") });
  const source = await read(path);
  const release = join(made, "release");
  const handed = await read(join(release, "notebooks", basename(path)));

  await t.step(
    "solutions are stubs, hidden tests are gone, outputs are empty, ids and points are kept",
    () => {
      assertEquals(handed.cells.map(({ id }) => id), source.cells.map(({ id }) => id));
      for (const [i, cell] of source.cells.entries()) {
        const stripped = handed.cells[i];
        if (isSolution(cell)) assertStringIncludes(sourceOf(stripped), STUB);
        assertEquals(stripped.metadata?.nbgrader?.points, cell.metadata?.nbgrader?.points);
        assertEquals(stripped.outputs, cell.outputs);
      }
      assert(gradedCells(source).some((cell) => sourceOf(cell).includes("HIDDEN")));
      assert(
        !/SOLUTION\b(?!`)|HIDDEN/.test(
          handed.cells.filter((c) => c.cell_type === "code").map(sourceOf).join(),
        ),
      );
    },
  );

  await t.step("nbgrader's course has its layout, and a gradebook that knows the points", async () => {
    assertEquals(await names(join(made, "course")), ["gradebook.db", "release", "source"]);
    assertEquals(await names(join(made, "course", "release", "00_start_here")), ["00_start_here.ipynb"]);
    const query = "import sqlite3, sys; " +
      "print(sqlite3.connect(sys.argv[1]).execute('select sum(max_score) from grade_cells').fetchone()[0])";
    const { output } = await run(environment.python, {
      args: ["-c", query, join(made, "course", "gradebook.db")],
      env: environment.env,
    });
    assertEquals(Number(output), 100);
  });

  await t.step(
    "the learner's folder has library, data and tasks, and nothing that tells answers",
    async () => {
      assertEquals(await names(release), [
        ".github",
        ".vscode",
        "LICENSE",
        "README.md",
        "data",
        "deno.json",
        "deno.lock",
        "lib",
        "notebooks",
        "tools",
      ]);
      assertEquals(await names(join(release, ".github", "workflows")), ["points.yml"]);
      assertEquals(await names(join(release, "notebooks")), ["00_start_here.ipynb", "guide.md", "sherpa.md"]);
      for (const gone of ["assignments", "golden", "curriculum", "sherpa"]) {
        assert(!(await names(join(release, "tools"))).includes(gone), gone);
      }
    },
  );

  await t.step(
    "nothing that its tasks import is missing, and set-up and the notebook run there alone",
    async () => {
      const alone = join(scratch, "a learner's folder");
      await Deno.rename(release, alone);
      const { tasks } = JSON.parse(await Deno.readTextFile(join(alone, "deno.json")));
      for (const { command } of Object.values<{ command: string }>(tasks)) {
        const { stdout } = await deno(["info", "--json", command.match(/tools\S+/)![0]], { cwd: alone });
        const missing = JSON.parse(stdout).modules.filter(({ error }: { error?: string }) => error);
        assertEquals(missing, [], command);
      }
      const at = places(alone);
      await lendVenv(at);
      const setup = await deno(["task", "setup"], { cwd: alone });
      assertStringIncludes(setup.text, "Jupyter and the Deno kernel: .venv starts this Deno now.");
      const theirs = {
        ...environment,
        root: alone,
        python: at.python,
        env: childEnvironment(at, Deno.env.toObject()),
      };
      const notebook = join(alone, "notebooks", "00_start_here.ipynb");
      const { errors } = await executeNotebook(theirs, notebook, { goOn: true, output: join(alone, "ran") });
      const unsolved = errors.filter(({ message }) => message.includes("Not implemented")).map(({ cellId }) =>
        cellId
      );
      assertEquals(unsolved, gradedCells(handed).map(({ id }) => id));
    },
  );
});

/** What pip would fetch is taken from here, since tests need no network: as if it had been set up with an older Deno. */
async function lendVenv({ venv, stamp }: Places): Promise<void> {
  await linkTree(join(root, ".venv"), venv);
  const text = await Deno.readTextFile(stamp);
  await Deno.remove(stamp); // and not write into it: it is the same file
  await Deno.writeTextFile(stamp, JSON.stringify({ ...JSON.parse(text), venv }));
}

/** A copy whose files are the same ones: set-up writes into none of them, it puts new ones in their place. */
async function linkTree(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory, isSymlink } of Deno.readDir(from)) {
    const [old, copy] = [join(from, name), join(to, name)];
    if (isDirectory) await linkTree(old, copy);
    else if (isSymlink) await Deno.symlink(await Deno.readLink(old), copy);
    else await Deno.link(old, copy).catch(() => Deno.copyFile(old, copy)); // there are no links across disks
  }
}
