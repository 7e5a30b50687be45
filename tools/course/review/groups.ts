// Changes by their cause: what changed in many cells for one reason is one thing to look at.
import { cellName } from "../../notebooks/cell_name.ts";
import type { Change, Comparison } from "./compare.ts";
import { type Kind, KINDS } from "./fact.ts";

/** A change with the place where it is. */
export interface Placed {
  /** The notebook's name, without ending. */
  name: string;
  /** Index of the cell, from 0; −1 if it is gone. */
  cell: number;
  id: string;
  change: Change;
}

/** Changes with one cause. */
export interface Group {
  kind: Kind;
  changes: Placed[];
}

/** What is compared of one notebook; nothing if it failed. */
interface Compared {
  report: { name: string };
  comparison?: Comparison;
}

/** All changes by their cause: those of numbers first, then of texts, then of looks. */
export function groupsOf(reviews: Compared[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { report: { name }, comparison } of reviews) {
    for (const { cell, id, changes } of comparison?.changed ?? []) {
      for (const change of changes) {
        const key = JSON.stringify([change.kind, change.what, change.cause]);
        if (!groups.has(key)) groups.set(key, { kind: change.kind, changes: [] });
        groups.get(key)!.changes.push({ name, cell, id, change });
      }
    }
  }
  return [...groups.values()].sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
}

const NOUNS: Record<Change["what"], [one: string, many: string]> = {
  "cell text": ["text cell", "text cells"],
  code: ["code cell", "code cells"],
  id: ["cell", "cells"],
  text: ["printed text", "printed texts"],
  picture: ["picture", "pictures"],
  source: ["output", "outputs"],
};
/** Longer causes are shown by their changes. */
const LONGEST = 160;

/** What all changes of a group have in common: `23 pictures: only colour #4269D0 → #D55E00`. */
export function headingOf({ kind, changes }: Group): string {
  const { what, cause } = changes[0].change;
  const [one, many] = NOUNS[what];
  const count = `${changes.length} ${changes.length === 1 ? one : many}`;
  if (cause === "new" || cause === "gone") return `${count} ${cause}`;
  if (what === "id") return `${count} with another id`;
  const said = cause.length > LONGEST ? `${cause.slice(0, LONGEST)} …` : cause;
  return `${count}: ${kind === "looks" ? "only " : ""}${said}`;
}

/** Where a change is: `01_loss_functions, cell 3 (loss)`. */
export const placeOf = ({ name, cell, id }: Placed) =>
  `${name}, ${cell < 0 ? `the cell "${id}" that is gone` : cellName(cell, id)}`;

/** Places of a group that are printed. */
const MOST_PLACES = 30;

/** Changes for people in a terminal, those with one cause together: the first of them, and where the others are. */
export function describeGroups(groups: Group[]): string {
  return groups.map((group) => {
    const [first, ...others] = group.changes;
    const lines = [placeOf(first), ...sayChange(first.change).split("\n").map((line) => `  ${line}`)];
    if (others.length === 0) return lines.join("\n");
    const more = others.length > MOST_PLACES ? [`… and ${others.length - MOST_PLACES} more`] : [];
    const rest = [
      "also in:",
      ...[...others.slice(0, MOST_PLACES).map(placeOf), ...more].map((place) => `  ${place}`),
    ];
    return [`${headingOf(group)}, the first of them in:`, ...[...lines, ...rest].map((line) => `  ${line}`)]
      .join("\n");
  }).join("\n\n");
}

/** What changed, in a few words. */
export const nameOf = ({ what, file }: Change) =>
  ({
    "cell text": "its text",
    code: "its code",
    id: "its id",
    text: "what it prints",
    picture: "a picture",
    source: file?.endsWith(".json") ? "its data" : "what it shows",
  })[what];

/** Phrases about a chart that are printed; the page has all. */
const MOST_FACTS = 5;

/** What changed in a cell or below it, for people, a line or more for each thing. */
export function sayChange(change: Change): string {
  const { what, file, before, after, facts, pixels } = change;
  if (what === "id") return `It was called "${before}", and is the same cell.`;
  const name = nameOf(change);
  const subject = name[0].toUpperCase() + name.slice(1) + (file ? ` (${file})` : "");
  const first = (mark: string, content: Change["before"]) =>
    what === "picture" ? "." : `:\n${mark} ${String(content).split("\n")[0]}`;
  if (before === undefined) return `${subject} is new${first("+", after)}`;
  if (after === undefined) return `${subject} is gone${first("-", before)}`;
  const more = facts.length > MOST_FACTS ? [`… and ${facts.length - MOST_FACTS} more`] : [];
  const share = pixels && pixels.changed > 0
    ? [`${count(pixels.changed)} of ${count(pixels.all)} pixels differ`]
    : [];
  const details = what === "picture"
    ? [...facts.slice(0, MOST_FACTS).map(({ says }) => says), ...more, ...share]
    : firstDifference(String(before).split("\n"), String(after).split("\n"));
  return [`${subject} has changed:`, ...details].join("\n");
}

const count = (n: number) => n.toLocaleString("en-US");

function firstDifference(old: string[], fresh: string[]): string[] {
  const at = fresh.findIndex((line, i) => line !== old[i]);
  const line = at < 0 ? fresh.length : at;
  return [...line < old.length ? [`- ${old[line]}`] : [], ...line < fresh.length ? [`+ ${fresh[line]}`] : []];
}
