import { dirname, join } from "@std/path";

/** Writes files (path → text) as a small project in a temporary folder, and removes it after `use`. */
export async function withProject(files: Record<string, string>, use: (root: string) => Promise<void>) {
  const root = await Deno.realPath(await Deno.makeTempDir({ prefix: "project with space " }));
  try {
    for (const [path, text] of Object.entries(files)) {
      await Deno.mkdir(dirname(join(root, path)), { recursive: true });
      await Deno.writeTextFile(join(root, path), text);
    }
    await use(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}
