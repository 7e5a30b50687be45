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
  const part = `${path}.${Deno.pid}-${++written}.part`;
  try {
    await (typeof data === "string" ? Deno.writeTextFile(part, data) : Deno.writeFile(part, data));
    await rename(part, path);
  } catch (error) {
    await Deno.remove(part).catch(() => {});
    throw error;
  }
}

/** So that two writers of this program do not share a neighbour. */
let written = 0;

/** Windows refuses while another program, such as a virus scanner, has one of the files open for a moment. */
async function rename(from: string, to: string): Promise<void> {
  for (const pause of [20, 100]) {
    try {
      return await Deno.rename(from, to);
    } catch (error) {
      if (!(error instanceof Deno.errors.PermissionDenied)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  await Deno.rename(from, to);
}
