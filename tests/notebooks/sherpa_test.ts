import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { type Notebook, type NotebookCell, sourceOf } from "../../tools/notebooks/notebook_file.ts";
import { type CellName, readSherpa, SherpaError } from "../../tools/course/sherpa/rubric.ts";
import { namedCells, readRoute } from "../../tools/course/sherpa/route.ts";
import { readNotebooks, readText } from "./course.ts";
import { giveaway } from "./giveaway.ts";

const markdown = await readText("sherpa.md");
const sherpa = readSherpa(markdown);
const route = readRoute(markdown);
const notebooks = await readNotebooks();

const cellOf = ({ notebook, cell }: CellName): NotebookCell | undefined =>
  notebooks.get(notebook)?.cells.find(({ id }) => id === cell);
const isExercise = (cell: NotebookCell) => cell.metadata?.tags?.includes("exercise") ?? false;
/** Names of cells that a notebook should have and has not; a notebook that is not there yet is not missed. */
const missing = (names: CellName[]) =>
  names.filter((name) => notebooks.has(name.notebook) && !cellOf(name))
    .map(({ notebook, cell }) => `${notebook}: ${cell}`);
const headingsOf = ({ cells }: Notebook) =>
  cells.filter((cell) => cell.cell_type === "markdown")
    .flatMap((cell) => [...sourceOf(cell).matchAll(/^## (.+)$/gm)].map((match) => match[1]));

Deno.test("the rubric has five criteria, each with four levels that can be observed", () => {
  assertEquals(sherpa.criteria.length, 5);
  for (const { id, levels, evidence, question } of sherpa.criteria) {
    assertEquals(levels.map(({ level }) => level), [0, 1, 2, 3], id);
    assertEquals(new Set(levels.map(({ shows }) => shows)).size, 4, id);
    assert(evidence.length > 0 && question.includes("?"), id);
  }
  assertEquals(new Set(sherpa.criteria.map(({ id }) => id)).size, 5);
});

Deno.test("the rubric has three pitfalls, each with a question on which it fails", () => {
  assertEquals(sherpa.pitfalls.length, 3);
  for (const { question, evidence } of sherpa.pitfalls) assert(question.includes("?") && evidence.length > 0);
});

Deno.test("readSherpa() says where the block has another shape", () => {
  const block = (value: unknown) => "```json\n" + JSON.stringify(value, null, 2) + "\n```\n";
  const wrong = (change: object, says: string) =>
    assertThrows(() => readSherpa(block({ ...sherpa, ...change })), SherpaError, says);
  assertEquals(readSherpa(block(sherpa)), sherpa);
  wrong({ version: 2 }, "the block.version: expected 1, got 2");
  wrong({ exercises: [{ notebook: "00", cell: "a", task: "b", ladder: "c" }] }, "exercises[0].ladder");
  wrong({ exercises: [{ notebook: "00", cell: "a", task: "", ladder: [] }] }, "exercises[0].task");
  wrong({ pitfalls: [{ ...sherpa.pitfalls[0], gooood: "" }] }, '"gooood" is none of its fields');
  assertThrows(() => readSherpa("no block"), SherpaError, "there are 0");
  assertThrows(() => readSherpa("```json\n{\n```\n"), SherpaError, "not JSON");
});

Deno.test("every cell that the JSON names is there", () => {
  const evidence = [...sherpa.criteria, ...sherpa.pitfalls].flatMap((entry) => entry.evidence);
  assertEquals(missing([...evidence, ...sherpa.exercises]), []);
});

Deno.test("every cell that the prose names is there", () => {
  const full = (number: string) => route.find(({ notebook }) => notebook.startsWith(number))?.notebook ?? "";
  const named = namedCells(markdown).map(({ number, cell }) => ({ notebook: full(number), cell }));
  assert(named.length > 10 && named.every(({ notebook }) => notebook !== ""));
  const ofSections = route.flatMap(({ notebook, sections }) =>
    sections.flatMap(({ cells, exercises }) => [...cells, ...exercises].map((cell) => ({ notebook, cell })))
  );
  assertEquals(missing([...named, ...ofSections]), []);
});

Deno.test("every section of the route has cells, a goal, a question, a misconception, and a sign to go on", () => {
  for (const { notebook, sections } of route) {
    for (const { heading, cells, points } of sections) {
      const where = `${notebook}: ${heading}`;
      assert(cells.length === 1 || cells.length === 2, where);
      for (const point of ["Goal", "Ask", "Often believed", "Go on"]) assert(points.includes(point), where);
    }
  }
});

Deno.test("every heading of every notebook has its section, or is one of those that end all notebooks", () => {
  const ending = markdown.split("### The end of every notebook")[1].split("\n#")[0];
  for (const [name, notebook] of notebooks) {
    const part = route.find((part) => part.notebook === name);
    assert(part, `sherpa.md has no part for ${name}`);
    const covered = part.sections.map(({ heading }) => heading);
    const headings = headingsOf(notebook);
    const left = headings.filter((heading) =>
      !covered.includes(heading) && !ending.includes(`**${heading}**`)
    );
    assertEquals(left, [], `headings of ${name} without a section`);
    const gone = covered.filter((heading) => !headings.includes(heading));
    assertEquals(gone, [], `sections of the part on ${name} that the notebook does not have`);
  }
});

Deno.test("every exercise of every notebook has a ladder of three rungs or more", () => {
  for (const [name, { cells }] of notebooks) {
    for (const { id } of cells.filter(isExercise)) {
      const ladders = sherpa.exercises.filter(({ notebook, cell }) => notebook === name && cell === id);
      assert(ladders.length > 0, `${name}: ${id} has no ladder`);
      for (const { ladder } of ladders) assert(ladder.length >= 3, `${name}: ${id} has too few rungs`);
    }
  }
});

Deno.test("every ladder belongs to a section that sends to it", () => {
  for (const { notebook, cell } of sherpa.exercises) {
    const sections = route.find((part) => part.notebook === notebook)?.sections ?? [];
    assert(sections.some(({ exercises }) => exercises.includes(cell)), `${notebook}: ${cell}`);
  }
});

Deno.test("no two rungs of a ladder are the same, and no two ladders are for the same question", () => {
  for (const { cell, ladder } of sherpa.exercises) assertEquals(new Set(ladder).size, ladder.length, cell);
  const questions = sherpa.exercises.map(({ notebook, cell, part }) => `${notebook} ${cell} ${part}`);
  assertEquals(new Set(questions).size, questions.length);
});

Deno.test("no hint contains a line of the solution, nor the number that is asked for", () => {
  for (const { notebook, cell, ladder, task } of sherpa.exercises) {
    const solved = cellOf({ notebook, cell });
    if (!solved) continue;
    for (const hint of [task, ...ladder]) {
      assertEquals(giveaway(sourceOf(solved), hint), undefined, `${notebook}: ${cell}: ${hint}`);
    }
  }
});

Deno.test("giveaway() finds a line of the solution, its right-hand side, and an answer in numbers", () => {
  const solution = [
    "const given = x.add(1);",
    "// BEGIN SOLUTION",
    "const dW = X.transpose().matmul(dZ); // [D, H]",
    "return 2 * error.mul(x);",
    "  da: 12.5,",
    "// END SOLUTION",
  ].join("\n");
  assertEquals(giveaway(solution, "Try `X.transpose().matmul( dZ )`."), "X.transpose().matmul(dZ)");
  assertEquals(giveaway(solution, "It is 2*error.mul(x), nothing else."), "2*error.mul(x)");
  assertEquals(giveaway(solution, "The answer is 12.5!"), "12.5");
  assertEquals(giveaway(solution, "Not 112.5, and not x.add(1)."), undefined);
  assertEquals(giveaway("no solution here", "no solution here"), undefined);
});

Deno.test("the rules of the tutor and the part for two are there", () => {
  for (const heading of ["How to use this file", "The tutor's rules", "The opening", "Rubric"]) {
    assertStringIncludes(markdown, `\n## ${heading}\n`);
  }
  for (const heading of ["Two people, one tutor", "The closing"]) {
    assertStringIncludes(markdown, `\n## ${heading}\n`);
  }
});
