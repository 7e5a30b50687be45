import { CLAIMS, type Verdict } from "../curriculum/claims.ts";
import { placesOf, placesOfClaim } from "../curriculum/check.ts";
import type { Place, Places } from "../curriculum/places.ts";
import { ROWS } from "../curriculum/rows.ts";
import { SOURCES } from "../curriculum/sources.ts";
import { escapeHtml } from "./page.ts";

/** How each verdict is to be read. */
const VERDICTS: Record<Verdict, string> = {
  true: "holds, and a cell shows it",
  qualified: "holds with a condition that belongs to it",
  false: "does not hold, and a cell shows what does",
  unsourced: "nobody says where it comes from",
};

/**
 * The claim ledger and the curriculum, as the inside of a page.
 *
 * @param pages Names of the notebooks that have a page to link to
 */
export function renderCurriculum(places: Places, pages: Set<string>): string {
  const links = (found: Place[]) => found.map((place) => link(place, pages)).join("<br>");
  const claims = CLAIMS.map((entry) =>
    row([
      `<span class="verdict ${entry.verdict}">${entry.verdict}</span>`,
      `${escapeHtml(entry.claim)} <span class="facts">${entry.sources}</span>`,
      escapeHtml(entry.right),
      links(placesOfClaim(entry, places)),
    ])
  );
  const rows = ROWS.map((entry) =>
    row([String(entry.number), escapeHtml(entry.item), entry.sources, links(placesOf(entry, places))])
  );
  const sources = Object.entries(SOURCES).map(([name, title]) =>
    `<dt>${name}</dt><dd>${escapeHtml(title)}</dd>`
  );
  const legend = Object.entries(VERDICTS).map(([verdict, says]) =>
    `<dt><span class="verdict ${verdict}">${verdict}</span></dt><dd>${says}</dd>`
  );
  return `<h1>Claims and curriculum</h1>
<p>The course follows texts that are right in most things and wrong in some. Here is what they claim, what the cells of
the notebooks say to it, and where everything that was promised is delivered.</p>
<dl class="legend">${legend.join("")}</dl>
<h2>The claim ledger</h2>
${table(["Verdict", "Claim", "What is right", "Shown in"], claims)}
<h2>The curriculum</h2>
${table(["Row", "What", "Texts", "Delivered in"], rows)}
<h2>The texts</h2>
<dl class="legend">${sources.join("")}</dl>`;
}

function link({ notebook, cell, id }: Place, pages: Set<string>): string {
  const text = `${notebook.slice(0, 2)} ${escapeHtml(id)}`;
  return pages.has(notebook) ? `<a href="${encodeURI(notebook)}.html#cell-${cell}">${text}</a>` : text;
}

const row = (cells: string[]) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;

function table(heads: string[], rows: string[]): string {
  const head = `<tr>${heads.map((name) => `<th scope="col">${name}</th>`).join("")}</tr>`;
  return `<div class="scroll"><table class="ledger"><thead>${head}</thead><tbody>\n${
    rows.join("\n")
  }\n</tbody></table></div>`;
}
