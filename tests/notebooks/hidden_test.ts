// Hidden tests find out an answer that only knows the numbers which a learner sees.
import { assert, assertEquals } from "@std/assert";
import { DELIMITERS, isSolution } from "../../tools/learner/edition.ts";
import { gradedCells } from "../../tools/grading/assignments/marks.ts";
import { regionsOf } from "../../tools/grading/assignments/solutions.ts";
import { sourceOf } from "../../tools/notebooks/notebook_file.ts";
import { type Attempt, type Attempts, tryAttempts } from "./attempts.ts";
import { readNotebooks } from "./course.ts";

const notebooks = await readNotebooks();

/** What these exercises ask for are numbers, found with a pencil or by a diagnosis: there are no other inputs. */
const BY_PENCIL = new Set(
  "check-point check-point-gradient check-trace check-paths check-depth check-prescribe".split(" "),
);

Deno.test("every check of code that a learner writes tries inputs that it does not show", () => {
  for (const [name, notebook] of notebooks) {
    for (const cell of gradedCells(notebook)) {
      const hidden = regionsOf(sourceOf(cell), DELIMITERS.beginHidden, DELIMITERS.endHidden);
      const calls = hidden.some((region) => /\bcheck\w*\(/.test(region));
      assertEquals(calls, !BY_PENCIL.has(cell.id!), `${name}, ${cell.id}`);
    }
  }
});

interface Player {
  __begin?: (key: string) => void;
  __play?: (key: string, right: () => unknown) => unknown;
}

/** Answers rightly as long as only visible tests run, and then gives the same answers by turn. */
function player(): Player {
  const known = new Map<string, unknown[]>(),
    turns = new Map<string, number>(),
    runs = new Map<string, number>();
  return {
    __begin: (id) => {
      runs.set(id, (runs.get(id) ?? 0) + 1);
      for (const key of turns.keys()) if (key.startsWith(id)) turns.set(key, 0);
    },
    __play: (key, right) => {
      const seen = known.get(key) ?? [], turn = turns.get(key) ?? 0;
      known.set(key, seen);
      turns.set(key, turn + 1);
      if (runs.get(key.split("#")[0]) === 1) seen.push(right());
      return seen[Math.min(turn, seen.length - 1)];
    },
  };
}

Deno.test("an answer that gives what the visible checks expect, by turn, is refused by a hidden test", async () => {
  const scope = globalThis as Player;
  let tried = 0;
  for (const [name, notebook] of notebooks) {
    const attempts: Attempts = {};
    for (const cell of notebook.cells.filter(isSolution)) {
      const source = sourceOf(cell),
        regions = regionsOf(source, DELIMITERS.beginSolution, DELIMITERS.endSolution);
      // What changes its arguments, or an object, cannot be answered by a list.
      const isFunction = /^function /m.test(source) &&
        regions.every((region) => /^ {2}return /m.test(region));
      const check = notebook.cells[notebook.cells.indexOf(cell) + 1];
      if (
        !isFunction || BY_PENCIL.has(check?.id ?? "") || /function (onPaper|by|chosen|prescribe)/.test(source)
      ) continue;
      const played = regions.map((region, i): [string, string] => [
        region,
        `\nreturn (globalThis as any).__play("${cell.id}#${i}", () => {${region}}) as any;\n`,
      ]);
      const begun: [string, string] = ["function ", `(globalThis as any).__begin("${cell.id}");\nfunction `];
      attempts[cell.id!] = [{ did: "by turn", answer: [...played, begun] } satisfies Attempt];
    }
    Object.assign(scope, player());
    try {
      const outcomes = await tryAttempts(notebook, attempts);
      for (const [id, [attempt]] of Object.entries(attempts)) {
        const { visible, all } = outcomes.get(attempt)!;
        assertEquals(visible, undefined, `${name}, ${id}: the visible checks see nothing`);
        assert(all, `${name}, ${id}: no hidden test refuses it`);
        tried++;
      }
    } finally {
      delete scope.__begin;
      delete scope.__play;
    }
  }
  assert(tried >= 15, `${tried} exercises`);
});
