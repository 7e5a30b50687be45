import { dirname, fromFileUrl, join } from "@std/path";

/** The project that this kernel belongs to. */
export const PROJECT = fromFileUrl(new URL("../..", import.meta.url));

/**
 * Why something that a cell imports cannot be loaded, in a sentence; `undefined` if all of it can.
 *
 * @param specifiers As the cell names them
 */
export async function explainImports(specifiers: string[]): Promise<string | undefined> {
  for (const specifier of specifiers) {
    const complaint = await load(specifier);
    if (complaint) return `"${specifier}" cannot be imported: ${complaint}`;
  }
  return undefined;
}

/** Have Deno fetch a module without running it; gives what it complains of. */
async function load(specifier: string): Promise<string | undefined> {
  const config = await configOf(Deno.cwd());
  const folder = await Deno.makeTempDir({ prefix: "backprop-import-" });
  try {
    const file = join(folder, "import.ts");
    await Deno.writeTextFile(file, `import ${JSON.stringify(specifier)};\n`);
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["cache", "--no-lock", "--config", config, file],
      env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
      stdin: "null",
      stdout: "null",
    }).output();
    return code === 0 ? undefined : readLoadError(new TextDecoder().decode(stderr));
  } finally {
    await Deno.remove(folder, { recursive: true }).catch(() => {});
  }
}

/** The sentence in what Deno prints when a module cannot be loaded, without the names of temporary files. */
export function readLoadError(output: string): string {
  const line = output.split("\n").find((line) => line.startsWith("error:")) ?? output.trim().split("\n")[0];
  const said = line.replace(/^error:\s*/, "").replace(/\s+at file:\/\/\S+$/, "");
  return /[.!?]$/.test(said) ? said : `${said}.`;
}

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
