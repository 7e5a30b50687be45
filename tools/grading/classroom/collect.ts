/**
 * Sort what a class of GitHub Classroom has pushed into folders that `deno task grade` takes:
 * `deno run -A tools/grading/classroom/collect.ts CLONED SUBMISSIONS`.
 *
 * @module
 */
import { basename, join } from "@std/path";

/** Folders in which nobody hands anything in. */
const SKIPPED = new Set([".git", ".venv", "build", "node_modules", ".ipynb_checkpoints"]);

/**
 * Copy each notebook of each repository to `<target>/<student>/<notebook>/<notebook>.ipynb`. Nothing else is copied, no link
 * is followed, and nothing is run.
 *
 * @param cloned Holds a repository for each student, in a folder that is called like the student, perhaps behind the name
 *   of the assignment: `loss-functions-ana`
 * @returns How many notebooks were copied
 */
export async function collect(cloned: string, target: string): Promise<number> {
  const folders = await namesIn(cloned);
  const shared = sharedStart(folders);
  let copied = 0;
  for (const folder of folders) {
    for await (const path of notebooksIn(join(cloned, folder))) {
      const name = basename(path, ".ipynb");
      const place = join(target, folder.slice(shared) || folder, name);
      await Deno.mkdir(place, { recursive: true });
      await Deno.copyFile(path, join(place, `${name}.ipynb`));
      copied++;
    }
  }
  return copied;
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => name).sort();
}

/** Up to where all names are the same, to the end of a word: the assignment's name stands before each student's. */
function sharedStart(names: string[]): number {
  if (names.length < 2) return 0;
  let length = 0;
  while (names.every((name) => name[length] !== undefined && name[length] === names[0][length])) length++;
  return names[0].lastIndexOf("-", length - 1) + 1;
}

async function* notebooksIn(folder: string): AsyncGenerator<string> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  for (const { name, isDirectory, isFile } of entries.sort((a, b) => a.name < b.name ? -1 : 1)) {
    if (isDirectory && !SKIPPED.has(name)) yield* notebooksIn(join(folder, name));
    else if (isFile && name.endsWith(".ipynb")) yield join(folder, name);
  }
}

if (import.meta.main) {
  const [cloned, target] = Deno.args;
  if (!cloned || !target) {
    console.error("deno run -A tools/grading/classroom/collect.ts CLONED SUBMISSIONS");
    Deno.exit(2);
  }
  console.log(`${await collect(cloned, target)} notebooks in ${target}`);
}
