// Where a notebook says or shows something else than it is known to.
import type { Notebook } from "../../notebooks/notebook_file.ts";
import { chartChanges, withoutPlaces } from "./chart_changes.ts";
import { type Fact, type Kind, KINDS } from "./fact.ts";
import { cellOf, type Golden, sameBytes, sourcesOf } from "./golden.ts";
import { comparePixels, type PixelChanges, type Pixels, pngPixels, svgPixels } from "./pixels.ts";
import { renamedCells, withNewIds } from "./renames.ts";
import { type Shown, shownBy } from "./shown.ts";
import { changedWords } from "./text_diff.ts";

/** Something in a cell, or below it, that is not as it was. */
export interface Change {
  /**
   * The cell's own Markdown or code, its id, text of the output, a picture, or the source of what is shown otherwise
   * (HTML, Markdown, a widget's data).
   */
  what: "cell text" | "code" | "id" | "text" | "picture" | "source";
  /** What it is about. */
  kind: Kind;
  /** Changes with the same cause are shown together. */
  cause: string;
  /** The file that keeps it; none for text. */
  file?: string;
  /** As it was; not there if it is new. */
  before?: string | Uint8Array;
  /** As it is; not there if it is gone. */
  after?: string | Uint8Array;
  /** What changed in a picture, the most important first. */
  facts: Fact[];
  /** Of two pictures. */
  pixels?: PixelChanges;
}

/** A cell that says or shows something else than before. */
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
 * Compare what a notebook says and shows with what it is known to: text by its characters, charts by the rows they were
 * drawn from and by their pixels, data by its digits. A cell whose id alone changed is the same cell.
 *
 * @param notebook As it was executed
 * @param golden What is known
 */
export function compareNotebook(notebook: Notebook, golden: Golden): Comparison {
  const sources = sourcesOf(notebook);
  const all = shownBy(notebook);
  const shown = new Map(all.map((cell) => [cell.id, cell]));
  const renamed = renamedCells(golden, sources, all);
  const known = withNewIds(golden, renamed);
  const places = new Map(notebook.cells.map(({ id }, index) => [id ?? "", index]));
  const ids = [
    ...places.keys(),
    ...known.cells.keys(),
    ...known.texts.keys(),
    ...[...known.files.keys()].map(cellOf),
  ];
  const comparison: Comparison = { changed: [], same: [] };
  for (const id of new Set(ids)) {
    const cell = places.get(id) ?? -1;
    const now = shown.get(id);
    const own = sourceChange(known.cells.get(id), sources.get(id));
    const old = renamed.get(id);
    const changes = [
      ...old === undefined
        ? []
        : [change({ what: "id", kind: "texts", cause: "another id", before: old, after: id })],
      ...own ? [own] : [],
      ...outputChanges(now ?? { cell, id, text: "", files: new Map() }, known),
    ];
    if (changes.length > 0) comparison.changed.push({ cell, id, changes });
    else if (now) comparison.same.push(now);
  }
  comparison.changed.sort((a, b) => a.cell - b.cell);
  return comparison;
}

type Content = string | Uint8Array | undefined;

/** A change with what follows from its two sides. */
function change(given: Pick<Change, "what"> & Partial<Change>): Change {
  const { what, before, after, facts = [] } = given;
  const isText = typeof before === "string" && typeof after === "string" && what !== "picture";
  const words = isText ? changedWords(before, after) : [];
  const came = before === undefined ? "new" : after === undefined ? "gone" : undefined;
  const kind = came
    ? what === "cell text" || what === "code" ? "texts" : "numbers"
    : isText
    ? words.some((word) => /\d/.test(word)) ? "numbers" : "texts"
    : KINDS.find((kind) => facts.some((fact) => fact.kind === kind)) ?? "looks";
  const cause = came ?? [...new Set(isText ? words : facts.map(({ cause }) => cause))].sort().join("; ");
  return { kind, cause: cause || "other pixels", facts, ...given };
}

function sourceChange(before: Source, after: Source): Change | undefined {
  if (before?.text === after?.text && before?.type === after?.type) return undefined;
  const what = (after ?? before)!.type === "code" ? "code" : "cell text";
  return change({ what, before: before?.text, after: after?.text });
}
type Source = { type: string; text: string } | undefined;

function outputChanges({ id, text, files }: Shown, golden: Golden): Change[] {
  const changes: Change[] = [];
  const known = golden.texts.get(id);
  if (known !== (text || undefined)) {
    changes.push(change({ what: "text", before: known, after: text || undefined }));
  }
  const old = [...golden.files.keys()].filter((file) => cellOf(file) === id);
  for (const file of new Set([...old, ...files.keys()])) {
    const found = compareFile(file, golden.files.get(file), files.get(file));
    if (found) changes.push(found);
  }
  return changes;
}

function compareFile(file: string, before: Content, after: Content): Change | undefined {
  if (same(before, after)) return undefined;
  const what = /\.(?:svg|png)$/.test(file) ? "picture" : "source";
  if (before === undefined || after === undefined || what === "source") {
    return change({ what, file, before, after });
  }
  const isSvg = typeof before === "string" && typeof after === "string";
  const facts = isSvg ? chartChanges(before, after) : [];
  // What is written otherwise, with the same marks at the same places, is the same. (Its pixels may not quite be: a point
  // that moved by a hundredth of a pixel can change how a smooth edge is rounded.)
  if (isSvg && facts.length === 0 && withoutPlaces(before) === withoutPlaces(after)) return undefined;
  const pixels = comparePixels(pixelsOf(before), pixelsOf(after));
  if (pixels.changed === 0 && !facts.some(({ kind }) => kind !== "looks")) return undefined;
  const order = (fact: Fact) => KINDS.indexOf(fact.kind);
  return change({ what, file, before, after, facts: facts.sort((a, b) => order(a) - order(b)), pixels });
}

function same(a: Content, b: Content): boolean {
  return a === b || a instanceof Uint8Array && b instanceof Uint8Array && sameBytes(a, b);
}

function pixelsOf(picture: string | Uint8Array): Pixels {
  return typeof picture === "string" ? svgPixels(picture) : pngPixels(picture);
}
