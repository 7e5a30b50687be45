// Changes by their cause: what changed in many cells for one reason is one thing to look at.
import { cellName } from "../notebooks/cell_name.ts";
import type { NotebookError } from "../notebooks/report.ts";
import type { Change, Comparison } from "./compare.ts";
import { type Kind, KINDS } from "./fact.ts";
import { GOLDEN } from "./golden.ts";

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

/** Changes for people in a terminal. */
export function describeGroups(groups: Group[]): string {
  return groups.map((group) => {
    const [first, ...others] = group.changes;
    const alike = others.length > 0 ? [`${headingOf(group)}, the first of them in:`] : [];
    const places = others.slice(0, MOST_PLACES).map(placeOf);
    const more = others.length > MOST_PLACES ? [`… and ${others.length - MOST_PLACES} more`] : [];
    const rest = others.length > 0 ? ["also in:", ...[...places, ...more].map((place) => `  ${place}`)] : [];
    const lines = [
      placeOf(first),
      ...sayChange(first.change).split("\n").map((line) => `  ${line}`),
      ...rest,
    ];
    return [...alike, ...lines.map((line) => alike.length > 0 ? `  ${line}` : line)].join("\n");
  }).join("\n\n");
}

/** Phrases about a chart that are printed; the page has all. */
const MOST_FACTS = 5;

/** What changed in a cell or below it, for people, a line or more for each thing. */
export function sayChange({ what, file, before, after, facts, pixels }: Change): string {
  const where = file ? ` (${file})` : "";
  if (what === "id") return `It was called "${before}", and is the same cell.`;
  if (what === "cell text" || what === "code") {
    const its = what === "code" ? "code" : "text";
    if (before === undefined) return `It is new: its ${its} is not in ${GOLDEN} yet${firstLine("+", after)}`;
    if (after === undefined) return `The cell is gone${firstLine("-", before)}`;
    return `Its ${its} has changed:\n${firstDifference(before, after)}`;
  }
  const shows =
    { text: "text", picture: "a picture", source: file?.endsWith(".json") ? "data" : "source" }[what];
  if (before === undefined) {
    return `It shows ${shows} that is not in ${GOLDEN} yet${where}${firstLine("+", after)}`;
  }
  if (after === undefined) return `It shows ${shows} no more${where}${firstLine("-", before)}`;
  if (what !== "picture") return `It shows other ${shows}${where}:\n${firstDifference(before, after)}`;
  const share = pixels && pixels.changed > 0
    ? `${count(pixels.changed)} of ${count(pixels.all)} pixels differ`
    : "";
  const more = facts.length > MOST_FACTS ? [`… and ${facts.length - MOST_FACTS} more`] : [];
  return [
    `It shows another picture${where}:`,
    ...facts.slice(0, MOST_FACTS).map(({ says }) => says),
    ...more,
    share,
  ]
    .filter(Boolean).join("\n");
}

/** The changes of a notebook as errors of its report, an error for each cell. */
export function changesAsErrors({ changed }: Comparison): NotebookError[] {
  return changed.map(({ cell, id, changes }) => {
    const gone = cell < 0 && changes.every(({ what }) => what !== "cell text" && what !== "code");
    return {
      cell,
      cellId: id,
      message: [...gone ? [`The cell "${id}" is gone.`] : [], ...changes.map(sayChange)].join("\n"),
    };
  });
}

/** Each group as one error, at the first of its places. */
export function groupsAsErrors(groups: Group[]): (NotebookError & { name: string })[] {
  return groups.map((group) => {
    const { name, cell, id, change } = group.changes[0];
    const others = group.changes.length > 1 ? `${headingOf(group)}. Here:\n` : "";
    return { name, cell, cellId: id, message: others + sayChange(change) };
  });
}

const count = (n: number) => n.toLocaleString("en-US");

function firstLine(mark: string, content: Change["before"]): string {
  return typeof content === "string" && !content.startsWith("<svg")
    ? `:\n${mark} ${content.split("\n")[0]}`
    : ".";
}

function firstDifference(before: string | Uint8Array, after: string | Uint8Array): string {
  const [old, fresh] = [String(before).split("\n"), String(after).split("\n")];
  const at = fresh.findIndex((line, i) => line !== old[i]);
  const line = at < 0 ? fresh.length : at;
  const show = (mark: string, text: string | undefined) => text === undefined ? [] : [`${mark} ${text}`];
  return [...show("-", old[line]), ...show("+", fresh[line])].join("\n");
}
