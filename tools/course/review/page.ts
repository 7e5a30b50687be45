// The page that shows what changed side by side: build/check/index.html. It needs nothing but itself.
import { join } from "@std/path";
import { writeAtomically } from "../../shared/atomic.ts";
import { describe, type Problem } from "../../checks/problem.ts";
import { sourceOf } from "../../notebooks/notebook_file.ts";
import type { NotebookError } from "../../notebooks/report.ts";
import { escapeHtml } from "../site/page.ts";
import type { Change, Comparison } from "./compare.ts";
import { type Fact, KINDS } from "./fact.ts";
import { type Group, groupsOf, headingOf, nameOf, type Placed } from "./groups.ts";
import { isAsKnown, notReached, type Review } from "./review.ts";
import type { Shown } from "./shown.ts";
import { diffLines, type Piece, type Row } from "./text_diff.ts";

/**
 * Write the page.
 *
 * @param root The project's folder, absolute
 * @param reviews What came of each notebook
 * @param problems What is wrong with their files and cells, apart from what they show
 * @param since The commit that is compared with, if it is not what is accepted now
 * @returns Where it is
 */
export async function writeReview(
  root: string,
  reviews: Review[],
  problems: Problem[] = [],
  since?: string,
): Promise<string> {
  const folder = join(root, "build", "check");
  await Deno.mkdir(folder, { recursive: true });
  const styles = ["../site/style.css", "./page.css"].map((file) =>
    Deno.readTextFile(new URL(file, import.meta.url))
  );
  const css = (await Promise.all(styles)).join("\n");
  const path = join(folder, "index.html");
  await writeAtomically(path, reviewPage(reviews, problems, css, since));
  return path;
}

/** The page as HTML. */
export function reviewPage(reviews: Review[], problems: Problem[], css: string, since?: string): string {
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
<p>${count(cells, "cell")} ${cells === 1 ? "says or shows" : "say or show"} something else than before,
${count(same, "cell")} ${same === 1 ? "shows" : "show"} the same${
    lost > 0 ? `, ${count(lost, "cell")} ${lost === 1 ? "was" : "were"} not reached` : ""
  }. Elapsed times are not compared.</p>
${since ? `<p>Compared with the commit <code>${escapeHtml(since)}</code>.</p>` : ""}
${!isMeant || since ? "" : "<p>If a change is meant: <code>deno task check --update</code></p>"}
<nav><ul>
${entries.map(entry).join("\n")}
</ul></nav>
</header>
<main>
${problemSection(problems)}
${entries.map(failures).filter(Boolean).join("\n")}
${changeSections(reviews)}
<h2>Notebook by notebook</h2>
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
  const changed = reviews.filter(({ comparison }) => comparison && comparison.changed.length > 0).length;
  const wrong = reviews.reduce(
    (sum, { report, comparison }) => sum + (comparison ? report.errors.length : 0),
    0,
  );
  const of = ` of ${count(reviews.length, "notebook")}`;
  return [
    changed > 0 && `${changed}${of} changed`,
    failed > 0 && `${failed}${changed > 0 ? "" : of} failed`,
    wrong > 0 && `${count(wrong, "wrong number")} in the text`,
    changed + failed + wrong === 0 && "Nothing has changed",
    problems.length > 0 && `${count(problems.length, "problem")} in files`,
  ].filter(Boolean).join(", ");
}

function problemSection(problems: Problem[]): string {
  if (problems.length === 0) return "";
  const entries = problems.map((problem) => `<pre class="error">${escapeHtml(describe([problem]))}</pre>`);
  return `<section id="problems"><h2>Files and cells: ${count(problems.length, "problem")}</h2>
${entries.join("\n")}</section>`;
}

const count = (n: number, what: string) => `${n.toLocaleString("en-US")} ${what}${n === 1 ? "" : "s"}`;

function entry(review: Entry): string {
  const { report, comparison, problems } = review;
  const lost = notReached(review);
  const wrong = report.errors.length;
  const state = [
    !comparison ? "failed" : wrong > 0 && count(wrong, "wrong number"),
    comparison && comparison.changed.length > 0 && `${count(comparison.changed.length, "cell")} changed`,
    isAsKnown(review) && "same",
    lost > 0 && `${count(lost, "cell")} not reached`,
    problems.length > 0 && count(problems.length, "problem"),
  ].filter(Boolean).join(", ");
  return `<li class="${
    markOf(review)
  }"><a href="#${report.name}">${report.name}</a> <span>${state}</span></li>`;
}

/** Red or green. */
const markOf = (review: Entry) => isAsKnown(review) && review.problems.length === 0 ? "same" : "changed";

/** What keeps a notebook from its end, and numbers in its text that are not those of its cells. */
function failures(review: Entry): string {
  const { report: { name, errors }, comparison } = review;
  if (errors.length === 0) return "";
  const heading = comparison ? `${name}: ${count(errors.length, "wrong number")} in the text` : name;
  return `<section><h2>${heading}</h2>
${errors.map((error) => failedCell(review, error)).join("\n")}
</section>`;
}

const HEADINGS = { numbers: "Numbers", texts: "Texts", looks: "Looks" };

/** All changes by what they are about, those with one cause together. */
function changeSections(reviews: Review[]): string {
  const groups = groupsOf(reviews);
  return KINDS.map((kind) => {
    const own = groups.filter((group) => group.kind === kind);
    const changes = own.reduce((sum, { changes }) => sum + changes.length, 0);
    return own.length === 0
      ? ""
      : `<section id="${kind}"><h2>${HEADINGS[kind]}: ${count(changes, "change")}</h2>
${own.map((group) => oneGroup(reviews, group)).join("\n")}
</section>`;
  }).filter(Boolean).join("\n");
}

function oneGroup(reviews: Review[], group: Group): string {
  const [first, ...others] = group.changes.map((placed) => placedChange(reviews, placed));
  if (others.length === 0) return first;
  return `<div class="group"><h3>${escapeHtml(headingOf(group))}</h3>
${first}
<details><summary>${count(others.length, "change")} more with the same cause</summary>
${others.join("\n")}
</details></div>`;
}

function section(review: Entry): string {
  const { report, comparison, problems } = review;
  const above = problems.length > 0
    ? `<p><a href="#problems">${count(problems.length, "problem")} in its file</a></p>\n`
    : "";
  const links = (comparison?.changed ?? []).map(({ cell, id, changes }) => {
    const whats = [...new Set(changes.map(nameOf))].join(", ");
    const anchor = `#${report.name}-${escapeHtml(id)}-${changes[0].what.replace(" ", "-")}`;
    return `<li>${cellName(cell, id)}: <a href="${anchor}">${whats}</a></li>`;
  });
  const body = links.length > 0 ? `<ul class="cells">${links.join("\n")}</ul>\n` : "";
  return `<section id="${report.name}" class="notebook ${markOf(review)}">
<h3>${report.name}</h3>
${above}${body}${comparison ? unchanged(comparison) : "<p>It failed; see above.</p>"}
</section>`;
}

const cellName = (cell: number, id: string) =>
  `${cell < 0 ? "A cell that is gone" : `Cell ${cell + 1}`} <code>${escapeHtml(id)}</code>`;

function failedCell(review: Review, { cell, cellId, message, inText }: NotebookError): string {
  const state = inText ? "has a wrong number" : "failed";
  return `<article>
<h3>${cell < 0 ? "The notebook" : cellName(cell, cellId)} ${state}</h3>
${whatItDoes(review, cell)}
<pre class="error">${escapeHtml(message)}</pre>
</article>`;
}

function whatItDoes({ notebook }: Review, cell: number): string {
  if (!notebook.cells[cell]) return "";
  const what = notebook.cells[cell].cell_type === "code" ? "does" : "says";
  const source = escapeHtml(sourceOf(notebook.cells[cell]));
  return `<details><summary>What the cell ${what}</summary><pre>${source}</pre></details>`;
}

function placedChange(reviews: Review[], { name, cell, id, change }: Placed): string {
  const { what, file, before, after, facts } = change;
  const state = before === undefined ? "new" : after === undefined ? "gone" : "changed";
  const review = reviews.find(({ report }) => report.name === name)!;
  const own = what === "cell text" || what === "code" ? "" : whatItDoes(review, cell);
  return `<article id="${name}-${escapeHtml(id)}-${what.replace(" ", "-")}">
<h4><a href="#${name}">${name}</a>, ${cellName(cell, id)}: ${nameOf(change)}${
    file ? ` <code>${escapeHtml(file)}</code>` : ""
  }, ${state}</h4>
${own}
${factList(facts)}
${what === "picture" ? pictures(change) : textDiff(String(before ?? ""), String(after ?? ""))}
</article>`;
}

/** Phrases that are shown at once. */
const MOST_FACTS = 6;

function factList(facts: Fact[]): string {
  const list = (part: Fact[]) =>
    `<ul class="facts">${part.map(({ says }) => `<li>${escapeHtml(says)}</li>`).join("")}</ul>`;
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
