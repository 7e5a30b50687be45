import { basename, join } from "@std/path";

/** Remove executed notebooks whose source was renamed or is gone. */
export async function removeStale(folder: string, sources: string[]): Promise<void> {
  const wanted = new Set(sources.map((path) => basename(path)));
  for await (const entry of Deno.readDir(folder)) {
    if (entry.name.endsWith(".ipynb") && !wanted.has(entry.name)) await Deno.remove(join(folder, entry.name));
  }
}
