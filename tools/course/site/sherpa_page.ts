// The JSON block of sherpa.md as a person reads it: the rubric as tables, the hint ladders folded up, rung by rung.
import type { CellName, Criterion, Ladder, Level, Pitfall, Sherpa } from "../sherpa/rubric.ts";
import { escapeHtml } from "./page.ts";
import type { CellPlaces } from "./text_page.ts";

/** Rubric, pitfalls and ladders, as a part of a page. */
export function renderSherpa({ criteria, pitfalls, exercises }: Sherpa, places: CellPlaces): string {
  const notebooks = [...new Set(exercises.map(({ notebook }) => notebook))];
  return [
    `<p class="facts">This page shows the block as tables; programs and tutors read it in <a
href="../../notebooks/sherpa.md">sherpa.md</a>.</p>`,
    ...criteria.map((criterion) => renderCriterion(criterion, places)),
    '<h2 id="pitfalls">Pitfalls</h2>',
    ...pitfalls.map((pitfall) => renderPitfall(pitfall, places)),
    '<h2 id="ladders">Hint ladders</h2>',
    "<p>One exercise after the other, each hint by itself. Open as few as you can.</p>",
    ...notebooks.map((notebook) =>
      `<h3>${places.has(notebook) ? `<a href="${notebook}.html">${notebook}</a>` : notebook}</h3>\n` +
      exercises.filter((ladder) => ladder.notebook === notebook).map(renderLadder).join("\n")
    ),
  ].join("\n");
}

function renderCriterion({ id, title, question, levels, evidence }: Criterion, places: CellPlaces): string {
  return `<h3 id="${escapeHtml(id)}">${escapeHtml(title)}</h3>
<p><em>${escapeHtml(question)}</em></p>
<table class="rubric"><tbody>
${levels.map(renderLevel).join("\n")}
</tbody></table>
<p class="facts">Seen in ${links(evidence, places)}</p>`;
}

const renderLevel = ({ level, name, shows }: Level) =>
  `<tr><td>${level} ${escapeHtml(name)}</td><td>${escapeHtml(shows)}</td></tr>`;

function renderPitfall({ id, title, says, question, good, evidence }: Pitfall, places: CellPlaces): string {
  return `<h3 id="${escapeHtml(id)}">${escapeHtml(title)}</h3>
<p>One hears: “${escapeHtml(says)}”</p>
<p><em>${escapeHtml(question)}</em></p>
<details><summary>A good answer</summary><p>${escapeHtml(good)}</p></details>
<p class="facts">Seen in ${links(evidence, places)}</p>`;
}

function renderLadder({ cell, part, task, ladder }: Ladder): string {
  const rungs = ladder.map((hint, index) =>
    `<details><summary>Hint ${index + 1}</summary><p>${escapeHtml(hint)}</p></details>`
  );
  const name = part ? `${cell}, ${part}` : cell;
  return `<details><summary><code>${escapeHtml(name)}</code> <span class="task">${
    escapeHtml(task)
  }</span></summary>
${rungs.join("\n")}
</details>`;
}

function links(evidence: CellName[], places: CellPlaces): string {
  return evidence.map(({ notebook, cell }) => {
    const text = `${notebook.slice(0, 2)} ${escapeHtml(cell)}`;
    const place = places.get(notebook)?.get(cell);
    return place ? `<a href="${encodeURI(notebook)}.html#cell-${place}">${text}</a>` : text;
  }).join(" · ");
}
