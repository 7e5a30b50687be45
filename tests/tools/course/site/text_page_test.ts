import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { renderSherpa } from "../../../../tools/course/site/sherpa_page.ts";
import { finishText, linkCells } from "../../../../tools/course/site/text_page.ts";

const places = new Map([["02_back", new Map([["chain-heading", 7], ["order", 9]])]]);
const sherpa = {
  version: 1,
  criteria: [{
    id: "four-steps",
    title: "Four <steps>",
    question: "Which?",
    levels: [{ level: 0, name: "not yet", shows: "Says nothing." }],
    evidence: [{ notebook: "02_back", cell: "order" }, { notebook: "03_loop", cell: "step" }],
  }],
  pitfalls: [{ id: "p", title: "P", says: "It is so.", question: "Is it?", good: "No.", evidence: [] }],
  exercises: [{
    notebook: "02_back",
    cell: "order",
    part: "C1",
    task: "Do it.",
    ladder: ["First.", "Then."],
  }],
};

Deno.test("linkCells() makes links of a notebook's cells in its part, and of numbered ones anywhere", () => {
  const html =
    "<p><code>chain-heading</code> <code>02 order</code></p><h2 id='a'>02 Back</h2><code>chain-heading</code>" +
    "<code>let-it-be</code><h2>Rubric</h2><code>order</code>";
  assertEquals(
    linkCells(html, places),
    '<p><code>chain-heading</code> <a href="02_back.html#cell-9"><code>02 order</code></a></p>' +
      "<h2 id='a'>02 Back</h2>" +
      '<a href="02_back.html#cell-7"><code>chain-heading</code></a><code>let-it-be</code>' +
      "<h2>Rubric</h2><code>order</code>",
  );
});

Deno.test("renderSherpa() shows levels in a table, links to cells that there are, and folds each hint", () => {
  const html = renderSherpa(sherpa, places);
  assertStringIncludes(html, '<h3 id="four-steps">Four &lt;steps&gt;</h3>');
  assertStringIncludes(html, "<td>0 not yet</td><td>Says nothing.</td>");
  assertStringIncludes(html, '<a href="02_back.html#cell-9">02 order</a> · 03 step');
  assertStringIncludes(html, '<summary><code>order, C1</code> <span class="task">Do it.</span></summary>');
  assertEquals(html.match(/<details><summary>Hint \d<\/summary>/g)?.length, 2);
});

Deno.test("finishText() replaces the block of sherpa.md, and says what is wrong with it", () => {
  const block = '<p>a</p><pre class="json">{}</pre><p>b</p>';
  const text = (markdown: string) => ({ name: "sherpa", title: "", path: "", markdown });
  const good = finishText(block, text("```json\n" + JSON.stringify(sherpa) + "\n```\n"), places);
  assertEquals(good.problems, []);
  assert(!good.html.includes("<pre"));
  assertStringIncludes(good.html, '<table class="rubric">');
  assert(good.html.endsWith("<p>b</p>"));
  const bad = finishText(block, text("```json\n{}\n```\n"), places);
  assertEquals(bad, {
    html: block,
    problems: ["sherpa.md: the block.version: expected 1, got undefined."],
  });
  assertEquals(finishText(block, { ...text(""), name: "guide" }, places), { html: block, problems: [] });
  const table = "<table><tr><td>1</td></tr></table>";
  const { html } = finishText(table, { ...text(""), name: "guide" }, places);
  assertEquals(html, `<div class="scroll">${table}</div>`);
});
