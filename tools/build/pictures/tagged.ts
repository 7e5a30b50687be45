import { join } from "@std/path";

/** An SVG below a tagged cell. */
export interface TaggedPicture {
  /** What follows `picture-` in the tag. */
  readonly name: string;
  readonly svg: string;
}

interface ExecutedCell {
  metadata?: { tags?: string[] };
  outputs?: { data?: Record<string, string | string[]> }[];
}

/**
 * The last SVG below every cell tagged `picture-NAME`, in the order of the notebooks.
 *
 * @param folder Executed notebooks; a folder that is not there has none
 */
export async function taggedPictures(folder: string): Promise<TaggedPicture[]> {
  const pictures: TaggedPicture[] = [];
  for (const notebook of await notebooksIn(folder)) {
    const { cells } = JSON.parse(await Deno.readTextFile(notebook)) as { cells: ExecutedCell[] };
    for (const { metadata, outputs = [] } of cells) {
      const name = metadata?.tags?.find((tag) => tag.startsWith("picture-"))?.slice("picture-".length);
      const svg = outputs.map(({ data }) => data?.["image/svg+xml"]).findLast((content) =>
        content !== undefined
      );
      if (name && svg) pictures.push({ name, svg: Array.isArray(svg) ? svg.join("") : svg });
    }
  }
  return pictures;
}

async function notebooksIn(folder: string): Promise<string[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(folder));
    return entries.filter(({ name }) => name.endsWith(".ipynb")).map(({ name }) => join(folder, name)).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
