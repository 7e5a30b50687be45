import { basename, fromFileUrl, join } from "@std/path";
import { writeAtomically } from "../../shared/atomic.ts";
import { findPlaces } from "../curriculum/places.ts";
import type { Notebook } from "../../notebooks/notebook_file.ts";
import type { NotebookReport } from "../../notebooks/report.ts";
import type { Environment } from "../../setup/ensure.ts";
import { run, tail } from "../../setup/process.ts";
import { renderCurriculum } from "./curriculum_page.ts";
import { aboutNotebook, type IndexEntry, renderIndex } from "./index_page.ts";
import { drawMaths } from "./maths.ts";
import { adaptLinks, type Link, renderPage } from "./page.ts";
import { findCells, finishText, readTexts, type Text } from "./text_page.ts";

/** Settings of {@link buildSite}. */
export interface SiteOptions {
  /** Where the executed notebooks are. */
  executed: string;
  /** Where pages go; everything else in there that ends in `.html` is removed. */
  output: string;
  /** The notebooks as they were written: their order, and what links in them are relative to. */
  sources: string[];
}

/** Pages could not be made; the message quotes why. */
export class SiteError extends Error {
  override name = "SiteError";
}

/**
 * Write a page for each executed notebook and for each text beside them, one of claims and curriculum, and an index.
 *
 * @returns The index, and a sentence for each formula and each table that could not be drawn
 * @throws {SiteError} If nbconvert fails
 */
export async function buildSite(
  environment: Environment,
  reports: NotebookReport[],
  options: SiteOptions,
): Promise<{ index: string; problems: string[] }> {
  await Deno.mkdir(options.output, { recursive: true });
  const css = await Deno.readTextFile(new URL("./style.css", import.meta.url));
  const entries = await Promise.all(reports.map((report) => describe(report, options)));
  const written = new Set((await Array.fromAsync(Deno.readDir(options.executed))).map((entry) => entry.name));
  const pages = entries.filter(({ report }) => written.has(`${report.name}.ipynb`));
  const links = pages.map((entry): Link => ({ name: entry.report.name, title: entry.title }));
  const names = new Set(links.map((link) => link.name));
  const texts = await readTexts(options.sources);
  const cells = await findCells(readable(pages, options));
  const problems: string[] = [];

  for (const { name, html } of await exportBodies(environment, links, texts, options)) {
    const at = links.findIndex((link) => link.name === name);
    const text = at < 0 ? texts.find((text) => text.name === name)! : undefined;
    const linked = adaptLinks(html);
    const finished = text ? finishText(linked, text, cells) : { html: linked, problems: [] };
    const maths = await drawMaths(finished.html);
    problems.push(...finished.problems);
    problems.push(...maths.problems.map((problem) => `${name}: a formula could not be drawn: ${problem}`));
    const neighbours = text ? {} : { previous: links[at - 1], next: links[at + 1] };
    const { title } = text ?? links[at];
    const page = renderPage({ title, body: maths.html, css: [css, maths.css], ...neighbours });
    await writeAtomically(join(options.output, `${name}.html`), page);
  }
  const write = (name: string, title: string, body: string) =>
    writeAtomically(join(options.output, `${name}.html`), renderPage({ title, body, css: [css] }));
  await write(
    "curriculum",
    "Claims and curriculum",
    renderCurriculum(await findPlaces(readable(entries, options)), names),
  );
  await write("index", "Notebooks", renderIndex(entries, names, texts));
  const kept = ["index", "curriculum", ...names, ...texts.map(({ name }) => name)];
  await removeOthers(options.output, new Set(kept));
  const index = join(options.output, "index.html");
  return { index, problems };
}

async function describe(report: NotebookReport, { sources }: SiteOptions) {
  const path = sources.find((source) => basename(source, ".ipynb") === report.name);
  try {
    const notebook: Notebook = JSON.parse(await Deno.readTextFile(path!));
    return { report, ...aboutNotebook(notebook, report.name), isNotebook: true };
  } catch {
    return { report, title: report.name, description: "", isNotebook: false }; // the report says so
  }
}

/** The files that are notebooks. */
function readable(entries: (IndexEntry & { isNotebook: boolean })[], { sources }: SiteOptions): string[] {
  const names = new Set(entries.filter(({ isNotebook }) => isNotebook).map(({ report }) => report.name));
  return sources.filter((source) => names.has(basename(source, ".ipynb")));
}

/** The inside of each page, by nbconvert. */
async function exportBodies(
  environment: Environment,
  links: Link[],
  texts: Text[],
  { executed, sources }: SiteOptions,
): Promise<{ name: string; html: string }[]> {
  const files = [
    ...links.map((link) => join(executed, `${link.name}.ipynb`)),
    ...texts.map(({ path }) => path),
  ];
  if (files.length === 0) return [];
  const program = fromFileUrl(new URL("./export.py", import.meta.url));
  const folder = sources[0].slice(0, -basename(sources[0]).length - 1);
  const { code, output } = await run(environment.python, {
    args: [program, folder, ...files],
    env: environment.env,
    cwd: environment.root,
  });
  if (code !== 0) throw new SiteError(`The pages could not be made. nbconvert said:\n${tail(output)}`);
  return output.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
}

/** Pages of notebooks that were renamed or are gone. */
async function removeOthers(folder: string, keep: Set<string>): Promise<void> {
  for await (const entry of Deno.readDir(folder)) {
    if (entry.name.endsWith(".html") && !keep.has(basename(entry.name, ".html"))) {
      await Deno.remove(join(folder, entry.name));
    }
  }
}
