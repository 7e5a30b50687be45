// What tests of the texts beside the notebooks need: the notebooks that there are, and the texts.
import { basename, fromFileUrl, join } from "@std/path";
import { listNotebooks } from "../../tools/notebooks/execute_all.ts";
import type { Notebook } from "../../tools/notebooks/notebook_file.ts";

/** The folder of the course. */
export const FOLDER = fromFileUrl(new URL("../../notebooks", import.meta.url));

/** The notebooks that there are, by their file names without ending. */
export async function readNotebooks(): Promise<Map<string, Notebook>> {
  const paths = await listNotebooks(FOLDER);
  const read = paths.map(async (path): Promise<[string, Notebook]> => [
    basename(path, ".ipynb"),
    JSON.parse(await Deno.readTextFile(path)),
  ]);
  return new Map(await Promise.all(read));
}

/** A text beside the notebooks. */
export const readText = (name: string): Promise<string> => Deno.readTextFile(join(FOLDER, name));
