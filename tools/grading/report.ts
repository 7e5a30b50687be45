// The page for the instructor: who has which mark, and which submissions to look at.
import { escapeHtml } from "../course/site/page.ts";
import { pageOf } from "./page.ts";
import type { Row } from "./rows.ts";

/** What else the page says. */
export interface ReportFacts {
  /** Files in the folder that are no submission, lines of the roster or of the comments that fit nobody. */
  strange: string[];
  /** How submissions were kept apart. */
  walls: string;
  seconds: number;
}

/** The report, as HTML: special cases first. */
export async function reportPage(rows: Row[], { strange, walls, seconds }: ReportFacts): Promise<string> {
  const special = rows.filter(({ status }) => status !== "graded");
  const parts = [
    `<h1>Marks</h1><p class="quiet">${rows.length} submissions, ${Math.round(seconds)} s. ${
      escapeHtml(walls)
    }</p>`,
  ];
  if (special.length > 0) {
    parts.push("<h2>To look at</h2><table>");
    parts.push("<tr><th>student</th><th>assignment</th><th>what</th><th class=number>points</th></tr>");
    for (const row of special) {
      const what = row.status === "look" ? row.note : `${row.status}${row.note ? `: ${row.note}` : ""}`;
      parts.push(
        `<tr><td>${link(row)}</td><td>${escapeHtml(row.assignment)}</td><td>${escapeHtml(what)}</td>` +
          `<td class=number>${row.total}</td></tr>`,
      );
    }
    parts.push("</table>");
  }
  if (strange.length > 0) {
    parts.push("<h2>What does not fit</h2><ul>");
    parts.push(...strange.map((one) => `<li>${escapeHtml(one)}</li>`), "</ul>");
  }
  for (const assignment of new Set(rows.map((row) => row.assignment))) {
    parts.push(...table(assignment, rows.filter((row) => row.assignment === assignment)));
  }
  return await pageOf("Marks", parts.join("\n"));
}

function table(assignment: string, rows: Row[]): string[] {
  const totals = rows.map(({ total }) => total).sort((a, b) => a - b);
  const middle = (totals[(totals.length - 1) >> 1] + totals[totals.length >> 1]) / 2;
  const lost = Object.keys(rows[0].points).map((id) => {
    const right = rows.filter(({ points }) => points[id] > 0).length;
    return `<tr><td>${escapeHtml(id)}</td><td class=number>${right} of ${rows.length}</td></tr>`;
  });
  return [
    `<h2>${escapeHtml(assignment)}</h2><p class="quiet">Median ${middle} of ${rows[0].of} points.</p>`,
    "<table><tr><th>student</th><th class=number>points</th></tr>",
    ...rows.map((row) => `<tr><td>${link(row)}</td><td class=number>${row.total}</td></tr>`),
    "</table><details><summary>How many passed each check</summary><table>",
    ...lost,
    "</table></details>",
  ];
}

function link({ student, assignment, status }: Row): string {
  if (status === "not handed in") return escapeHtml(student);
  const path = ["feedback", student, `${assignment}.html`].map(encodeURIComponent).join("/");
  return `<a href="${escapeHtml(path)}">${escapeHtml(student)}</a>`;
}
