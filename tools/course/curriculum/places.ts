// Where in the notebooks something is delivered: cells say so by their tags.
import { basename } from "@std/path";
import { type Notebook, sourceOf } from "../../notebooks/notebook_file.ts";

/** A cell that carries a tag. */
export interface Place {
  /** File name without ending. */
  notebook: string;
  /** As a person counts, from 1; text cells count. */
  cell: number;
  id: string;
  kind: "markdown" | "code";
}

/** The cells of each tag, in the order of the course. */
export type Places = Map<string, Place[]>;

/**
 * The cells of each tag `row-N` and `mistake-N`. A cell that holds nothing delivers nothing.
 *
 * @param paths The notebooks, in their order
 */
export async function findPlaces(paths: string[]): Promise<Places> {
  const places: Places = new Map();
  for (const path of paths) {
    const notebook: Notebook = JSON.parse(await Deno.readTextFile(path));
    notebook.cells.forEach((cell, index) => {
      if (sourceOf(cell).trim() === "") return;
      const place: Place = {
        notebook: basename(path, ".ipynb"),
        cell: index + 1,
        id: cell.id ?? "",
        kind: cell.cell_type === "code" ? "code" : "markdown",
      };
      for (const tag of cell.metadata?.tags ?? []) {
        if (/^(?:row|mistake)-\d+$/.test(tag)) places.set(tag, [...places.get(tag) ?? [], place]);
      }
    });
  }
  return places;
}
