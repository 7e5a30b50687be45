// The page that shows what changed side by side: build/check/index.html. It needs nothing but itself.
import { join } from "@std/path";
import { writeAtomically } from "../atomic.ts";
import { describe, type Problem } from "../checks/problem.ts";
import { sourceOf } from "../notebooks/notebook_file.ts";
import type { NotebookError } from "../notebooks/report.ts";
import { escapeHtml } from "../site/page.ts";
import type { Change, ChangedCell, Comparison } from "./compare.ts";
import { notReached, type Review } from "./review.ts";
import type { Shown } from "./shown.ts";
import { diffLines, type Piece, type Row } from "./text_diff.ts";

/**
 * Write the page.
 *
 * @param root The project's folder, absolute
 * @param reviews What came of each notebook
 * @param problems What is wrong with their files and cells, apart from what they show
 * @returns Where it is
 */
export async function writeReview(
  root: string,
  reviews: Review[],
  problems: Problem[] = [],
): Promise<string> {
  const folder = join(root, "build", "check");
  await Deno.mkdir(folder, { recursive: true });
  const css = await Deno.readTextFile(new URL("./page.css", import.meta.url));
  const path = join(folder, "index.html");
  await writeAtomically(path, reviewPage(reviews, problems, css));
  return path;
}

/** The page as HTML. */
export function reviewPage(reviews: Review[], problems: Problem[], css: string): string {
  const entries = reviews.map((review): Entry => ({ ...review, problems: problemsOf(review, problems) }));
  const heading = headline(reviews, problems);
  const isMeant = reviews.some(({ comparison }) => comparison && comparison.changed.length > 0);
  const cells = reviews.reduce((sum, { comparison }) => sum + (comparison?.changed.length ?? 0), 0);
  const same = reviews.reduce((sum, { comparison }) => sum + (comparison?.same.length ?? 0), 0);
  const lost = reviews.reduce((sum, review) => sum + notReached(review), 0);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${heading} · backprop</title>
<style>
${css}
</style>
</head>
<body>
<header>
<p class="project">backprop · notebooks executed and compared</p>
<h1>${heading}</h1>
<p>${count(cells, "cell")} ${cells === 1 ? "shows" : "show"} something else than before,
${count(same, "cell")} ${same === 1 ? "shows" : "show"} the same${
    lost > 0 ? `, ${count(lost, "cell")} ${lost === 1 ? "was" : "were"} not reached` : ""
  }. Elapsed times are not compared.</p>
${!isMeant ? "" : "<p>If a change is meant: <code>deno task check --update</code></p>"}
<nav><ul>
${entries.map(entry).join("\n")}
</ul></nav>
</header>
<main>
${problemSection(problems)}
${entries.map(section).join("\n")}
</main>
</body>
</html>
`;
}

/** What came of one notebook, with what is wrong with its file and cells. */
interface Entry extends Review {
  problems: Problem[];
}

const problemsOf = ({ report }: Review, problems: Problem[]) =>
  problems.filter(({ file }) => file === join("notebooks", `${report.name}.ipynb`));

/** Such as `2 of 6 notebooks changed, 1 failed, 4 problems in files`. */
function headline(reviews: Review[], problems: Problem[]): string {
  const failed = reviews.filter(({ comparison }) => !comparison).length;
  const changed = reviews.filter(isChanged).length - failed;
  const of = ` of ${count(reviews.length, "notebook")}`;
  return [
    changed > 0 && `${changed}${of} changed`,
    failed > 0 && `${failed}${changed > 0 ? "" : of} failed`,
    changed + failed === 0 && "Nothing has changed",
    problems.length > 0 && `${count(problems.length, "problem")} in files`,
  ].filter(Boolean).join(", ");
}

function problemSection(problems: Problem[]): string {
  if (problems.length === 0) return "";
  const entries = problems.map((problem) => `<pre class="error">${escapeHtml(describe([problem]))}</pre>`);
  return `<section id="problems"><h2>Files and cells: ${count(problems.length, "problem")}</h2>
${entries.join("\n")}</section>`;
}

const isChanged = ({ report }: Review) => report.errors.length > 0;
const count = (n: number, what: string) => `${n.toLocaleString("en-US")} ${what}${n === 1 ? "" : "s"}`;

function entry(review: Entry): string {
  const { report, comparison, problems } = review;
  const lost = notReached(review);
  const state = [
    !comparison
      ? "failed"
      : isChanged(review)
      ? `${count(comparison.changed.length, "cell")} changed`
      : "same",
    lost > 0 && `${count(lost, "cell")} not reached`,
    problems.length > 0 && count(problems.length, "problem"),
  ].filter(Boolean).join(", ");
  return `<li class="${
    markOf(review)
  }"><a href="#${report.name}">${report.name}</a> <span>${state}</span></li>`;
}

/** Red or green. */
const markOf = (review: Entry) => isChanged(review) || review.problems.length > 0 ? "changed" : "same";

function section(review: Entry): string {
  const { report, comparison, problems } = review;
  const body = comparison
    ? [...comparison.changed.map((cell) => changedCell(review, cell)), unchanged(comparison)]
    : report.errors.map((error) => failedCell(review, error));
  const above = problems.length > 0
    ? `<p><a href="#problems">${count(problems.length, "problem")} in its file</a></p>\n`
    : "";
  return `<section id="${report.name}" class="${markOf(review)}">
<h2>${report.name}</h2>
${above}${body.join("\n")}
</section>`;
}

const cellName = (cell: number, id: string) =>
  `${cell < 0 ? "A cell that is gone" : `Cell ${cell + 1}`} <code>${escapeHtml(id)}</code>`;

function changedCell(review: Review, { cell, id, changes }: ChangedCell): string {
  return `<article id="${review.report.name}-${escapeHtml(id)}">
<h3>${cellName(cell, id)}</h3>
${whatItDoes(review, cell)}
${changes.map(oneChange).join("\n")}
</article>`;
}

function failedCell(review: Review, { cell, cellId, message }: NotebookError): string {
  return `<article>
<h3>${cell < 0 ? "The notebook" : cellName(cell, cellId)} failed</h3>
${whatItDoes(review, cell)}
<pre class="error">${escapeHtml(message)}</pre>
</article>`;
}

function whatItDoes({ notebook }: Review, cell: number): string {
  if (!notebook.cells[cell]) return "";
  const source = escapeHtml(sourceOf(notebook.cells[cell]));
  return `<details><summary>What the cell does</summary><pre>${source}</pre></details>`;
}

function oneChange(change: Change): string {
  const { kind, file, before, after } = change;
  const state = before === undefined ? "new" : after === undefined ? "gone" : "changed";
  const what = kind === "text"
    ? "Text"
    : kind === "picture"
    ? "Picture"
    : file!.endsWith(".json")
    ? "Data"
    : "Source";
  const name = file ? ` <code>${escapeHtml(file)}</code>` : "";
  return `<h4>${what}${name}: ${state}</h4>
${factList(change.facts)}
${kind === "picture" ? pictures(change) : textDiff(String(before ?? ""), String(after ?? ""))}`;
}

/** Phrases that are shown at once. */
const MOST_FACTS = 6;

function factList(facts: string[]): string {
  const list = (part: string[]) =>
    `<ul class="facts">${part.map((fact) => `<li>${escapeHtml(fact)}</li>`).join("")}</ul>`;
  if (facts.length === 0) return "";
  if (facts.length <= MOST_FACTS + 1) return list(facts);
  const [first, rest] = [facts.slice(0, MOST_FACTS), facts.slice(MOST_FACTS)];
  return `${list(first)}<details><summary>${rest.length} more changes</summary>${list(rest)}</details>`;
}

function pictures({ file, before, after, pixels }: Change): string {
  const differ = pixels && pixels.changed > 0;
  const third = differ
    ? figure(
      `Difference: ${pixels.changed.toLocaleString("en-US")} of ${pixels.all.toLocaleString("en-US")} pixels`,
      pixels.picture,
      `${file}, changed pixels marked`,
    )
    : pixels
    ? '<figure class="none"><figcaption>Difference</figcaption><p>Every pixel is the same.</p></figure>'
    : "";
  return `<div class="pictures">${figure("Before", before, `${file} before`)}${
    figure("After", after, `${file} after`)
  }${third}</div>`;
}

function figure(caption: string, picture: string | Uint8Array | undefined, alternative: string): string {
  if (picture === undefined) {
    return `<figure class="none"><figcaption>${caption}</figcaption><p>No picture.</p></figure>`;
  }
  const [type, bytes] = typeof picture === "string"
    ? ["image/svg+xml", new TextEncoder().encode(picture)]
    : ["image/png", picture];
  return `<figure><figcaption>${caption}</figcaption><img alt="${
    escapeHtml(alternative)
  }" src="data:${type};base64,${bytes.toBase64()}"></figure>`;
}

/** Lines that are the same are shown so far around those that are not. */
const CONTEXT = 3;

function textDiff(before: string, after: string): string {
  const rows = diffLines(before.trimEnd(), after.trimEnd());
  const near = rows.map((_, at) =>
    rows.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some(({ same }) => !same)
  );
  const lines: string[] = [];
  for (let at = 0; at < rows.length; at++) {
    if (near[at]) {
      lines.push(row(rows[at]));
      continue;
    }
    const from = at;
    while (at + 1 < rows.length && !near[at + 1]) at++;
    lines.push(`<tr class="left-out"><td colspan="4">… ${count(at - from + 1, "equal line")} …</td></tr>`);
  }
  return `<table class="diff"><colgroup><col class="no"><col><col class="no"><col></colgroup><thead><tr><th colspan="2">Before</th><th colspan="2">After</th></tr></thead>
<tbody>${lines.join("\n")}</tbody></table>`;
}

function row({ before, after, same }: Row): string {
  const side = (part: Row["before"], tag: "del" | "ins") =>
    part === undefined
      ? '<td class="no"></td><td class="nothing"></td>'
      : `<td class="no">${part.line}</td><td class="${same ? "same" : tag}">${marked(part.pieces, tag)}</td>`;
  return `<tr${same ? ' class="equal"' : ""}>${side(before, "del")}${side(after, "ins")}</tr>`;
}

function marked(pieces: Piece[], tag: string): string {
  return pieces.map(({ text, marked }) =>
    marked && text ? `<${tag}>${escapeHtml(text)}</${tag}>` : escapeHtml(text)
  )
    .join("");
}

function unchanged({ same }: Comparison): string {
  const pictures = same.reduce((sum, cell) => sum + picturesOf(cell), 0);
  const rows = same.map((cell) => `<li>${cellName(cell.cell, cell.id)}: ${whatItShows(cell)}</li>`).join(
    "\n",
  );
  const summary = `${count(same.length, "cell")} with ${count(pictures, "picture")} as before`;
  return same.length === 0
    ? ""
    : `<details class="unchanged"><summary>${summary}</summary><ul>${rows}</ul></details>`;
}

const picturesOf = ({ files }: Shown) =>
  [...files.keys()].filter((file) => /\.(?:svg|png)$/.test(file)).length;

function whatItShows(cell: Shown): string {
  const lines = cell.text === "" ? 0 : cell.text.split("\n").length;
  const pictures = picturesOf(cell);
  const others = cell.files.size - pictures;
  return [
    lines > 0 && count(lines, "line"),
    pictures > 0 && count(pictures, "picture"),
    others > 0 && count(others, "other output"),
  ].filter(Boolean).join(", ");
}
