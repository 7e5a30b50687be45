// Pages of the texts that lie beside the notebooks: the guide, and the script for an AI tutor.
import { basename, join } from "@std/path";
import { type Notebook, sourceOf } from "../../notebooks/notebook_file.ts";
import { readSherpa, SherpaError } from "../sherpa/rubric.ts";
import type { Link } from "./page.ts";
import { renderSherpa } from "./sherpa_page.ts";

/** A Markdown file beside the notebooks. */
export interface Text extends Link {
  path: string;
  markdown: string;
}

/** For each notebook that has a page: where on it a cell stands, by the cell's id. Counts from 1. */
export type CellPlaces = Map<string, Map<string, number>>;

/** The Markdown files in the folder of the notebooks, in the order of their names. */
export async function readTexts(notebooks: string[]): Promise<Text[]> {
  if (notebooks.length === 0) return [];
  const folder = notebooks[0].slice(0, -basename(notebooks[0]).length - 1);
  const names = (await Array.fromAsync(Deno.readDir(folder))).map((entry) => entry.name);
  return await Promise.all(
    names.filter((name) => name.endsWith(".md")).sort().map(async (file) => {
      const path = join(folder, file), name = basename(file, ".md");
      const markdown = await Deno.readTextFile(path);
      return { name, title: markdown.match(/^# (.+)$/m)?.[1] ?? name, path, markdown };
    }),
  );
}

/** Where the cells of some notebooks stand. */
export async function findCells(notebooks: string[]): Promise<CellPlaces> {
  const places: CellPlaces = new Map();
  for (const path of notebooks) {
    const { cells }: Notebook = JSON.parse(await Deno.readTextFile(path));
    const ofNotebook = new Map<string, number>();
    cells.forEach((cell, index) => {
      if (cell.id && sourceOf(cell).trim()) ofNotebook.set(cell.id, index + 1);
    });
    places.set(basename(path, ".ipynb"), ofNotebook);
  }
  return places;
}

/** A page's HTML, and what could not be made of it. */
export interface FinishedText {
  html: string;
  problems: string[];
}

/**
 * What the general conversion leaves open: tables that can be scrolled, links to the cells that are named, and the
 * tutor's JSON as tables.
 */
export function finishText(html: string, { name, markdown }: Text, places: CellPlaces): FinishedText {
  // On a narrow screen a wide table is scrolled by itself.
  const scrolled = html.replaceAll("<table>", '<div class="scroll"><table>')
    .replaceAll("</table>", "</table></div>");
  const linked = linkCells(scrolled, places);
  if (name !== "sherpa") return { html: linked, problems: [] };
  try {
    const tables = renderSherpa(readSherpa(markdown), places);
    return { html: linked.replace(/<pre class="json">[^<]*<\/pre>/, () => tables), problems: [] };
  } catch (error) {
    if (!(error instanceof SherpaError)) throw error;
    return { html: linked, problems: [`sherpa.md: ${error.message}`] };
  }
}

/**
 * Make a link of each cell that the text names: by its id within the part of a notebook (a heading that begins with the
 * notebook's number, down to the next of its size), or anywhere by number and id, such as `02 ten-slopes`.
 */
export function linkCells(html: string, places: CellPlaces): string {
  return html.split(/(?=<h2\b)/).map((part) => {
    const number = part.match(/^<h2[^>]*>(\d\d) /)?.[1];
    return part.replace(/<code>(?:(\d\d) )?([a-z0-9-]+)<\/code>/g, (code, own, id) => {
      const notebook = [...places.keys()].find((name) => name.startsWith(own ?? number ?? "none"));
      const cell = notebook && places.get(notebook)!.get(id);
      return cell ? `<a href="${encodeURI(notebook)}.html#cell-${cell}">${code}</a>` : code;
    });
  }).join("");
}
