import { formatSeconds } from "../../shared/progress.ts";
import { cellName } from "../../notebooks/cell_name.ts";
import { formatResult, type NotebookReport } from "../../notebooks/report.ts";
import { type Notebook, sourceOf } from "../../notebooks/notebook_file.ts";
import { escapeHtml, type Link } from "./page.ts";

/** More named numbers than so many are folded away. */
const SHOWN = 6;

/** What the list of notebooks says of one. */
export interface IndexEntry {
  report: NotebookReport;
  title: string;
  description: string;
}

/**
 * The list of notebooks, as the inside of a page.
 *
 * @param entries In the order of the course
 * @param pages Names of the notebooks that have a page; one that could not be executed at all has none
 * @param texts Pages of the texts beside the notebooks
 */
export function renderIndex(entries: IndexEntry[], pages: Set<string>, texts: Link[] = []): string {
  const items = entries.map((entry) => renderEntry(entry, pages.has(entry.report.name)));
  const ledger =
    '<p><a href="curriculum.html">Claims and curriculum</a>: what the course delivers, and where.</p>';
  const beside = texts.map(({ name, title }) =>
    `<li><a href="${encodeURI(name)}.html">${escapeHtml(title)}</a></li>`
  );
  const guides = beside.length > 0 ? `<ul class="texts">\n${beside.join("\n")}\n</ul>\n` : "";
  return `<h1>The notebooks</h1>\n${guides}<ol class="notebooks">\n${items.join("\n")}\n</ol>\n${ledger}`;
}

function renderEntry({ report, title, description }: IndexEntry, hasPage: boolean): string {
  const facts = [`${report.cells} code cells`, formatSeconds(report.seconds)];
  const results = Object.entries(report.results)
    .map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${formatResult(name, value)}</dd></div>`);
  const errors = report.errors.map((error) => {
    const place = error.cell < 0 ? "" : `${cellName(error.cell, error.cellId)}: `;
    return `<p class="failed">Failed: ${escapeHtml(place + error.message.split("\n")[0])}</p>`;
  });
  const heading = hasPage
    ? `<a href="${encodeURI(report.name)}.html">${escapeHtml(title)}</a>`
    : escapeHtml(title);
  return `<li><h2>${heading}</h2>
<p>${escapeHtml(description)}</p>
<p class="facts">${facts.join(" · ")}</p>
${errors.join("\n")}
${listResults(results)}</li>`;
}

/** Few are shown; many only when they are asked for. */
function listResults(results: string[]): string {
  if (results.length === 0) return "";
  const list = `<dl class="results">${results.join("")}</dl>`;
  if (results.length <= SHOWN) return list;
  return `<details><summary>${results.length} named numbers</summary>${list}</details>`;
}

/**
 * Title and description of a notebook: its first heading and the first paragraph of its first text cell, as plain text.
 *
 * @example
 * ```ts
 * import { aboutNotebook } from "./index_page.ts";
 *
 * const cells = [{ cell_type: "markdown", source: "# Digits\n\nA network learns *real* digits.\n\nMore." }];
 * console.log(aboutNotebook({ cells }, "05_digits")); // { title: "Digits", description: "A network learns real digits." }
 * ```
 */
export function aboutNotebook(notebook: Notebook, name: string): { title: string; description: string } {
  const texts = notebook.cells.filter((cell) => cell.cell_type === "markdown").map(sourceOf);
  const title = texts.join("\n\n").match(/^#{1,6}\s+(.+?)\s*#*$/m)?.[1] ?? name;
  const paragraphs = (texts[0] ?? "").split(/\n\s*\n/).map((text) => text.trim());
  const description = paragraphs.map((text) => text.replace(/^#{1,6}\s.*\n?/, "").trim())
    .find((text) => text && !/^(?:[-*>|!<`]|\d+\.|\$\$)/.test(text)) ?? "";
  return { title: plainText(title), description: plainText(description) };
}

/** Markdown without its marks. */
function plainText(markdown: string): string {
  return markdown.replace(/\s+/g, " ").replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/(\*\*|__|[*`])(.+?)\1/g, "$2").trim();
}
