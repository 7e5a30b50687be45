import { dirname, fromFileUrl, join } from "@std/path";

/** The project that this kernel belongs to. */
export const PROJECT = fromFileUrl(new URL("../..", import.meta.url));

/** The `deno.json` that holds in a folder: the nearest above. */
export async function findConfig(folder: string): Promise<string | undefined> {
  for (const name of ["deno.json", "deno.jsonc"]) {
    const path = join(folder, name);
    if (await Deno.stat(path).then((found) => found.isFile, () => false)) return path;
  }
  const above = dirname(folder);
  return above === folder ? undefined : findConfig(above);
}

/**
 * The `deno.json` that cells of a notebook in this folder go by: the nearest above, else the project's, so that
 * `"backprop"` is known in a learner's home as well.
 */
export async function configOf(folder: string): Promise<string> {
  return await findConfig(folder) ?? join(PROJECT, "deno.json");
}
