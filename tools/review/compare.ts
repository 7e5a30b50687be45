// Where a notebook shows something else than it is known to.
import type { NotebookError } from "../notebooks/report.ts";
import { chartChanges } from "./chart_changes.ts";
import { cellOf, GOLDEN, type Golden } from "./golden.ts";
import { comparePixels, type PixelChanges, type Pixels, pngPixels, svgPixels } from "./pixels.ts";
import type { Shown } from "./shown.ts";
import { isReadable } from "./svg.ts";

/** Something below a cell that is not as it was. */
export interface Change {
  /** Text of the output, a picture, or the source of what is shown otherwise (HTML, Markdown, a widget's data). */
  kind: "text" | "picture" | "source";
  /** The file that keeps it; none for text. */
  file?: string;
  /** As it was; not there if it is new. */
  before?: string | Uint8Array;
  /** As it is; not there if it is gone. */
  after?: string | Uint8Array;
  /** What changed, a phrase each: of a chart's data, then of its looks. */
  facts: string[];
  /** Of two pictures. */
  pixels?: PixelChanges;
}

/** A cell that shows something else than before. */
export interface ChangedCell {
  /** Index in the notebook, from 0; −1 if there is no such cell any more. */
  cell: number;
  id: string;
  changes: Change[];
}

/** What came of the comparison of one notebook. */
export interface Comparison {
  changed: ChangedCell[];
  /** The cells that show what they showed. */
  same: Shown[];
}

/**
 * Compare what a notebook shows with what it is known to show: text by its characters, charts by their data and by their
 * pixels, data by its digits.
 *
 * @param shown What its cells show
 * @param golden What they are known to show
 * @param ids The ids of all its cells, in their order
 */
export function compareNotebook(shown: Shown[], golden: Golden, ids: string[]): Comparison {
  const known = new Set([...golden.texts.keys(), ...[...golden.files.keys()].map(cellOf)]);
  const silent = [...known].filter((id) => !shown.some((cell) => cell.id === id))
    .map((id): Shown => ({ cell: ids.indexOf(id), id, text: "", files: new Map() }));
  const comparison: Comparison = { changed: [], same: [] };
  for (const cell of [...shown, ...silent].sort((a, b) => a.cell - b.cell)) {
    const changes = changesOf(cell, golden);
    if (changes.length === 0) comparison.same.push(cell);
    else comparison.changed.push({ cell: cell.cell, id: cell.id, changes });
  }
  return comparison;
}

function changesOf({ id, text, files }: Shown, golden: Golden): Change[] {
  const changes: Change[] = [];
  const known = golden.texts.get(id);
  if (known !== (text || undefined)) {
    changes.push({ kind: "text", before: known, after: text || undefined, facts: [] });
  }
  const old = [...golden.files.keys()].filter((file) => cellOf(file) === id);
  for (const file of new Set([...old, ...files.keys()])) {
    const change = compareFile(file, golden.files.get(file), files.get(file));
    if (change) changes.push(change);
  }
  return changes;
}

type Content = string | Uint8Array | undefined;

function compareFile(file: string, before: Content, after: Content): Change | undefined {
  if (same(before, after)) return undefined;
  const isPicture = /\.(?:svg|png)$/.test(file);
  const kind = isPicture ? "picture" : "source";
  if (before === undefined || after === undefined || !isPicture) {
    return { kind, file, before, after, facts: [] };
  }
  const charts = typeof before === "string" && typeof after === "string"
    ? chartChanges(before, after)
    : undefined;
  const facts = charts ? [...charts.data, ...charts.looks] : [];
  // What is written otherwise, with the same marks at the same places, is the same. (Its pixels may not quite be: a point
  // that moved by a hundredth of a pixel can change how a smooth edge is rounded.)
  if (charts && facts.length === 0 && isReadable(String(before)) && isReadable(String(after))) {
    return undefined;
  }
  const pixels = comparePixels(pixelsOf(before), pixelsOf(after));
  if (pixels.changed === 0 && !charts?.data.length) return undefined;
  return { kind, file, before, after, facts, pixels };
}

function same(a: Content, b: Content): boolean {
  if (a === b) return true;
  if (!(a instanceof Uint8Array && b instanceof Uint8Array)) return false;
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

function pixelsOf(picture: string | Uint8Array): Pixels {
  return typeof picture === "string" ? svgPixels(picture) : pngPixels(picture);
}

/** Phrases about a chart that are printed; the page has all. */
const MOST_FACTS = 5;

/** What changed below a cell, for people, a line or more for each thing. */
export function sayChange(change: Change): string {
  const { before, after, facts, pixels } = change;
  const source = change.file?.endsWith(".json") ? "data" : "source";
  const what = { text: "text", picture: "a picture", source }[change.kind];
  const where = change.file ? ` (${change.file})` : "";
  if (before === undefined) {
    return `It shows ${what} that is not in ${GOLDEN} yet${where}${firstLine("+", after)}`;
  }
  if (after === undefined) return `It shows ${what} no more${where}${firstLine("-", before)}`;
  if (change.kind !== "picture") {
    return `It shows other ${what}${where}:\n${firstDifference(before, after)}`;
  }
  const share = pixels && pixels.changed > 0
    ? `${count(pixels.changed)} of ${count(pixels.all)} pixels differ`
    : "";
  const more = facts.length > MOST_FACTS ? [`… and ${facts.length - MOST_FACTS} more`] : [];
  return [`It shows another picture${where}:`, ...facts.slice(0, MOST_FACTS), ...more, share].filter(Boolean)
    .join("\n");
}

/** The changes of a notebook as errors of its report. */
export function changesAsErrors({ changed }: Comparison): NotebookError[] {
  return changed.map(({ cell, id, changes }) => ({
    cell,
    cellId: id,
    message: (cell < 0 ? `The cell "${id}" is gone. ` : "") + changes.map(sayChange).join("\n"),
  }));
}

const count = (n: number) => n.toLocaleString("en-US");

function firstLine(mark: string, content: Content): string {
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
