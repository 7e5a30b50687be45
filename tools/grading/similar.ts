// Answers that are alike, side by side: to comment them at once, or to ask who helped whom.
import { type Node, parse, visit } from "../kernel/cell/typescript.ts";
import { cellNames } from "../notebooks/names.ts";
import { escapeHtml } from "../course/site/page.ts";
import type { Assignment } from "./course.ts";
import type { Outcome } from "./grade_all.ts";
import { EMPTY } from "./explain.ts";
import { pageOf } from "./page.ts";

/** Students who answered an exercise alike. */
export interface Group {
  students: string[];
  /** One of the answers. */
  source: string;
}

/** From here on, answers are alike: the part of their pieces that they have in common. */
const ALIKE = 0.8;
/** Words and signs in a row that make a piece. */
const PIECE = 4;

/**
 * Groups of answers that are the same but for layout, remarks and the names of variables, or nearly so; the largest first.
 * Empty answers, and those that resemble no other, are left out.
 */
export function similarAnswers(answers: { student: string; source: string }[]): Group[] {
  const known = answers.filter(({ source }) => !EMPTY.test(source) && source.trim() !== "")
    .map((answer) => ({ ...answer, pieces: piecesOf(answer.source) }));
  const groups: { members: typeof known }[] = [];
  for (const one of known) {
    const near = groups.filter(({ members }) =>
      members.some((other) => likeness(one.pieces, other.pieces) >= ALIKE)
    );
    const [home, ...others] = near.length > 0 ? near : [{ members: [] as typeof known }];
    if (near.length === 0) groups.push(home);
    home.members.push(one, ...others.flatMap(({ members }) => members));
    for (const other of others) groups.splice(groups.indexOf(other), 1);
  }
  return groups.filter(({ members }) => members.length > 1)
    .map(({ members }) => ({
      students: members.map(({ student }) => student).sort(),
      source: members[0].source,
    }))
    .sort((a, b) => b.students.length - a.students.length);
}

/** Pieces of a text in which every variable of its own is called by its number. */
function piecesOf(source: string): Set<string> {
  const words = wordsOf(source);
  const pieces = new Set<string>();
  for (let at = 0; at < Math.max(1, words.length - PIECE + 1); at++) {
    pieces.add(words.slice(at, at + PIECE).join(" "));
  }
  return pieces;
}

function wordsOf(source: string): string[] {
  const plain = source.replaceAll(/\/\/.*$|\/\*[^]*?\*\//gm, "");
  const own = ownNames(plain);
  const numbers = new Map<string, string>();
  return (plain.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*|\d[\d._e]*|[^\s;,"'`]/gu) ?? []).map((word) => {
    if (!own.has(word)) return word;
    if (!numbers.has(word)) numbers.set(word, `v${numbers.size}`);
    return numbers.get(word)!;
  });
}

/** Names that a cell declares within its functions: all that occur, but those from outside, of members, and for later cells. */
function ownNames(source: string): Set<string> {
  const program = parse(source);
  const names = new Set<string>();
  if (!program) return names;
  const { uses, declares } = cellNames(source);
  const members = new Set<string>();
  visit(program, (node: Node) => {
    if (node.type === "Identifier") names.add(node.name as string);
    if (node.type === "MemberExpression" && !node.computed) {
      members.add((node.property as Node).name as string);
    }
  });
  return names.difference(uses).difference(declares).difference(members);
}

function likeness(a: Set<string>, b: Set<string>): number {
  const shared = a.intersection(b).size;
  return shared / (a.size + b.size - shared);
}

/** The page for the instructor, as HTML. */
export async function similarPage(assignments: Assignment[], outcomes: Outcome[]): Promise<string> {
  const parts = [
    "<h1>Answers that are alike</h1>",
    `<p class="quiet">But for layout, remarks and the names of variables. A short exercise has few right answers: that
many give the same one says nothing. A wrong or unusual one in common is worth a question.</p>`,
  ];
  for (const assignment of assignments) {
    const all = outcomes.filter((outcome) => outcome.assignment === assignment.name);
    const exercises = new Map(
      assignment.checks.flatMap(({ exercise, answers }) =>
        answers.filter(({ direct }) => direct).map(({ id }) => [id, exercise] as const)
      ),
    );
    for (const [id, exercise] of exercises) {
      const answers = all.flatMap(({ student, graded }) => {
        const cell = graded.cells.find((one) => one.id === id && one.from === "student");
        return cell ? [{ student, source: cell.source }] : [];
      });
      const groups = similarAnswers(answers);
      if (groups.length === 0) continue;
      const checks = assignment.checks.filter((check) =>
        check.answers.some((one) => one.direct && one.id === id)
      );
      parts.push(
        `<h2>${escapeHtml(assignment.name)}: ${escapeHtml(exercise)} <span class="quiet">· ${
          escapeHtml(id)
        }</span></h2>`,
      );
      for (const { students, source } of groups) {
        const marks = students.map((student) => {
          const { graded } = all.find((outcome) => outcome.student === student)!;
          return checks.reduce((sum, check) => sum + (graded.marks[check.id]?.[0] ?? 0), 0);
        });
        const range = marks.every((mark) => mark === marks[0])
          ? `${marks[0]}`
          : `${Math.min(...marks)} to ${Math.max(...marks)}`;
        parts.push(
          `<details><summary>${students.length} of ${answers.length}: ${
            escapeHtml(students.join(", "))
          } <span class="quiet">(${range} points)</span></summary><pre>${escapeHtml(source)}</pre></details>`,
        );
      }
    }
  }
  return await pageOf("Answers that are alike", parts.join("\n"));
}
