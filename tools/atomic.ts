/**
 * Write a file so that nobody ever sees half of it: into a neighbour first, which then takes its name.
 *
 * @example
 * ```ts
 * import { writeAtomically } from "./atomic.ts";
 *
 * const folder = await Deno.makeTempDir();
 * await writeAtomically(`${folder}/report.json`, "{}\n");
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function writeAtomically(path: string, data: string | Uint8Array): Promise<void> {
  const part = `${path}.${Deno.pid}.part`;
  try {
    await (typeof data === "string" ? Deno.writeTextFile(part, data) : Deno.writeFile(part, data));
    await Deno.rename(part, path);
  } catch (error) {
    await Deno.remove(part).catch(() => {});
    throw error;
  }
}
