// The page that a student gets back: the score, then what failed and what to try, then the rest.
import { escapeHtml } from "../course/site/page.ts";
import { STUB } from "../learner/edition.ts";
import { type Answer, writtenFor } from "./answers.ts";
import type { Assignment } from "./course.ts";
import type { Graded, GradedCell, Output } from "./grade_one.ts";
import { EMPTY, explain, type Explanation } from "./explain.ts";
import { pageOf } from "./page.ts";
import { type Row, rowOf } from "./rows.ts";

/**
 * The page for one submission, as HTML. It shows what the student wrote and what came of it, but runs nothing: pictures
 * are pictures, and everything else is text.
 */
export async function feedbackPage(
  student: string,
  assignment: Assignment,
  graded: Graded,
  row: Row = rowOf(student, assignment, graded),
): Promise<string> {
  const lost = assignment.checks.filter(({ id, points }) => row.points[id] < points);
  const parts = [
    `<p class="quiet">${escapeHtml(assignment.name)}</p><h1>${escapeHtml(student)}</h1>`,
  ];
  if (graded.notes.length > 0) {
    const notes = graded.notes.slice(0, 12).map((note) => `<li>${escapeHtml(note)}</li>`).join("");
    parts.push(`<div class="note">Before the marks, what was different in your file:<ul>${notes}</ul></div>`);
  }
  if (row.comments) {
    const said = row.comments.map(({ check, text }) =>
      `<li>${check ? `${escapeHtml(check)}: ` : ""}${escapeHtml(text)}</li>`
    );
    parts.push(`<div class="note">From your instructor:<ul>${said.join("")}</ul></div>`);
  }
  parts.push(
    `<p class="score"><b>${row.total}</b> of ${row.of} points${
      row.byHand ? ', <span class="quiet">some given by hand</span>' : ""
    }</p>`,
    `<div class="bar"><i style="width:${row.of > 0 ? 100 * row.total / row.of : 0}%"></i></div>`,
  );
  if (graded.unreadable || graded.broken) {
    const why = graded.unreadable ?? "The grader could not finish. Your instructor knows.";
    parts.push(`<p class="note">Nothing could be graded: ${escapeHtml(why)}</p>`);
    return await pageOf(`${student}: ${assignment.name}`, parts.join("\n"));
  }
  if (lost.length > 0) {
    parts.push(`<h2>To look at again</h2>`);
    for (const check of lost) parts.push(failed(check, row.points[check.id], graded));
  }
  const right = assignment.checks.filter(({ id, points }) => row.points[id] >= points);
  if (right.length > 0) parts.push("<h2>Right</h2>", table(right, row.points));
  parts.push(
    "<h2>Your notebook</h2><details><summary>All cells with code, as they were run</summary>",
    ...graded.cells.filter(({ type, source }) => type === "code" && source.trim()).map((cell) =>
      wholeCell(cell)
    ),
    "</details>",
  );
  return await pageOf(`${student}: ${assignment.name}`, parts.join("\n"));
}

type Check = Assignment["checks"][number];

function failed(check: Check, points: number, graded: Graded) {
  const { id, points: of, exercise } = check;
  const cell = graded.cells.find(({ grade }) => grade === id);
  const { shown: answers, told } = whatHappened(check, graded.cells);
  const facts = told.facts.map(([name, text]) =>
    `<dt>${escapeHtml(name)}</dt><dd${/expected|got|where/.test(name) ? ' class="value"' : ""}>${
      escapeHtml(text)
    }</dd>`
  );
  const advice = [["Likely slip", told.slip], ["Try this", told.hint]].flatMap(([name, text]) =>
    text ? [`<b>${name}:</b> ${escapeHtml(text)}`] : []
  );
  return `<article class="check bad"><header><h3>${escapeHtml(exercise)} <span class="quiet">· ${
    escapeHtml(id)
  }</span></h3><span class="points">${points} of ${of}</span></header><div class="body">
<p>${escapeHtml(told.sentence)}</p>
${facts.length > 0 ? `<dl>${facts.join("")}</dl>` : ""}
<div class="hint">${advice.join("<br>")}</div>
${
    answers.length > 0
      ? `<details><summary>Your code</summary>${
        answers.map(({ source }) => `<pre>${escapeHtml(source)}</pre>`).join("")
      }</details>`
      : ""
  }
${
    cell
      ? `<details><summary>The check</summary><pre>${escapeHtml(cell.source)}</pre>${
        (cell.outputs ?? []).map((output) => shown(output)).join("")
      }</details>`
      : ""
  }
</div></article>`;
}

/** Which cells of the student's to show with a check that failed, and what to say. */
function whatHappened({ id, answers }: Check, cells: GradedCell[]): {
  shown: GradedCell[];
  told: Explanation;
} {
  const error = errorOf(cells.find(({ grade }) => grade === id));
  const message = error?.message ?? "";
  const written = writtenFor(answers, cells, id);
  const own = written.filter(({ answer }) => answer.direct).flatMap(({ cells }) => cells);
  // Where a name was defined more than once, the last one is what the check met.
  const counts = written.flatMap(({ answer, cells }) => {
    const cell = cells.at(-1);
    return cell ? [{ ...answer, cell }] : [];
  });
  const near = counts.filter(({ direct }) => direct), far = counts.filter(({ direct }) => !direct);
  const isEmpty = ({ cell }: { cell: GradedCell }) => cell.source.includes(STUB);
  if (EMPTY.test(message)) {
    const empty = near.some(isEmpty) ? undefined : far.find(isEmpty);
    return {
      shown: empty ? [...own, empty.cell] : own,
      told: explain(error, undefined, empty !== undefined),
    };
  }
  const isMeant = ({ names }: Answer) =>
    /is missing: the cell/.test(message) ||
    names.some((name) => message.startsWith(`${name} is not defined`));
  const broken = near.find(({ cell }) => errorOf(cell)) ??
    far.find((one) => errorOf(one.cell) && isMeant(one));
  const shown = broken && !broken.direct ? [...own, broken.cell] : own;
  return { shown, told: explain(error, errorOf(broken?.cell)) };
}

function errorOf(cell: GradedCell | undefined) {
  return cell?.outputs?.find((output) => "error" in output);
}

function table(checks: Check[], points: Record<string, number>): string {
  const rows = checks.map(({ id, exercise, points: of }) =>
    `<tr><td>${escapeHtml(exercise)}</td><td class="quiet">${escapeHtml(id)}</td>` +
    `<td class="number good">${points[id]} of ${of}</td></tr>`
  );
  return `<table>${rows.join("")}</table>`;
}

function wholeCell({ id, source, from, outputs = [] }: GradedCell): string {
  return `<p class="quiet">${escapeHtml(id ?? "")}</p><pre>${escapeHtml(source)}</pre>${
    outputs.map((output) => shown(output, from)).join("")
  }`;
}

function shown(output: Output, from: GradedCell["from"] = "source"): string {
  if ("text" in output) {
    return output.text.trim() ? `<pre>${escapeHtml(output.text)}</pre>` : "";
  }
  if ("error" in output) {
    // The trace shows lines of the cell: the student's own may be shown.
    const text = from === "student" && output.trace ? output.trace : `${output.error}: ${output.message}`;
    return `<pre class="error">${escapeHtml(text)}</pre>`;
  }
  // As the source of an image, an SVG runs no scripts and loads nothing.
  const data = output.picture === "image/png" ? output.data.replaceAll(/[^A-Za-z0-9+/=]/g, "") : undefined;
  const url = data === undefined
    ? `data:image/svg+xml;utf8,${encodeURIComponent(output.data)}`
    : `data:image/png;base64,${data}`;
  return `<p><img alt="what the cell drew" src="${escapeHtml(url)}"></p>`;
}
